"""A bounded, fair queue in front of a number of slots.

Whoever holds the fewest slots is next, and among equals whoever has waited longest. One client
never holds all slots while there is more than one, and where the queue is full a client that
waits with less than the greediest takes the last place of that one.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from contextlib import suppress
from typing import Final

from warrantgraph.errors import BusyError

__all__ = ["RETRY_SECONDS", "FairQueue"]

_LARGEST_SHARE: Final = 0.75
"""The part of the slots that one client can hold."""

RETRY_SECONDS: Final = 5


class FairQueue:
    """Slots, and clients that wait for them; on one event loop.

    >>> async def two_clients() -> list[str]:
    ...     queue, order = FairQueue(slots=1, places=8), []
    ...     await queue.acquire("a")
    ...     async def ask(client: str) -> None:
    ...         await queue.acquire(client)
    ...         order.append(client)
    ...         queue.release(client)
    ...     asks = [asyncio.create_task(ask(client)) for client in "aab"]
    ...     await asyncio.sleep(0)
    ...     queue.release("a")
    ...     await asyncio.gather(*asks)
    ...     return order
    >>> asyncio.run(two_clients())
    ['a', 'b', 'a']
    """

    def __init__(self, slots: int, places: int, work: str = "queries") -> None:
        self._free = slots
        self._share = max(1, int(slots * _LARGEST_SHARE))
        self._places = places
        self._work = work
        self._held: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    @property
    def held(self) -> int:
        """How many slots are taken."""
        return self._held.total()

    def try_acquire(self, client: str) -> bool:
        """Take a slot if that puts nobody back who waits."""
        if self._waiting or not self._may_have(client):
            return False
        self._take(client)
        return True

    async def acquire(self, client: str, seconds: float | None = None) -> None:
        """Wait for a slot; give it back with `release`.

        Raises:
            BusyError: the queue is full, or `seconds` have passed.
        """
        if self.try_acquire(client):
            return
        self._make_room_for(client)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        self._serve()
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as error:
            self._leave(client, turn)
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.release(client)  # the slot came in the same moment
            if not isinstance(error, TimeoutError):
                raise
            message = f"waited {seconds:g} s in vain for a turn; other {self._work} are at work"
            raise BusyError(message, retry_after=RETRY_SECONDS) from None

    def release(self, client: str) -> None:
        """Give a slot back."""
        self._free += 1
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self._serve()

    def _may_have(self, client: str) -> bool:
        return self._free > 0 and self._held[client] < self._share

    def _take(self, client: str) -> None:
        self._free -= 1
        self._held[client] += 1

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        turns = self._waiting.get(client)
        if turns is not None:
            with suppress(ValueError):
                turns.remove(turn)
            if not turns:
                del self._waiting[client]

    def _serve(self) -> None:
        """Hand free slots to those whose turn it is."""
        while True:
            eligible = [client for client in self._waiting if self._may_have(client)]
            if not eligible:
                return
            client = min(eligible, key=lambda each: self._held[each])
            turn = self._waiting[client].popleft()
            if self._waiting[client]:
                self._waiting.move_to_end(client)
            else:
                del self._waiting[client]
            if not turn.done():
                self._take(client)
                turn.set_result(None)

    def _make_room_for(self, client: str) -> None:
        if self.waiting < self._places:
            return
        busy = BusyError(
            f"{self._places} {self._work} wait already, as many as may", retry_after=RETRY_SECONDS
        )
        greediest = max(self._waiting, key=lambda each: len(self._waiting[each]), default=None)
        mine = len(self._waiting.get(client, ()))
        if greediest is None or len(self._waiting[greediest]) <= mine + 1:
            raise busy
        last = self._waiting[greediest].pop()
        if not last.done():
            last.set_exception(busy)
