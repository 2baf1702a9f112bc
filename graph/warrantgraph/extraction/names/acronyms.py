"""Abbreviations: in brackets after what they stand for, and alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.gazetteer import Sort
from warrantgraph.extraction.names.words import folded_words, is_role

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from warrantgraph.extraction.names.found import Taken
    from warrantgraph.extraction.names.gazetteer import Spot
    from warrantgraph.extraction.names.page import Page

__all__ = ["bracketed", "is_acronym", "lone_acronyms"]

_LONGEST = 14
_FEWEST, _MOST = 2, 10
_NO_ACRONYM = ("ed", "ing", "ly", "er")
_SHORTEST_CAMEL = 5
_NAME_HUMPS = frozenset(
    ["mc", "mac", "de", "la", "le", "di", "du", "van", "von", "fitz", "al", "el", "st", "jo"]
)
_OPEN = frozenset(["(", "["])


def is_acronym(word: str) -> bool:
    """Whether a word is written as an abbreviation of several.

    >>> [is_acronym(word) for word in ("EFCC", "AFP-C", "M23", "Hamas", "A")]
    [True, True, True, False, False]
    """
    letters = [c for c in word if c.isalpha()]
    big = sum(c.isupper() for c in letters)
    plain = all(c.isalnum() or c in "-&/" for c in word) and word[0].isupper()
    many = big >= _FEWEST or (big == 1 and len(word) > 1 and word[1:].isdigit())
    return plain and many and big <= _MOST and big >= len(letters) - 1


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
                if known is not None and known.end == place and _is_kind(known):
                    kind = EntityKind(known.entry.sort.value)
                yield Found(start, place, kind, name), Found(place + 1, place + 2, kind, name)


def _is_kind(spot: Spot) -> bool:
    return spot.entry.sort in (Sort.STATE, Sort.PLACE, Sort.COURT, Sort.ORGANIZATION)


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
        small = page.folded[start] in _small() or word in ("'s", "'", "&", ",")
        if not page.capital[start] and not small:
            break
        begins = page.capital[start] and page.folded[start][:1] == letters[0]
        if begins and start < end - 1 and _spells(page.folded[start:end], letters):
            return start
    return None


def _small() -> frozenset[str]:
    """Small words that a long form has, for which an acronym has no letter."""
    return folded_words("organizations", "small")


def _spells(words: list[str], letters: list[str]) -> bool:
    """Whether the letters are the beginnings of the words, in order, none of weight left out."""
    initials = [part[0] for word in words for part in word.split("-") if part[:1].isalpha()]
    weighty = [
        part[0]
        for word in words
        if word not in _small()
        for part in word.split("-")
        if part[:1].isalpha() and len(part) > 1
    ]
    rest = iter(initials)
    if all(letter in rest for letter in letters):
        return len(weighty) <= len(letters) + 2
    return False


def lone_acronyms(page: Page, taken: Taken, initials: Container[str]) -> Iterator[Found]:
    """Abbreviations that nothing explains: bodies, or persons whose `initials` they are.

    An abbreviation of the words of one body that the text names is that body.
    """
    long = _by_initials(page, taken)
    for place, word in enumerate(page.words):
        if page.loud[place] or page.credit[place] or not taken.free(place):
            continue
        if page.sentence[place] == 0:
            continue
        if _is_network(page, place):
            yield Found(place, place + 1, EntityKind.ORGANIZATION, "X")
        elif _is_body(word) and _is_free_beside(page, taken, place):
            body = long.get(word.lower())
            if body is not None:
                yield Found(place, place + 1, body.kind, body.name)
            elif word.lower() in initials:
                yield Found(place, place + 1, EntityKind.PERSON)
            else:
                yield Found(place, place + 1, EntityKind.ORGANIZATION)


def _by_initials(page: Page, taken: Taken) -> dict[str, Found]:
    """The bodies of several words by the first letters of those that count."""
    bodies: dict[str, Found] = {}
    for found in taken.all():
        if found.kind in (EntityKind.ORGANIZATION, EntityKind.COURT) and found.name:
            words = [word for word in page.folded[found.start : found.end] if word not in _small()]
            letters = "".join(word[0] for word in words)
            if len(letters) > _FEWEST:
                bodies.setdefault(letters, found)
    return bodies


def _is_network(page: Page, place: int) -> bool:
    """Whether the network of this name is meant: "wrote on X"."""
    return page.words[place] in ("X", "X.") and page.small(place - 1) == "on"


def _is_body(word: str) -> bool:
    small = word.lower()
    shouted = small.endswith(_NO_ACRONYM) and len(word) > _SHORTEST_CAMEL
    if shouted or is_role(small) or small in folded_words("roles", "modifiers"):
        return False
    if small in folded_words("other", "starters") | folded_words("words", "function_words"):
        return False
    if len(word) > 2 and is_acronym(word) and word[:2].isalpha():
        return word.isupper() and len(word) <= 8
    if not word.isalpha() or len(word) < _SHORTEST_CAMEL or not word[0].isupper():
        return False
    hump = next((at for at in range(1, len(word)) if word[at].isupper()), 0)
    return hump > 1 and word[1:hump].islower() and word[:hump].lower() not in _NAME_HUMPS


def _is_free_beside(page: Page, taken: Taken, place: int) -> bool:
    """Whether no capitals of a dateline or a shouted phrase stand beside."""
    for other in (place - 1, place + 1):
        word = page.word(other)
        if other < place and taken.free(other) and page.capital[other] and not page.first[other]:
            joined = page.together(other, place) and not is_role(page.folded[other])
            if joined:
                return False
        if page.together(min(place, other), max(place, other)) and len(word) > 2 and word.isupper():
            return False
    return True
