"""Validates uploads in worker processes, a few at a time, each client in its turn.

Everything here runs on the event loop of the server.
"""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from warrantgraph.engine.workers.fairness import RETRY_SECONDS, FairQueue
from warrantgraph.engine.workers.frames import FrameKind, frame_bytes
from warrantgraph.engine.workers.messages import decode_failure
from warrantgraph.engine.workers.pool import WorkerPool
from warrantgraph.errors import (
    BusyError,
    InputError,
    MemoryLimitError,
    TimeLimitError,
    WarrantgraphError,
    WorkCrashedError,
)
from warrantgraph.validators.messages import TOO_DEEP, ReportHead

if TYPE_CHECKING:
    from warrantgraph.engine.workers.connection import Worker
    from warrantgraph.engine.workers.frames import Frame
    from warrantgraph.validators.messages import ValidationRequest

__all__ = ["ValidatedUpload", "Validators"]

_LEAST_SLOTS: Final = 2
"""With a single one, whoever holds it keeps all others waiting."""


@dataclass(frozen=True, slots=True)
class ValidatedUpload:
    """The report about an upload, as it is to be sent."""

    head: ReportHead
    content: bytes


@dataclass(frozen=True, slots=True)
class _Plan:
    package: ClassVar[str] = "warrantgraph.validators"

    memory: int

    def encode(self) -> str:
        return str(self.memory)


class Validators:
    """Workers for half of the cores, and a queue before them; `memory` bounds each, in bytes.

    No process is started before the first upload.
    """

    def __init__(self, *, memory: int, places: int, queue_seconds: float) -> None:
        self._memory = memory
        self._queue_seconds = queue_seconds
        slots = max(_LEAST_SLOTS, (os.cpu_count() or 1) // 2)
        self.queue = FairQueue(slots, places, "validations")
        self.pool = WorkerPool(_Plan(memory), None, spares=0)

    def start(self) -> None:
        """Begin; on the event loop that it is used on."""
        self.pool.start()

    async def close(self) -> None:
        """End every process."""
        await self.pool.close()

    async def validate(
        self, request: ValidationRequest, body: bytes, client: str = ""
    ) -> ValidatedUpload:
        """Have an upload validated; where the caller is cancelled, its worker is killed.

        Raises:
            BusyError: too many wait, or it waited too long.
            InputError: it cannot be read, or its shapes cannot be used; tells line and column.
            TimeLimitError, MemoryLimitError: it needed more than it may have.
            AnswerTooLargeError: the report is longer than any that is sent.
            WorkCrashedError: its worker did not survive it.
        """
        await self.queue.acquire(client, self._queue_seconds)
        try:
            worker = await self._take()
            exchange = _Exchange(worker, request, body, self._memory)
            try:
                async with asyncio.timeout(request.seconds):
                    return await exchange.result()
            except TimeoutError:
                self.pool.kill(worker, "deadline")
                raise TimeLimitError(request.seconds) from None
            except asyncio.CancelledError:
                self.pool.kill(worker, "left")
                raise
            except WarrantgraphError as error:
                self._count(error, exchange)
                raise
            finally:
                worker.let_go()
                worker.close()
        finally:
            self.queue.release(client)

    def _count(self, error: WarrantgraphError, exchange: _Exchange) -> None:
        if isinstance(error, MemoryLimitError):
            self.pool.kills["memory"] += 1
        elif exchange.died:
            self.pool.kills["too-deep" if isinstance(error, InputError) else "died"] += 1

    async def _take(self) -> Worker:
        try:
            async with asyncio.timeout(self._queue_seconds):
                return await self.pool.take()
        except TimeoutError:
            message = "the process that validates is being started"
            raise BusyError(message, retry_after=RETRY_SECONDS) from None


class _Exchange:
    """An upload handed to a worker, and what comes back."""

    def __init__(
        self, worker: Worker, request: ValidationRequest, body: bytes, memory: int
    ) -> None:
        self.died = False
        self._request = request
        self._memory = memory
        self._head: ReportHead | None = None
        self._pieces: list[bytes] = []
        self._done: asyncio.Future[ValidatedUpload] = asyncio.get_running_loop().create_future()
        head = frame_bytes(FrameKind.REQUEST, request.encode())
        worker.ask(head + frame_bytes(FrameKind.DATA, body), self._take, self._die)

    async def result(self) -> ValidatedUpload:
        """The report; raises what went wrong."""
        return await self._done

    def _take(self, frame: Frame) -> None:
        if self._done.done():
            return
        if frame.kind is FrameKind.HEAD:
            self._head = ReportHead.decode(frame.payload)
        elif frame.kind is FrameKind.DATA:
            self._pieces.append(frame.payload)
        elif frame.kind is FrameKind.END and self._head:
            self._done.set_result(ValidatedUpload(self._head, b"".join(self._pieces)))
        else:
            self._done.set_exception(decode_failure(frame.payload))

    def _die(self, code: int) -> None:
        if not self._done.done():
            self.died = True
            self._done.set_exception(self._death(code))

    def _death(self, code: int) -> WarrantgraphError:
        if code == -signal.SIGABRT:
            return MemoryLimitError(self._memory)
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return InputError(TOO_DEEP)
        if code == -signal.SIGXCPU:
            return TimeLimitError(self._request.seconds)
        return WorkCrashedError(f"its process ended with code {code}")
