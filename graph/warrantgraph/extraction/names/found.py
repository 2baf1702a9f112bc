"""A name as found in the text, before it is known which names name the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.names.mentions import MentionForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.extraction.facts import EntityKind

__all__ = ["Found", "Taken"]


@dataclass(frozen=True, order=True)
class Found:
    """Tokens `start` to `end` (exclusive) name something of this kind.

    `name` is what it is called in the lexicon, empty where the lexicon does not have it.
    """

    start: int
    end: int
    kind: EntityKind
    name: str = ""
    form: MentionForm = MentionForm.NAME


class Taken:
    """Which tokens a name has been found in already."""

    def __init__(self, count: int) -> None:
        self._by: list[Found | None] = [None] * count

    def add(self, found: Found) -> bool:
        """Take the tokens of a name; False, and nothing taken, where one of them is."""
        if any(self._by[found.start : found.end]):
            return False
        self._by[found.start : found.end] = [found] * (found.end - found.start)
        return True

    def drop(self, found: Found) -> None:
        """Give the tokens of a name back."""
        self._by[found.start : found.end] = [None] * (found.end - found.start)

    def at(self, place: int) -> Found | None:
        """The name that a token belongs to."""
        return self._by[place] if 0 <= place < len(self._by) else None

    def free(self, places: Iterable[int]) -> bool:
        """Whether no name has any of these tokens."""
        return not any(self._by[place] for place in places)

    def all(self) -> list[Found]:
        """The names, in the order of the text."""
        found: list[Found] = []
        for item in self._by:
            if item is not None and (not found or found[-1] is not item):
                found.append(item)
        return found
