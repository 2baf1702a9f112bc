"""Takes the bodies of uploads within bounds: of each, of each client's, and of all together.

Nothing of them is looked at here; that is for a process that can be killed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Self

from warrantgraph.engine.workers import RETRY_SECONDS
from warrantgraph.errors import BusyError, InputTooLargeError

if TYPE_CHECKING:
    from fastapi import Request

__all__ = ["HeldBytes", "UploadBudget", "read_upload"]

_LARGEST_SHARE: Final = 0.75
"""The part of all the bytes that one client can hold."""

_LONGEST_HELD: Final = 8
"""How many of the longest uploads there is room for."""


class UploadBudget:
    """The bytes of uploads, and of reports about them, that this process holds at once."""

    def __init__(self, longest: int) -> None:
        self._most = _LONGEST_HELD * longest
        self._held: Counter[str] = Counter()

    @property
    def size(self) -> int:
        """How many bytes are held."""
        return self._held.total()

    def hold(self, client: str) -> HeldBytes:
        """Nothing yet, for one request of a client; use it in a `with`, which gives it back."""
        return HeldBytes(self, client)

    def add(self, client: str, size: int) -> None:
        """Count bytes that a client holds; below 0 where it holds them no more."""
        self._held[client] += size
        if not self._held[client]:
            del self._held[client]

    def is_spent(self, client: str) -> bool:
        """Whether all together hold more than they may, or this client more than its share."""
        share = self._most * _LARGEST_SHARE
        return self.size > self._most or self._held[client] > share


class HeldBytes:
    """What one request holds."""

    def __init__(self, budget: UploadBudget, client: str) -> None:
        self._budget = budget
        self._client = client
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._budget.add(self._client, -self._size)

    def take(self, size: int) -> None:
        """Hold so many bytes more, whatever the budget."""
        self._size += size
        self._budget.add(self._client, size)

    def ask_for(self, size: int) -> None:
        """Hold so many bytes more; raises BusyError where the budget has no room for them."""
        self.take(size)
        if self._budget.is_spent(self._client):
            message = "other uploads take all the room there is for them"
            raise BusyError(message, retry_after=RETRY_SECONDS)


async def read_upload(request: Request, longest: int, held: HeldBytes) -> bytes:
    """Read the body of a request.

    Raises InputTooLargeError past `longest` bytes, BusyError where there is no room for it now,
    and ClientDisconnect.
    """
    too_long = InputTooLargeError(f"at most {longest:,} bytes are validated at once")
    if int(request.headers.get("content-length", 0)) > longest:
        raise too_long
    body = bytearray()
    async for chunk in request.stream():
        if len(body) + len(chunk) > longest:
            raise too_long
        held.ask_for(len(chunk))
        body += chunk
    return bytes(body)
