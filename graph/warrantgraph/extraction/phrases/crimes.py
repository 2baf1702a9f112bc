"""Recognises alleged crimes as texts word them, and reads lists of them by category.

"Crimes against humanity of murder and persecution" are two crimes against humanity; so are "murder
and persecution as crimes against humanity". A category that nothing is told of stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from warrantgraph.extraction.lexicon.reading import read_lexicon, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CrimeWords", "ReadCrime", "crime_at", "read_crimes"]

CrimeWords = tuple[str, bool, str | None]
"""Category, whether the words say more than the category, and the concept."""

_LONGEST = 7
_ROME = ("war crime", "crime against humanity", "genocide")
_MARKS = frozenset("“”\"‘’'`")
_LINKS = (
    ("of",),
    ("including",),
    ("such", "as"),
    ("namely",),
    ("like",),
    (":",),
    ("-",),
    ("–",),
    ("—",),
    ("among", "them"),
    ("which", "include"),
    ("that", "include"),
    ("in", "the", "form", "of"),
)
_MODIFIERS = word_list("stating", "crime_modifiers")
_PARTS = (",", "and", "or", ":", "-", "–", "—")
_OPENERS = frozenset(("the", "a", "of", "including", "other", "as", "well", *_MARKS))
_FARTHEST = 8
"""Words between two crimes of one list."""


@dataclass(frozen=True)
class ReadCrime:
    """A crime that tokens `start` to `end` word; `told` if the text itself gives its category."""

    start: int
    end: int
    category: str
    specific: bool
    concept: str | None = None
    told: bool = False


@cache
def _wordings() -> dict[tuple[str, ...], CrimeWords]:
    found: dict[tuple[str, ...], CrimeWords] = {}
    lexicon: dict[str, dict[str, Any]] = read_lexicon("crimes")
    for category, (words, concept) in lexicon["categories"].items():
        for wording in words.split("|"):
            found[tuple(wording.split())] = (category, False, concept or None)
    for category, table in lexicon.items():
        for wording in str(table.get("words", "")).split("|") if "words" in table else ():
            found.setdefault(tuple(wording.split()), (category, True, None))
    return found


@cache
def _concepts(category: str) -> dict[str, str]:
    table: dict[str, dict[str, str]] = read_lexicon("crimes")["concepts"]
    return table.get(category, {})


@cache
def _category_concepts() -> dict[str, str]:
    categories: dict[str, list[str]] = read_lexicon("crimes")["categories"]
    return {category: concept for category, (_, concept) in categories.items() if concept}


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


def read_crimes(words: Sequence[str], start: int, end: int) -> list[ReadCrime]:
    """The crimes that a stretch of words names, each with its category.

    >>> words = "crimes against humanity of murder and persecution".split()
    >>> [(crime.category, words[crime.start]) for crime in read_crimes(words, 0, len(words))]
    [('crime against humanity', 'murder'), ('crime against humanity', 'persecution')]
    """
    found = _plain(words, start, end)
    crimes: list[ReadCrime] = []
    heading: ReadCrime | None = None
    last = start
    for crime in found:
        if crime.start - last > _FARTHEST:
            heading = None
        if not crime.specific:
            if _looks_back(words, crime) and crimes:
                _take_back(words, crimes, crime)
                heading = None
            else:
                crimes.append(crime)
                heading = crime if _introduces(words, crime.end, end) else heading
        elif heading is not None and heading.category in _ROME and crime.category != "genocide":
            if heading in crimes:
                crimes.remove(heading)
                crimes += _unlisted(words, heading.end, crime.start, heading.category)
            crimes.append(_under(words, crime, heading.category))
            stop = next((each.start for each in found if each.start >= crime.end), end)
            crimes += _unlisted(words, crime.end, stop, heading.category)
        else:
            crimes.append(crime)
        last = crime.end
    return crimes


def _unlisted(words: Sequence[str], start: int, end: int, category: str) -> list[ReadCrime]:
    """The members of a list that no word list has, between or behind those that one has.

    Each stands between commas or "and", and is not long.
    """
    found: list[ReadCrime] = []
    parted = False
    begin = start
    for at in range(start, end + 1):
        word = words[at] if at < end else ""
        if at < end and word not in _PARTS and word not in word_list("stating", "ends_of_list"):
            continue
        while begin < at and words[begin] in _OPENERS:
            begin += 1
        member = begin < at < end and (parted or word in _PARTS) and at - begin <= _LONGEST
        if member and words[begin].replace("-", "").isalpha():
            found.append(_under(words, ReadCrime(begin, at, category, True), category))
        if word not in _PARTS:
            break
        parted = True
        begin = at + 1
    return found


def _plain(words: Sequence[str], start: int, end: int) -> list[ReadCrime]:
    found: list[ReadCrime] = []
    at = start
    while at < end:
        crime = crime_at(words, at, end)
        if crime is None:
            at += 1
            continue
        last, (category, specific, concept) = crime
        begin = at
        while specific and begin > start and words[begin - 1] in _MODIFIERS:
            begin -= 1
        found.append(ReadCrime(begin, last, category, specific, concept, told=not specific))
        at = last
    return found


def _introduces(words: Sequence[str], at: int, end: int) -> bool:
    """Whether a word follows that specific crimes stand after."""
    rest = [word for word in words[at : min(at + 8, end)] if word not in _MARKS and word != ","]
    return any(tuple(rest[: len(link)]) == link for link in _LINKS)


def _looks_back(words: Sequence[str], crime: ReadCrime) -> bool:
    """Whether a category stands after its crimes: "as crimes against humanity"."""
    before = [word for word in words[max(0, crime.start - 4) : crime.start] if word not in _MARKS]
    while before and before[-1] in ("a", "an", "the", "alleged"):
        before.pop()
    return (
        bool(before)
        and before[-1] in ("as", "all", "both", "constituting", "to")
        and before[-2:] != ["well", "as"]
    )


def _take_back(words: Sequence[str], crimes: list[ReadCrime], category: ReadCrime) -> None:
    """Put the crimes of the list before under a category."""
    place, at = category.start, len(crimes) - 1
    while at >= 0 and crimes[at].specific and not crimes[at].told:
        if crimes[at].category == "genocide":
            break
        if place - crimes[at].end > _FARTHEST:
            break
        place = crimes[at].start
        crimes[at] = _under(words, crimes[at], category.category)
        at -= 1


def _under(words: Sequence[str], crime: ReadCrime, category: str) -> ReadCrime:
    wording = " ".join(words[crime.start : crime.end])
    concept = _concepts(category).get(wording) or _category_concepts().get(category)
    return ReadCrime(crime.start, crime.end, category, True, concept, told=True)
