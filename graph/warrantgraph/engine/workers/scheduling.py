"""Decides when each query runs, so that heavy ones delay light ones as little as can be.

Nobody knows beforehand which query is heavy. So each begins with a short trial, at once and at
normal priority. One that is not done by then needs one of the slots for long queries; where none
is free its process is killed, and it waits in a fair queue to begin again. Long queries run at the
lowest priority, so that a light one takes the processor from them when it comes. A query that was
long before has no second trial.

No byte of an answer is handed out before the query is done or has its slot: until then it can
still become a proper error.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from time import monotonic
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.workers.fairness import RETRY_SECONDS, FairQueue
from warrantgraph.engine.workers.pacing import Pacing
from warrantgraph.engine.workers.running import RunningAnswer, WorkerKilledError
from warrantgraph.errors import BusyError

if TYPE_CHECKING:
    from warrantgraph.engine.workers.messages import Request
    from warrantgraph.engine.workers.pool import WorkerPool

__all__ = ["Lanes", "Scheduler"]

TRIAL_SECONDS: Final = 0.05
"""How long every query may run before it counts as long."""

ALONE_SECONDS: Final = 0.01
"""How long it runs at normal priority where others run as well."""

_LONG_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class Lanes:
    """How many queries run and wait: short ones in their trials, and long ones in their slots."""

    trials: int
    trial_places: int
    slots: int
    places: int
    queue_seconds: float
    """No query waits longer for its turn."""


class Scheduler:
    """Runs queries in the workers of a pool, each when it is its turn."""

    def __init__(self, pool: WorkerPool, lanes: Lanes) -> None:
        self.pool = pool
        self.trials = FairQueue(lanes.trials, lanes.trial_places)
        self.long = FairQueue(lanes.slots, lanes.places)
        self._pacing = Pacing()
        self._queue_seconds = lanes.queue_seconds
        self._known_long: OrderedDict[bytes, None] = OrderedDict()

    async def evaluate(self, request: Request, client: str = "") -> RunningAnswer:
        """Run a query until its answer is complete, or has begun and may go on.

        Raises:
            BusyError: too many wait, or it waited too long.
            QueryTimeoutError: it did not end in its time, which counts from its start.
            QueryMemoryError, QueryTooDeepError, QueryEvaluationError: its worker did not survive.
            QuerySyntaxError, ServiceRefusedError, NotAcceptableError, AnswerTooLargeError: as the
                evaluator found.
        """
        name = _name(request)
        if name not in self._known_long:
            answer = await self._try(request, client, name)
            if answer:
                return answer
        return await self._run_long(request, client, name)

    async def _try(self, request: Request, client: str, name: bytes) -> RunningAnswer | None:
        """Give a query its trial; None where it is long and there is no slot for it now."""
        await self.trials.acquire(client, self._queue_seconds)
        try:
            try:
                answer = await self._start_trial(request)
            except WorkerKilledError:  # the system kills idle workers first; another may be there
                answer = await self._start_trial(request)
        finally:
            self.trials.release(client)
        if answer.end:
            return answer
        self._remember(name)
        if not self.long.try_acquire(client):
            answer.close("queue")
            return None
        return await self._go_on(answer, client)

    async def _start_trial(self, request: Request) -> RunningAnswer:
        """Run a query for the length of a trial, lowered before its end if others run as well."""
        self._pacing.take_care()
        answer = await self._start(request)
        try:
            known = await answer.known_within(ALONE_SECONDS)
            if not known and self.trials.held + self.long.held > 1:
                answer.lower()
            if not known:
                await answer.known_within(TRIAL_SECONDS)
        except BaseException:
            answer.close("left")
            raise
        return answer

    async def _run_long(self, request: Request, client: str, name: bytes) -> RunningAnswer:
        await self.long.acquire(client, self._queue_seconds)
        try:
            answer = await self._start(request)
        except BaseException:
            self.long.release(client)
            raise
        begun = monotonic()
        answer = await self._go_on(answer, client)
        if answer.whole is not None and monotonic() - begun < TRIAL_SECONDS:
            self._known_long.pop(name, None)  # it was the machine that was slow
        return answer

    async def _go_on(self, answer: RunningAnswer, client: str) -> RunningAnswer:
        """Let a query that has its slot go on; the slot is given back when the answer closes."""
        answer.on_close(lambda: self.long.release(client))
        answer.lower()
        try:
            await answer.begun()
        except BaseException:
            answer.close("left")
            raise
        return answer

    async def _start(self, request: Request) -> RunningAnswer:
        try:
            async with asyncio.timeout(self._queue_seconds):
                worker = await self.pool.take()
        except TimeoutError:
            message = "the process that holds the data is being started anew"
            raise BusyError(message, retry_after=RETRY_SECONDS) from None
        return RunningAnswer(self.pool, worker, request, self._pacing)

    def _remember(self, name: bytes) -> None:
        self._known_long[name] = None
        self._known_long.move_to_end(name)
        if len(self._known_long) > _LONG_REMEMBERED:
            self._known_long.popitem(last=False)


def _name(request: Request) -> bytes:
    return blake2b(request.query.encode(errors="surrogatepass"), digest_size=16).digest()
