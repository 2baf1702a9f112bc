"""An answer while a worker makes it."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from typing import TYPE_CHECKING, Final, Self

from warrantgraph.engine.workers.frames import FrameKind, frame_bytes
from warrantgraph.engine.workers.messages import AnswerEnd, AnswerHead, decode_failure
from warrantgraph.engine.workers.worker import OUT_OF_MEMORY
from warrantgraph.errors import (
    QueryEvaluationError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryTooDeepError,
    WarrantgraphError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from warrantgraph.engine.workers.connection import Worker
    from warrantgraph.engine.workers.frames import Frame
    from warrantgraph.engine.workers.messages import Request
    from warrantgraph.engine.workers.pacing import Pacing
    from warrantgraph.engine.workers.pool import WorkerPool

__all__ = ["RunningAnswer", "WorkerKilledError"]

_MOST_WAITING_SECONDS: Final = 1.0

_MOST_HELD: Final = 4
"""Pieces that wait for the reader; at that many, the worker waits."""


class WorkerKilledError(QueryEvaluationError):
    """A worker was killed from outside, by the system for want of memory perhaps."""


_CAUSES: Final[dict[type[WarrantgraphError], str]] = {
    QueryMemoryError: "memory",
    QueryTooDeepError: "too-deep",
}
"""What a worker died of, in a word."""


class RunningAnswer:
    """An answer while a worker makes it. Close it, or use it as a context.

    It ends in one of three ways: complete, with a failure, or closed. The worker is killed at the
    deadline, and at a close before the end.
    """

    def __init__(self, pool: WorkerPool, worker: Worker, request: Request, pacing: Pacing) -> None:
        self._pool = pool
        self._pacing = pacing
        self._worker = worker
        self.seconds = request.seconds
        self._held: deque[bytes] = deque()
        self._head: AnswerHead | None = None
        self._failure: WarrantgraphError | None = None
        self._changed = asyncio.Event()
        self._at_work = True
        self._when_closed: Callable[[], object] = bool
        self.end: AnswerEnd | None = None
        """What is known at the end; None before."""
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(request.seconds, self._expire)
        self.deadline = self._deadline.when()
        """When it is killed, in the time of the event loop."""
        self._used_before = worker.clock.seconds() if worker.clock else 0.0
        frame = frame_bytes(FrameKind.REQUEST, request.encode())
        worker.ask(frame, self._take, self._die)

    @property
    def head(self) -> AnswerHead:
        """What is known at the beginning; there from `begun` on."""
        if self._head is None:
            raise LookupError("the answer has not begun")
        return self._head

    @property
    def whole(self) -> bytes | None:
        """All of the answer where it is complete and nothing of it has been taken, else None."""
        return b"".join(self._held) if self.end else None

    async def known_within(self, seconds: float) -> bool:
        """Wait until the answer is complete; false where it takes longer, or more than is held.

        It is processor time that counts, so that a query is not taken for long because the machine
        is busy; but there is a bound by the wall clock too. Raises what went wrong.
        """
        loop = asyncio.get_running_loop()
        latest = loop.time() + _MOST_WAITING_SECONDS
        while not self.end and len(self._held) < _MOST_HELD:
            timer = loop.call_later(seconds, self._changed.set)
            try:
                await self._change()
            finally:
                timer.cancel()
            if not self.end and (self._used() >= seconds or loop.time() >= latest):
                return False
        return self.end is not None

    async def begun(self) -> None:
        """Wait for the first piece; raises what went wrong."""
        while not self._held and not self.end:
            await self._change()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield all of the answer; raises what went wrong where it cannot be completed."""
        while True:
            while self._held:
                if not self.end:
                    await self._pacing.turn()
                piece = self._held.popleft()
                if len(self._held) == _MOST_HELD - 1 and self._at_work:
                    self._worker.resume()
                yield piece
            if self.end:
                return
            await self._change()

    async def read(self) -> bytes:
        """All of it in one piece; raises what went wrong."""
        return b"".join([piece async for piece in self.pieces()])

    def lower(self) -> None:
        """Let the worker run behind all others."""
        if self._at_work:
            self._pool.lower(self._worker)

    def on_close(self, call: Callable[[], object]) -> None:
        """Call this once the worker is free or dead; at once if it is already."""
        if self._at_work:
            self._when_closed = call
        else:
            call()

    def close(self, cause: str = "left") -> None:
        """End the work behind the answer, if it is not done."""
        if self._at_work:
            self._worker.let_go()
            self._pool.kill(self._worker, cause)
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _change(self) -> None:
        if self._failure:
            raise self._failure
        self._changed.clear()
        await self._changed.wait()
        if self._failure:
            raise self._failure

    def _used(self) -> float:
        """Seconds of processor time that the query has used; 0 before its worker is there."""
        return self._worker.clock.seconds() - self._used_before if self._worker.clock else 0.0

    def _take(self, frame: Frame) -> None:
        if frame.kind is FrameKind.DATA:
            self._held.append(frame.payload)
            if len(self._held) >= _MOST_HELD:
                self._worker.pause()
        elif frame.kind is FrameKind.HEAD:
            self._head = AnswerHead.decode(frame.payload)
        elif frame.kind is FrameKind.END:
            self.end = AnswerEnd.decode(frame.payload)
            self._give_back(spent=self.end.spent)
        else:
            self._failure = decode_failure(frame.payload)
            self._give_back(spent=self._head is not None)
        self._changed.set()

    def _die(self, code: int) -> None:
        failure = self._failure = _death(code)
        self._pool.kills[_CAUSES.get(type(failure), "died")] += 1
        self._stop()

    def _expire(self) -> None:
        self._failure = QueryTimeoutError(self.seconds)
        self.close("deadline")

    def _give_back(self, *, spent: bool) -> None:
        self._worker.let_go()
        self._worker.resume()
        if spent:
            self._worker.close()
        else:
            self._pool.give_back(self._worker)
        self._stop()

    def _stop(self) -> None:
        self._at_work = False
        self._deadline.cancel()
        self._changed.set()
        call, self._when_closed = self._when_closed, bool
        call()


def _death(code: int) -> WarrantgraphError:
    """What the end of its worker means for a query."""
    if code == -signal.SIGABRT:
        return QueryMemoryError(OUT_OF_MEMORY)
    if code in (-signal.SIGSEGV, -signal.SIGBUS):
        return QueryTooDeepError("The query is nested or chained deeper than the engine can follow")
    kind = WorkerKilledError if code == -signal.SIGKILL else QueryEvaluationError
    return kind(f"The process that ran the query ended (code {code})")
