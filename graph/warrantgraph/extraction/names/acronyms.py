"""Abbreviations: in brackets after what they stand for, and alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warrantgraph.extraction.names.found import Taken
    from warrantgraph.extraction.names.gazetteer import Spot
    from warrantgraph.extraction.names.page import Page

__all__ = ["bracketed", "is_acronym", "lone_acronyms"]

_LONGEST = 14
_SMALL = frozenset(
    [
        "of",
        "for",
        "the",
        "and",
        "on",
        "in",
        "to",
        "de",
        "la",
        "del",
        "do",
        "da",
        "du",
        "des",
        "et",
        "y",
        "e",
        "di",
        "al",
        "against",
        "with",
    ]
)
_OPEN = frozenset(["(", "["])


def is_acronym(word: str) -> bool:
    """Whether a word is written as an abbreviation of several.

    >>> [is_acronym(word) for word in ("EFCC", "AFP-C", "M23", "Hamas", "A")]
    [True, True, True, False, False]
    """
    letters = [c for c in word if c.isalpha()]
    big = sum(c.isupper() for c in letters)
    return 2 <= big <= 10 and big >= len(letters) - 1 and word[0].isupper() and "." not in word


def bracketed(page: Page, spots: Mapping[int, Spot]) -> Iterator[tuple[Found, Found]]:
    """A long form and the acronym in brackets after it, whose letters its words begin with."""
    for place, word in enumerate(page.words):
        if word not in _OPEN or not page.together(place - 1, place + 2):
            continue
        short = page.words[place + 1]
        if is_acronym(short) and page.words[place + 2] in (")", "]", ",", ";"):
            start = _long_form(page, place, short)
            if start is not None:
                known = spots.get(start)
                name = " ".join(page.folded[start:place])
                if known is not None and known.end == place:
                    name = known.entry.name
                kind = _kind(page, start, place)
                yield Found(start, place, kind, name), Found(place + 1, place + 2, kind, name)


def _kind(page: Page, start: int, end: int) -> EntityKind:
    courts = folded_words("courts", "heads")
    court = any(word in courts for word in page.folded[start:end])
    return EntityKind.COURT if court else EntityKind.ORGANIZATION


def _long_form(page: Page, end: int, short: str) -> int | None:
    """Where the words begin whose first letters are those of an acronym; the nearest place."""
    letters = [c.lower() for c in short if c.isalpha()]
    for start in range(end - 1, max(end - 1 - _LONGEST, -1), -1):
        word = page.words[start]
        if not page.together(start, end):
            break
        small = page.folded[start] in _SMALL or word in ("'s", "'", "&", ",")
        if not page.capital[start] and not small:
            break
        begins = page.capital[start] and page.folded[start][:1] == letters[0]
        if begins and start < end - 1 and _spells(page.folded[start:end], letters):
            return start
    return None


def _spells(words: list[str], letters: list[str]) -> bool:
    """Whether the letters are the beginnings of the words, in order, none of weight left out."""
    initials = [part[0] for word in words for part in word.split("-") if part[:1].isalpha()]
    weighty = [
        part[0]
        for word in words
        if word not in _SMALL
        for part in word.split("-")
        if part[:1].isalpha() and len(part) > 1
    ]
    rest = iter(initials)
    if all(letter in rest for letter in letters):
        return len(weighty) <= len(letters) + 2
    return False


def lone_acronyms(page: Page, taken: Taken) -> Iterator[Found]:
    """Abbreviations that nothing explains: most often bodies."""
    for place, word in enumerate(page.words):
        if page.loud[place] or page.credit[place] or not taken.free(place):
            continue
        if page.sentence[place] == 0 or not _is_body(word):
            continue
        if _is_free_beside(page, taken, place):
            yield Found(place, place + 1, EntityKind.ORGANIZATION)


def _is_body(word: str) -> bool:
    if word.lower() in folded_words("other", "starters"):
        return False
    if len(word) > 2 and is_acronym(word) and word[:2].isalpha():
        return word.isupper() and len(word) <= 8
    return len(word) > 4 and word.isalpha() and word[:2].istitle() and word[-2:].isupper()


def _is_free_beside(page: Page, taken: Taken, place: int) -> bool:
    """Whether no capitals of a dateline or a shouted phrase stand beside."""
    for other in (place - 1, place + 1):
        word = page.word(other)
        if page.together(min(place, other), max(place, other)) and len(word) > 2 and word.isupper():
            return False
    return True
