"""Names of persons who are named in full elsewhere in the text, and their other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.folding import name_parts
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.persons import run_of_name
from warrantgraph.extraction.names.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.names.found import Taken
    from warrantgraph.extraction.names.page import Page

__all__ = ["find_aliases", "find_shorter"]

_MARKS = frozenset("\"“”'‘’")
_OPEN = frozenset([",", "(", "-", "–", "—"])
_LONGEST_LINK = 7
_FEWEST_FOR_MIDDLE = 3


def find_aliases(page: Page, taken: Taken) -> Iterator[tuple[Found, Found]]:
    """A name and another of the same that follows it: "X, also known as Y"."""
    for found in taken.all():
        if found.kind not in (EntityKind.PERSON, EntityKind.ORGANIZATION):
            continue
        start = _after_link(page, found.end)
        if start is None:
            continue
        known = taken.at(start)
        if known is not None and _in_marks(page, start) is None:
            if known.start == start and known.kind is found.kind:
                yield found, known
            continue
        quoted = _in_marks(page, start)
        if quoted is not None:
            other = Found(start, quoted, found.kind, found.name)
            taken.drop(start, quoted)
            taken.add(other)
            yield found, other
            continue
        if not page.capital[start] or not taken.free(start):
            continue
        end = run_of_name(page, taken, start)
        if page.small(end) == "of" and page.capital_at(end + 1) and taken.free(end + 1):
            end = run_of_name(page, taken, end + 1)
        other = Found(start, end, found.kind, found.name)
        if taken.add(other):
            yield found, other


def _in_marks(page: Page, start: int) -> int | None:
    """The end of a name that stands alone in quotation marks: "Commander Simba"."""
    if page.word(start - 1) not in _MARKS or not page.capital[start]:
        return None
    end = start
    while (
        end - start < _LONGEST_NICKNAME
        and page.together(start, end)
        and (page.capital[end] or page.folded[end] in ("de", "the", "of", "al"))
    ):
        end += 1
    return end if page.word(end) in _MARKS or page.word(end) == "," else None


_LONGEST_NICKNAME = 5


def _after_link(page: Page, end: int) -> int | None:
    """Where the other name begins after "also known as" and the like; None if nothing like it."""
    links = folded_words("persons", "alias")
    comma = page.word(end) in _OPEN
    begin = end + 1 if comma else end
    for size in range(_LONGEST_LINK, 0, -1):
        stop = begin + size
        if not page.together(end - 1, stop):
            continue
        link = " ".join(page.folded[begin:stop])
        if link not in links or (not comma and link in ("or", "born")):
            continue
        while page.word(stop) in _MARKS or (page.lower[stop] and page.small(stop) in _ARTICLES):
            stop += 1
            if not page.together(end - 1, stop):
                return None
        upper = page.words[stop].isupper()
        return stop if link != "or" or upper or page.word(stop - 1) in _MARKS else None
    return None


_ARTICLES = frozenset(["the", "simply", "as"])


def find_shorter(page: Page, taken: Taken, fulls: list[str]) -> Iterator[Found]:
    """Parts of full names that stand alone: "Bashir", "Suu Kyi"."""
    known = _parts_of(fulls)
    place, count = 0, len(page.words)
    while place < count:
        if not page.capital[place] or page.credit[place]:
            place += 1
            continue
        if taken.blocked(place) and (page.folded[place],) in known and _may_be(page, place):
            taken.unblock(place)
        if not taken.free(place):
            place += 1
            continue
        end = run_of_name(page, taken, place)
        for start, stop in _known_in(page, place, end, known):
            start = _with_particle(page, taken, start)
            yield Found(start, stop, EntityKind.PERSON)
        place = max(end, place + 1)


def _may_be(page: Page, place: int) -> bool:
    """Whether a word that is a weekday, a month or a law elsewhere may be a surname here."""
    if page.word(place - 1).isdigit() or page.word(place + 1).isdigit():
        return False
    before = page.small(place - 1)
    return before not in _BEFORE_DATES and not page.capital_at(place + 1) and not page.loud[place]


_BEFORE_DATES = frozenset(
    ["in", "on", "last", "since", "until", "by", "early", "late", "of", "the", "this", "next"]
)


def _parts_of(fulls: list[str]) -> frozenset[tuple[str, ...]]:
    """What somebody may be called by for short: the first or last parts of a name, or the last but
    one, as where somebody has two surnames.
    """
    known: set[tuple[str, ...]] = set()
    for full in fulls:
        parts = name_parts(full)
        known.add(parts)
        for size in range(1, len(parts)):
            known.add(parts[-size:])
            known.add(parts[:size])
        if len(parts) >= _FEWEST_FOR_MIDDLE:
            known.add(parts[-2:-1])
    return frozenset(part for part in known if part and all(part))


def _known_in(
    page: Page, start: int, end: int, known: frozenset[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """The stretches of a run that are known, the longest first; others may stand beside them."""
    if not page.loud[start]:
        begin = start
        while begin < end and _is_starter(page, begin):
            begin += 1
        if begin < end and _parts(page, begin, end) in known and not _is_word(page, begin, end):
            yield begin, end
        return
    place = start
    while place < end:
        for stop in range(end, place, -1):
            if _parts(page, place, stop) in known and not _is_word(page, place, stop):
                yield place, stop
                place = stop
                break
        else:
            place += 1


def _is_starter(page: Page, place: int) -> bool:
    return page.folded[place] in folded_words("other", "starters")


def _parts(page: Page, start: int, end: int) -> tuple[str, ...]:
    return name_parts(" ".join(page.words[start:end]))


def _is_word(page: Page, start: int, end: int) -> bool:
    """Whether a single part may be just a word that begins a sentence or stands in a title."""
    if end - start > 1:
        return False
    doubtful = page.first[start] or page.loud[start]
    return doubtful and page.folded[start] in page.common


def _with_particle(page: Page, taken: Taken, start: int) -> int:
    leading = folded_words("persons", "leading")
    while page.together(start - 1, start) and page.small(start - 1) in leading:
        if not page.lower[start - 1] or not taken.free(start - 1):
            break
        start -= 1
    return start
