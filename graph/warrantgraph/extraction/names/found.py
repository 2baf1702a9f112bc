"""A name as found in the text, before it is known which names name the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.names.mentions import MentionForm

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import EntityKind

__all__ = ["Found", "Taken"]


@dataclass(frozen=True, order=True)
class Found:
    """Tokens `start` to `end` (exclusive) name something of this kind.

    `name` is shared by all names of one thing: what the lexicon calls it, or the long form of an
    acronym; empty where only the words can tell.
    """

    start: int
    end: int
    kind: EntityKind
    name: str = ""
    form: MentionForm = MentionForm.NAME


class Taken:
    """Which tokens a name has been found in already, and which are no part of any."""

    def __init__(self, count: int) -> None:
        self._by: list[Found | None] = [None] * count
        self._blocked = [False] * count

    def add(self, found: Found) -> bool:
        """Take the tokens of a name; False, and nothing taken, where one of them is."""
        if any(self._by[found.start : found.end]):
            return False
        self._by[found.start : found.end] = [found] * (found.end - found.start)
        return True

    def block(self, start: int, end: int) -> None:
        """Keep tokens out of names that are found later."""
        self._blocked[start:end] = [True] * (end - start)

    def blocked(self, place: int) -> bool:
        """Whether a token is kept out of names."""
        return self._blocked[place]

    def unblock(self, place: int) -> None:
        """Let names take a token again."""
        self._blocked[place] = False

    def drop(self, start: int, end: int) -> None:
        """Give up the names that have these tokens."""
        for place in range(start, end):
            found = self._by[place]
            if found is not None:
                self._by[found.start : found.end] = [None] * (found.end - found.start)

    def replace(self, old: Found, new: Found) -> None:
        """Put another name for the same tokens in the place of one."""
        self._by[old.start : old.end] = [None] * (old.end - old.start)
        self.add(new)

    def at(self, place: int) -> Found | None:
        """The name that a token belongs to."""
        return self._by[place] if 0 <= place < len(self._by) else None

    def free(self, place: int) -> bool:
        """Whether a name may still take a token."""
        return 0 <= place < len(self._by) and not (self._by[place] or self._blocked[place])

    def all(self) -> list[Found]:
        """The names, in the order of the text."""
        found: list[Found] = []
        for item in self._by:
            if item is not None and (not found or found[-1] is not item):
                found.append(item)
        return found
