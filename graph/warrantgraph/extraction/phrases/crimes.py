"""Recognises alleged crimes as texts word them, by category."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from warrantgraph.extraction.lexicon.reading import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CrimeWords", "crime_at"]

CrimeWords = tuple[str, bool, str | None]
"""Category, whether the words say more than the category, and the concept."""

_LONGEST = 5


@cache
def _wordings() -> dict[tuple[str, ...], CrimeWords]:
    found: dict[tuple[str, ...], CrimeWords] = {}
    lexicon: dict[str, dict[str, Any]] = read_lexicon("crimes")
    for category, (words, concept) in lexicon["categories"].items():
        for wording in words.split("|"):
            found[tuple(wording.split())] = (category, False, concept or None)
    for category, table in lexicon.items():
        for wording in str(table.get("words", "")).split("|") if category != "categories" else ():
            found[tuple(wording.split())] = (category, True, None)
    return found


def crime_at(words: Sequence[str], place: int, end: int) -> tuple[int, CrimeWords] | None:
    """The end and the kind of the crime whose words begin at a token; None where none does.

    >>> crime_at("accused of war crimes".split(), 2, 4)
    (4, ('war crime', False, 'art-8'))
    """
    for length in range(min(_LONGEST, end - place), 0, -1):
        found = _wordings().get(tuple(words[place : place + length]))
        if found:
            return place + length, found
    return None
