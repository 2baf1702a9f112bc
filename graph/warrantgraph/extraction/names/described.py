"""Bodies and places that the words beside their names tell: "the town of", "the newspaper"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.words import folded_words, is_role, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.names.found import Taken
    from warrantgraph.extraction.names.gazetteer import Spot
    from warrantgraph.extraction.names.page import Page

__all__ = ["find_datelines", "find_described", "find_landmarks", "find_places"]

_BODIES = (EntityKind.ORGANIZATION, EntityKind.COURT)
_LONGEST = 5
_APPOSED_REACH = 6


def _run(page: Page, taken: Taken, start: int) -> int:
    """The end of the free capitalised words that begin here."""
    end = start
    while end - start < _LONGEST and page.together(start, end):
        if taken.at(end) is not None or (end == start and not taken.free(end)):
            break
        small = page.folded[end] in ("de", "del", "do", "da", "di", "du", "des", "la", "el", "al")
        if not page.capital[end] and not (small and end > start and page.capital[end - 1]):
            break
        end += 1
    while end > start and not page.capital[end - 1]:
        end -= 1
    return end


def _may_begin(page: Page, place: int) -> bool:
    """Whether a word is capitalised for more than that it begins a sentence."""
    starter = page.first[place] and page.folded[place] in folded_words("other", "starters")
    return page.capital[place] and not starter


def _name_like(page: Page, place: int) -> bool:
    word = page.words[place]
    return (
        page.capital[place] and len(word) > 1 and word.replace("-", "").replace("'", "").isalpha()
    )


def find_landmarks(page: Page, taken: Taken) -> Iterator[Found]:
    """Places by the words that their names are made of: "Villamor Air Base", "Hotel Africa"."""
    landmarks, first = folded_words("places", "landmarks"), folded_words("places", "first")
    for place, word in enumerate(page.folded):
        if not page.capital[place] or page.loud[place] or not taken.free(place):
            continue
        if word in first and page.capital_at(place + 1):
            end = _run(page, taken, place)
            if end - place in (2, 3) and not any(map(is_role, page.folded[place:end])):
                name = " ".join(page.folded[place:end])
                end += page.small(end) in folded_words("places", "kept")
                yield Found(place, end, EntityKind.PLACE, name)
        elif word in landmarks:
            start = _leftwards(page, taken, place)
            end = (
                place + 2 if page.small(place + 1) in folded_words("places", "kept") else place + 1
            )
            if start < place and (word in _AREAS or not is_role(page.small(place + 1))):
                yield Found(start, end, EntityKind.PLACE)


_AREAS = frozenset(["county", "city", "province", "district", "island"])
"""Before a function these still name the place: "Potter County Sheriff"."""


def _leftwards(page: Page, taken: Taken, head: int) -> int:
    start = head
    while head - start < _LONGEST and page.together(start - 1, head):
        word = page.folded[start - 1]
        known = taken.at(start - 1)
        if not page.capital[start - 1] or is_title(word) or is_role(word):
            break
        if known is not None and (known.kind is not EntityKind.PLACE or start == head):
            break
        if page.first[start - 1] and word in folded_words("other", "starters"):
            break
        start -= 1
    return start


def find_described(page: Page, taken: Taken) -> Iterator[Found]:
    """Names with a common noun right beside them, or in apposition."""
    surnames = _surnames(page)
    place, count = 0, len(page.words)
    while place < count:
        if page.loud[place] or not taken.free(place) or not _may_begin(page, place):
            place += 1
            continue
        end = _run(page, taken, place)
        kind = _described(page, taken, place, end)
        if kind is EntityKind.ORGANIZATION and page.folded[end - 1] in surnames:
            kind = None
        if kind is not None and _is_clean(page, place, end):
            kept = folded_words("places", "kept")
            stop = end + 1 if kind is EntityKind.PLACE and page.small(end) in kept else end
            yield Found(place, stop, kind, " ".join(page.folded[place:end]))
        place = max(end, place + 1)


def _surnames(page: Page) -> frozenset[str]:
    """The words that stand after a given name somewhere in the text."""
    given = folded_words("persons", "given")
    return frozenset(
        word
        for place, word in enumerate(page.folded)
        if page.capital[place] and page.small(place - 1) in given and page.capital_at(place - 1)
    )


def _is_clean(page: Page, start: int, end: int) -> bool:
    words = page.folded[start:end]
    general = folded_words("other", "starters") | folded_words("organizations", "inside", "before")
    if page.first[start] and words[0] in (general if len(words) == 1 else ()):
        return False
    return bool(words) and not any(is_role(word) or is_title(word) for word in words)


def _described(page: Page, taken: Taken, start: int, end: int) -> EntityKind | None:
    if end <= start or not _name_like(page, end - 1):
        return None
    before, after = page.small(start - 1), page.small(end)
    if page.folded[start] in folded_words("organizations", "first") and end - start > 1:
        return EntityKind.ORGANIZATION
    if page.together(start - 1, start):
        ruled = folded_words("places", "before", "rulers")
        if before == "of" and page.small(start - 2) in ruled:
            return EntityKind.PLACE
        if before == "at" and page.small(start - 2) in folded_words("places", "at"):
            return EntityKind.PLACE
        if before in _CALLED and page.small(start - 2) in ("known", *_nouns()):
            noun = page.small(start - 3) if page.small(start - 2) == "known" else before
            return EntityKind.ORGANIZATION if noun in _nouns() or noun in _CALLED else None
        if before in folded_words("organizations", "before_name") and page.lower[start - 1]:
            given = page.folded[start] in folded_words("persons", "given")
            return None if given else EntityKind.ORGANIZATION
    if page.together(start, end):
        if after in folded_words("places", "after") and page.lower[end]:
            return EntityKind.PLACE
        if after in folded_words("organizations", "after_name") and page.lower[end]:
            return EntityKind.ORGANIZATION
        if after == "news" and page.small(end + 1) in folded_words("organizations", "apposed"):
            return EntityKind.ORGANIZATION
        named = page.folded[start] in folded_words("persons", "given")
        if after in folded_words("organizations", "staff") and page.lower[end] and not named:
            return EntityKind.ORGANIZATION
    return EntityKind.ORGANIZATION if _apposed(page, taken, start, end) else None


_CALLED = frozenset(["as", "called", "named", "dubbed"])


def _nouns() -> frozenset[str]:
    return folded_words("organizations", "before_name", "after_name", "apposed")


def _apposed(page: Page, taken: Taken, start: int, end: int) -> bool:
    """Whether ", a construction company," follows, or "his party," comes before."""
    nouns = folded_words("organizations", "apposed")
    if page.word(end) == "," and page.small(end + 1) in ("a", "an", "the", "one"):
        for place in range(end + 2, min(end + 2 + _APPOSED_REACH, len(page.words))):
            word = page.folded[place]
            if not page.together(start, place) or word in (",", "of", "who", "and"):
                break
            known = taken.at(place)
            if is_role(word) or (page.capital[place] and (known is None or known.kind in _BODIES)):
                return False
            if word in nouns:
                return page.small(place + 1) not in folded_words("roles", "heads")
    commas = page.word(start - 1) == "," and page.word(end) in (",", ".")
    return commas and page.together(start - 2, start) and page.small(start - 2) in nouns


def find_places(page: Page, taken: Taken, spots: dict[int, Spot]) -> Iterator[Found]:
    """Unknown or doubtful names that stand where places do: "in Eldoret", "Suai and Kupang"."""
    place, count = 0, len(page.words)
    while place < count:
        spot = spots.get(place)
        if page.loud[place] or not taken.free(place) or not _may_begin(page, place):
            place += 1
            continue
        end = _run(page, taken, place)
        if spot is not None and spot.start == place and spot.end > end:
            end = place
        if end > place and _stands_as_place(page, taken, place, end, spot is not None):
            found = Found(place, end, EntityKind.PLACE)
            taken.add(found)
            yield found
        place = max(end, place + 1)


def find_datelines(page: Page, taken: Taken) -> Iterator[Found]:
    """Places in capitals with which a report begins: "GOMEL (Reuters) -"."""
    for place, first in enumerate(page.first):
        if first and taken.free(place) and _is_dateline(page, place):
            yield Found(place, place + 1, EntityKind.PLACE)


def _is_dateline(page: Page, place: int) -> bool:
    """Whether a place in capitals begins a report: "GOMEL (Reuters) -"."""
    if not page.words[place].isupper() or len(page.words[place]) < _SHORTEST_IN_CAPITALS:
        return False
    after = page.word(place + 1)
    return after in _DASHES or (after == "(" and page.word(place + 3) == ")")


_SHORTEST_IN_CAPITALS = 4
_DASHES = frozenset(["-", "–", "—", "--", ":"])


def _stands_as_place(page: Page, taken: Taken, start: int, end: int, known: bool) -> bool:
    words = page.folded[start:end]
    if (
        page.credit[start]
        or len(words) > _LONGEST - 1
        or not all(_name_like(page, place) or page.lower[place] for place in range(start, end))
    ):
        return False
    if any(is_role(w) or is_title(w) or w in page.common for w in words):
        return False
    bad = folded_words("organizations", "heads") | folded_words("other", "endings", "starters")
    if words[-1] in bad or page.words[start].isupper() or words[0] in bad - {"new"}:
        return False
    return _after_place_word(page, taken, start, end, known) or _before_state(page, taken, end)


def _is_somebody(page: Page, place: int) -> bool:
    """Whether a word is one for people, as before "from" and a place."""
    word = page.small(place)
    return is_role(word) or word in folded_words("bodies", "people", "groups")


_AFTER_CHAIN = frozenset([",", ".", "and", "or", ";", ")"])
_PLACE_WORDS = frozenset(["in", "on", "since", "after", "before", "during", "when", "where", "as"])


def _after_place_word(page: Page, taken: Taken, start: int, end: int, known: bool) -> bool:
    before = page.small(start - 1)
    if not page.together(start - 1, start):
        return False
    if before in ("in", "near", "outside"):
        return page.word(start + 1) != "'s" or known
    if before == "from" and _is_somebody(page, start - 2):
        return page.word(start + 1) != "'s" or known
    if before == "of" and page.word(end) in (",", "."):
        person = taken.at(start - 2)
        return person is not None and person.kind is EntityKind.PERSON
    if before in folded_words("places", "prepositions") or before == "to":
        return known
    if before in ("and", ",", "or"):
        last = taken.at(start - 2)
        listed = before == "and" and page.small(end) not in ("said", "told", "says", "'s")
        goes_on = listed or page.word(end) in _AFTER_CHAIN or page.small(end) in _PLACE_WORDS
        return last is not None and last.kind is EntityKind.PLACE and goes_on
    return False


def _before_state(page: Page, taken: Taken, end: int) -> bool:
    """Whether a state or region follows after a comma: "Springfield, Illinois"."""
    after = taken.at(end + 1)
    if page.word(end) != "," or after is None or after.start != end + 1:
        return False
    places = (EntityKind.STATE, EntityKind.PLACE)
    return after.kind in places and page.word(after.end) in (",", ".", "(", "—", "-", "–")
