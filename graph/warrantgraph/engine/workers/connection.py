"""The server's end of the connection to one worker."""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.workers.frames import Frame, FrameDecoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.engine.workers.clock import ProcessorClock

__all__ = ["Worker"]

_SECONDS_TO_HEAR_OF_AN_END: Final = 2


class Worker(asyncio.Protocol):
    """A worker process: one request at a time.

    `exit_code` is set by the pool once the process has ended: negative for a signal.
    """

    def __init__(self, number: int, connection: socket.socket) -> None:
        self.number = number
        self._socket = connection
        self.lowered = False
        self.clock: ProcessorClock | None = None
        """How much processor time it has used; None until the keeper has told its process."""
        self._decoder = FrameDecoder()
        self._transport: asyncio.Transport | None = None
        self._on_frame: Callable[[Frame], object] = bool
        self._on_death: Callable[[int], object] = bool
        self.exit_code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def alive(self) -> bool:
        """Whether the process is there, as far as the system knows at this moment."""
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop at the beginning."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a socket has
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with what the worker sent."""
        for frame in self._decoder.feed(data):
            self._on_frame(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop when the worker is gone: learn why, then tell it."""
        del exc
        loop = asyncio.get_running_loop()
        late = loop.call_later(_SECONDS_TO_HEAR_OF_AN_END, self._tell_death, -signal.SIGKILL)

        def tell(exit_code: asyncio.Future[int]) -> None:
            late.cancel()
            self._tell_death(exit_code.result())

        self.exit_code.add_done_callback(tell)

    def ask(
        self,
        request: bytes,
        on_frame: Callable[[Frame], object],
        on_death: Callable[[int], object],
    ) -> None:
        """Hand over a request, which is one frame or several.

        The frames of its answer, or the exit code of a worker that dies, are told to these two.
        """
        self._on_frame, self._on_death = on_frame, on_death
        if self._transport:
            self._transport.write(request)

    def let_go(self) -> None:
        """Tell nobody any more."""
        self._on_frame = self._on_death = bool

    def pause(self) -> None:
        """Take no more for now; the worker will wait."""
        if self._transport and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Go on after `pause`."""
        if self._transport and not self._transport.is_closing():
            self._transport.resume_reading()

    def close(self) -> None:
        """Close the connection, at which an idle worker ends."""
        if self._transport:
            self._transport.close()

    def _tell_death(self, code: int) -> None:
        on_death, self._on_death = self._on_death, bool
        on_death(code)
