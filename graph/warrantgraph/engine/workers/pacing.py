"""Holds long answers back a little while short queries come.

Each piece of a long answer costs the server, and its reader, a fraction of a millisecond. Many
answers at full speed would make every short query wait for several pieces; so while there are
short queries, one piece goes every `_SECONDS_BETWEEN_PIECES`, whoever's turn it is.
"""

from __future__ import annotations

import asyncio
from typing import Final

__all__ = ["Pacing"]

_SECONDS_BETWEEN_PIECES: Final = 0.002
_SECONDS_OF_CARE: Final = 0.02
"""How long after a short query there is still care taken: the next may follow."""


class Pacing:
    """Gives each piece its time; on one event loop."""

    def __init__(self) -> None:
        self._care_until = 0.0
        self._next_piece = 0.0

    def take_care(self) -> None:
        """Tell that there is a short query."""
        self._care_until = asyncio.get_running_loop().time() + _SECONDS_OF_CARE

    async def turn(self) -> None:
        """Wait until the next piece may go; at once where there are no short queries."""
        now = asyncio.get_running_loop().time()
        if now < self._care_until:
            mine = max(now, self._next_piece)
            self._next_piece = mine + _SECONDS_BETWEEN_PIECES
            await asyncio.sleep(mine - now)
