"""The names that the lexicon knows, and where a text has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import read_lexicon, word_list
from warrantgraph.extraction.names.folding import fold
from warrantgraph.extraction.reading.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.names.page import Page

__all__ = ["Entry", "Sort", "Spot", "entry_of", "find_spots"]


class Sort(Enum):
    """What the lexicon says of a name."""

    STATE = EntityKind.STATE
    PLACE = EntityKind.PLACE
    COURT = EntityKind.COURT
    ORGANIZATION = EntityKind.ORGANIZATION
    PEOPLE = "people"
    """A people's name or adjective; it stands for the state."""
    CAPITAL = "capital"
    """A city, or the government that sits there."""
    MAYBE = "maybe"
    """A place only where the words around say so."""
    OTHER = "other"
    """Neither person nor body nor place: a weekday, a treaty, a faith."""


@dataclass(frozen=True)
class Entry:
    """A name of the lexicon: what it names and how that is best called."""

    words: tuple[str, ...]
    name: str
    sort: Sort


@dataclass(frozen=True, order=True)
class Spot:
    """Tokens `start` to `end` (exclusive) are a known name."""

    start: int
    end: int
    entry: Entry


def find_spots(page: Page) -> Iterator[Spot]:
    """The known names of a text, the longest first at each place; none overlap."""
    index = _index()
    start, count = 0, len(page.words)
    while start < count:
        entries = index.get(page.folded[start])
        entry = None
        if entries and not page.lower[start]:
            entry = next((entry for entry in entries if _stands(page, start, entry)), None)
        if entry is None:
            start += 1
            continue
        yield Spot(start, start + len(entry.words), entry)
        start += len(entry.words)


def entry_of(word: str) -> Entry | None:
    """What the lexicon knows under one word, written just so."""
    entries = _index().get(fold(word), [])
    return next((entry for entry in entries if entry.words == (word,)), None)


def _stands(page: Page, start: int, entry: Entry) -> bool:
    """Whether the words of an entry stand here, capitalised as the lexicon has them."""
    end = start + len(entry.words)
    if end > len(page.words) or page.sentence[start] != page.sentence[end - 1]:
        return False
    for word, place in zip(entry.words, range(start, end), strict=True):
        there = page.words[place]
        if there == word:
            continue
        if page.folded[place] != fold(word) or page.lower[place] != word[0].islower():
            shouted = there.isupper() and word.islower() and page.folded[place] == fold(word)
            if not shouted:
                return False
        if (word.isupper() and len(word) > 1) or (word.isascii() and not there.isascii()):
            return False
        short = len(entry.words) == 1 and there.isupper() and len(there) <= _SHORT
        if short and not page.first[place]:
            return False
    return True


_SHORT = 4
"""Longest word in capitals that is rather an abbreviation than a shouted name."""


@cache
def _index() -> dict[str, list[Entry]]:
    """All entries by the folded first word; longer ones first, then those read first."""
    index: dict[str, list[Entry]] = {}
    seen: set[tuple[str, ...]] = set()
    for entry in _entries():
        if entry.words and entry.words not in seen:
            seen.add(entry.words)
            index.setdefault(fold(entry.words[0]), []).append(entry)
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return index


def _entries() -> Iterator[Entry]:
    maybe = frozenset(_split(read_lexicon("places")["ambiguous"]))
    yield from _listed(read_lexicon("courts")["names"], Sort.COURT)
    yield from _listed(read_lexicon("organizations")["names"], Sort.ORGANIZATION)
    for name, state in read_lexicon("states").items():
        for form in [name, *_split(state.get("also", ""))]:
            yield _entry(form, name, Sort.STATE)
        for form in _split(state.get("people", "")):
            yield _entry(form, name, Sort.PEOPLE)
        for form in _split(state.get("capital", "")):
            yield _entry(form, f"{form}|{name}", Sort.CAPITAL)
    for key in ("regions", "cities"):
        names = _split(read_lexicon("places")[key])
        whole = frozenset(names)
        for name in names:
            full = f"The {name}" if f"The {name}" in whole else name
            yield _entry(name, full, Sort.MAYBE if name in maybe else Sort.PLACE)
    for text in read_lexicon("other")["names"].values():
        for name in _split(text):
            yield _entry(name, name, Sort.OTHER)
    yield from _subdivisions()


def _listed(names: dict[str, str], sort: Sort) -> Iterator[Entry]:
    for name, others in names.items():
        for form in [name, *_split(others)]:
            yield _entry(form, name, sort)


def _subdivisions() -> Iterator[Entry]:
    """States, provinces and districts of all countries; many are also words or persons' names."""
    import pycountry

    countries: Any = pycountry.countries
    for country in countries:
        name = str(country.name).partition(",")[0]
        yield _entry(name, name, Sort.PLACE)
    subdivisions: Any = pycountry.subdivisions
    for subdivision in subdivisions:
        name = str(subdivision.name).partition(" [")[0].partition(" (")[0].partition(",")[0]
        if name[:1].isupper() and len(name) > 2:
            given = name.split()[0] in word_list("persons", "given")
            certain = " " in name and not given
            yield _entry(name, name, Sort.PLACE if certain else Sort.MAYBE)


def _entry(form: str, name: str, sort: Sort) -> Entry:
    words = tuple(token.text for token in tokenize(form.replace("’", "'")))
    return Entry(words, name, sort)


def _split(text: str) -> list[str]:
    return [" ".join(form.split()) for form in text.split("|") if form.strip()]
