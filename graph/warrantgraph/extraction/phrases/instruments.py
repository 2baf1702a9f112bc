"""Recognises warrants, summonses, indictments, charges and red notices, and their false friends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import read_lexicon, word_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warrantgraph.extraction.names import Mention

__all__ = ["Instrument", "find_instrument"]

_POSSESSIVE = word_list("words", "possessive_marks")
_MOST_MODIFIERS = 5
_PERSONAL = ("his", "her", "their")
_THEIR_ARREST = [
    [whose, what] for whose in _PERSONAL for what in ("arrest", "arrests", "detention")
]


@dataclass(frozen=True)
class Instrument:
    """An instrument, tokens `start` to `end`; `kind` as the lexicon names it.

    `owners` are the mentions that stand before it ("the ICC's", "Iran"), `pronoun` the token of
    "his" in "his arrest warrant" and "a warrant for his arrest".
    """

    start: int
    end: int
    kind: str
    definite: bool
    plural: bool
    owners: tuple[Mention, ...] = ()
    pronoun: int | None = None


@cache
def _names() -> dict[tuple[str, ...], str]:
    instruments: dict[str, str] = read_lexicon("instruments")["instruments"]
    return {
        tuple(name.split()): kind
        for kind, names in instruments.items()
        for name in names.split("|")
    }


@cache
def _modifiers() -> frozenset[str]:
    words = read_lexicon("instruments")["modifiers"]["words"]
    return frozenset(str(words).split())


def find_instrument(
    words: Sequence[str], mentions: Mapping[int, Mention], place: int, end: int
) -> Instrument | None:
    """The instrument whose phrase begins at a token; None where none does.

    >>> found = find_instrument("an international arrest warrant".split(), {}, 0, 4)
    >>> found.kind, found.end
    ('arrest warrant', 4)
    >>> find_instrument("a search warrant".split(), {}, 0, 3).kind
    'none'
    """
    at = place
    definite = words[at] in ("the", "this", "that", "these", "those", "its")
    pronoun = at if words[at] in _PERSONAL else None
    if words[at] in word_list("words", "determiners") or words[at].isdigit():
        at += 1
    owners: list[Mention] = []
    for _ in range(_MOST_MODIFIERS):
        if at >= end:
            return None
        name = _name(words, at, end)
        if name:
            return _whole(words, place, at, name, definite, owners, pronoun, end)
        mention = mentions.get(at)
        if mention is not None:
            owners.append(mention)
            at = mention.end
            if at < end and words[at] in _POSSESSIVE:
                at, definite = at + 1, True
        elif words[at] in _modifiers():
            at += 1
        else:
            return None
    return None


def _name(words: Sequence[str], place: int, end: int) -> tuple[str, ...] | None:
    for length in range(min(5, end - place), 0, -1):
        name = tuple(words[place : place + length])
        if name in _names():
            return name
    return None


def _whole(
    words: Sequence[str],
    start: int,
    place: int,
    name: tuple[str, ...],
    definite: bool,
    owners: list[Mention],
    pronoun: int | None,
    end: int,
) -> Instrument:
    """The instrument, with "for his arrest" where that follows."""
    last = place + len(name)
    after = words[last : min(last + 3, end)]
    if after[:1] in (["for"], ["of"]) and after[1:] in _THEIR_ARREST:
        pronoun, last = last + 1, last + 3
    plural = any(word.endswith("s") and word != "summons" for word in name)
    return Instrument(start, last, _names()[name], definite, plural, tuple(owners), pronoun)
