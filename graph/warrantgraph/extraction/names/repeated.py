"""Bodies and places named again in the text, as before or for short: "Daesung", "AFP-C"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.acronyms import is_acronym
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.names.found import Taken
    from warrantgraph.extraction.names.page import Page

__all__ = ["bind_acronyms", "find_heads", "find_repeated"]

_BODIES = (EntityKind.ORGANIZATION, EntityKind.COURT)
_ENDS = frozenset([")", "]"])
_SHORTEST = 4
_REGIONS = frozenset(["state", "province", "county", "district", "prison", "jail"])


def bind_acronyms(page: Page, taken: Taken) -> Iterator[tuple[Found, Found]]:
    """A body and what stands in brackets after it where no name has that: "the Alliance (AFP-C)".

    Given as the body under the name that both share, and the acronym.
    """
    for found in taken.all():
        place = found.end
        if found.kind not in _BODIES or page.word(place) != "(":
            continue
        known = taken.at(place + 1)
        if known is not None and not (known.end == place + 2 and known.kind is found.kind):
            continue
        if not page.together(found.start, place + 2) or page.word(place + 2) not in _ENDS:
            continue
        if is_acronym(page.words[place + 1]):
            name = known.name if known else ""
            name = name or found.name or " ".join(page.folded[found.start : found.end])
            long = Found(found.start, found.end, found.kind, name)
            taken.replace(found, long)
            yield long, Found(place + 1, place + 2, found.kind, name)


def find_repeated(page: Page, taken: Taken) -> Iterator[Found]:
    """Free words that are the name of a body or place found elsewhere, or its first word."""
    known = _known(page, taken)
    if not known:
        return
    longest = max(len(words) for words in known)
    place, count = 0, len(page.words)
    while place < count:
        if not page.capital[place] or not taken.free(place) or page.credit[place]:
            place += 1
            continue
        end = place
        while end - place < longest and page.together(place, end) and taken.at(end) is None:
            end += 1
        while end > place and tuple(page.folded[place:end]) not in known:
            end -= 1
        if end > place and not (end - place == 1 and _beside_capital(page, taken, place)):
            like = known[tuple(page.folded[place:end])]
            yield Found(place, end, like.kind, like.name)
        place = max(end, place + 1)


def find_heads(page: Page, taken: Taken) -> Iterator[Found]:
    """ "The Court", "the Council": the body named last before that has this head word."""
    last: dict[str, Found] = {}
    heads = folded_words("organizations", "titular")
    for place, word in enumerate(page.folded):
        known = taken.at(place)
        if known is not None and known.kind in _BODIES and known.name and word in heads:
            last[word] = known
        elif known is not None and known.kind in _BODIES and known.name:
            for head in known.name.lower().split():
                if head in heads:
                    last[head] = known
        elif word in last and _is_titular(page, taken, place):
            yield Found(place, place + 1, last[word].kind, last[word].name)


def _is_titular(page: Page, taken: Taken, place: int) -> bool:
    """Whether "the" and nothing else belongs to a head word with a capital."""
    if not page.capital[place] or page.loud[place] or not taken.free(place):
        return False
    alone = not (page.capital_at(place + 1) and page.together(place, place + 1))
    return page.small(place - 1) == "the" and alone and page.small(place + 1) != "of"


def _beside_capital(page: Page, taken: Taken, place: int) -> bool:
    """Whether a word is but a part of other capitalised words."""
    if page.loud[place]:
        return False
    before = page.together(place - 1, place) and page.capital_at(place - 1)
    after = page.together(place, place + 1) and page.capital_at(place + 1)
    before = before and taken.free(place - 1) and not page.first[place - 1]
    return before or (after and taken.free(place + 1))


def _known(page: Page, taken: Taken) -> dict[tuple[str, ...], Found]:
    """By the folded words of a name, one that has it."""
    known: dict[tuple[str, ...], Found] = {}
    shorter: dict[tuple[str, ...], Found] = {}
    for found in taken.all():
        if found.kind in (EntityKind.PERSON, EntityKind.STATE):
            continue
        words = tuple(page.folded[found.start : found.end])
        if not all(page.words[place][0].islower() for place in range(found.start, found.end)):
            known.setdefault(words, found)
        if len(words) > 1 and found.kind is EntityKind.PLACE and words[-1] in _REGIONS:
            shorter.setdefault(words[:-1], found)
        first = _first_word(page, found)
        if first is not None:
            shorter.setdefault(first, found)
    for words, found in shorter.items():
        known.setdefault(words, found)
    return known


def _first_word(page: Page, found: Found) -> tuple[str, ...] | None:
    """The word that a body goes by for short: "Daesung" of "Daesung Electronics"."""
    ends = folded_words("organizations", "heads", "company")
    words = page.folded[found.start : found.end]
    if found.kind is not EntityKind.ORGANIZATION or len(words) == 1 or not found.name:
        return None
    first, rest = words[0], words[1:]
    shortest = _SHORTEST - 1 if page.words[found.start].isupper() else _SHORTEST
    if len(first) < shortest or not all(word in ends for word in rest):
        return None
    common = folded_words("organizations", "inside", "heads", "first", "before")
    named = folded_words("persons", "given") | folded_words("other", "starters")
    if first in common or first in named or first in page.common:
        return None
    return (first,)
