"""Courts and organizations by the words that their names are made of.

"Economic and Financial Crimes Commission", "Ministry of Trade and Industry", "Sunrise Ltd":
a name runs from a head word to the left over capitalised words, and to the right over "of ...".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.gazetteer import Sort, Spot
from warrantgraph.extraction.names.words import folded_words, is_role, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warrantgraph.extraction.names.page import Page

__all__ = ["find_bodies", "find_governments", "find_stations"]

_LINKS = frozenset(["of", "for", "on", "against", "to"])
_JOINING = frozenset(["and", "&"])
_LONGEST = 12
_FEWEST = 2
_ROMANCE = frozenset(["de", "del", "des", "di", "do", "da"])
_ORDINAL = frozenset(["st", "nd", "rd", "th"])
_JOINED = frozenset(["backed", "led", "based", "run", "appointed", "sponsored", "funded"])
_NUMBERS = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"])


def find_bodies(page: Page, spots: Mapping[int, Spot]) -> Iterator[Found]:
    """Names of bodies around head words; `spots` are the known names, by each of their tokens."""
    courts = folded_words("courts", "heads")
    heads = folded_words("organizations", "heads") | courts
    end = 0
    for place, word in enumerate(page.folded):
        if place >= end and word in heads and page.capital[place] and not page.loud[place]:
            found = _around(page, spots, place, word in courts)
            if found is not None:
                end = found.end
                yield found


def find_stations(page: Page, spots: Mapping[int, Spot]) -> Iterator[Found]:
    """Bodies whose names begin with what they are: "Radio Sarajevo", "Banco de Chile"."""
    first = folded_words("organizations", "first") - folded_words("organizations", "heads")
    for place, word in enumerate(page.folded):
        if word not in first | _STATIONS or not page.capital[place] or page.loud[place]:
            continue
        inside = page.capital_at(place - 1) and page.together(place - 1, place)
        if place in spots or inside:
            continue
        small = page.small(place + 1) in _ROMANCE
        end = place + 2 if small else place + 1
        if page.together(place, end) and page.capital[end] and not is_role(page.folded[end]):
            known = spots.get(end)
            end = known.end if known else end + 1
            yield Found(place, end, EntityKind.ORGANIZATION, " ".join(page.folded[place:end]))


_STATIONS = frozenset(["radio", "tv"])


def find_governments(page: Page, spots: Mapping[int, Spot]) -> Iterator[Found]:
    """Bodies of a place: "Tainan city government", "Lagos state police"."""
    areas = folded_words("organizations", "areas")
    governments = folded_words("organizations", "governments")
    for place, word in enumerate(page.folded):
        if word in areas and page.lower[place] and page.small(place + 1) in governments:
            spot = spots.get(place - 1)
            if spot is not None and page.together(spot.start, place + 1) and _is_place(spot):
                yield Found(spot.start, place + 2, EntityKind.ORGANIZATION)


def _is_place(spot: Spot) -> bool:
    return spot.entry.sort in (Sort.PLACE, Sort.CAPITAL, Sort.MAYBE)


def _around(page: Page, spots: Mapping[int, Spot], head: int, court: bool) -> Found | None:
    head = _last_head(page, spots, head)
    spot = spots.get(head)
    start = _leftmost(page, spots, spot.start if spot else head)
    end = _rightmost(page, spots, spot.end - 1 if spot else head)
    if court and page.word(end) in _NUMBERS and page.together(head, end):
        end += 1
    while page.small(end) in folded_words("organizations", "company") and page.together(head, end):
        end += 1
    if page.folded[head] == "bank" and (state := spots.get(end)) and page.together(head, end):
        end = state.end if state.entry.sort is Sort.STATE else end
    start = _without_first(page, spots, start, head, end)
    if end - start < _FEWEST or (spot is not None and (start, end) == (spot.start, spot.end)):
        return None
    if is_role(page.small(end)) and end - start < _FEWEST + 1 and page.capital[end]:
        # "Police Chief", "House Speaker": the function of a person.
        return None
    kind = EntityKind.COURT if court else EntityKind.ORGANIZATION
    if page.folded[head] == "chamber" and page.small(head - 1) in _OF_THE_ICC:
        return Found(start, end, kind, _icc(spots) or _plain(page, spots, start, end))
    return Found(start, end, kind, _plain(page, spots, start, end))


def _plain(page: Page, spots: Mapping[int, Spot], start: int, end: int) -> str:
    """The name that all its forms share: folded, without what says that it is a company."""
    while end - start > 1 and page.folded[end - 1] in folded_words("organizations", "company"):
        end -= 1
    spot = spots.get(start)
    if spot is not None and (spot.start, spot.end) == (start, end):
        return spot.entry.name
    return " ".join(page.folded[start:end]).replace(".", "")


_OF_THE_ICC = frozenset(["trial", "pre-trial", "appeals"])
_ICC = "International Criminal Court"


def _icc(spots: Mapping[int, Spot]) -> str:
    """The court whose chambers these are, where the text names it; empty otherwise."""
    return _ICC if any(spot.entry.name == _ICC for spot in spots.values()) else ""


def _last_head(page: Page, spots: Mapping[int, Spot], head: int) -> int:
    """The last head word of the capitalised words that begin with one: "Air Service Regiment"."""
    heads = folded_words("organizations", "heads") | folded_words("courts", "heads")
    place = head + 1
    while page.together(head, place) and page.capital[place] and place not in spots:
        word = page.folded[place]
        if word in heads:
            head = place
        elif not _inside(page, place):
            break
        place += 1
    return head


def _leftmost(page: Page, spots: Mapping[int, Spot], start: int) -> int:
    """Where the name begins that has its head word here."""
    head = start
    while head - start < _LONGEST and page.together(start - 1, head):
        before = start - 1
        if page.folded[before] in _JOINING or page.words[before] in (",", "'s", "'"):
            if not page.together(before - 1, head) or not _is_joint(page, before):
                break
            start = before - 1
        elif page.folded[before] in _ROMANCE and page.together(before - 1, head):
            if not page.capital[before - 1] or before - 1 in spots:
                break
            start = before - 1
        elif _is_part(page, spots, before):
            spot = spots.get(before)
            start = spot.start if spot else before
        else:
            break
    return start


def _is_joint(page: Page, place: int) -> bool:
    """Whether a small word or mark joins two words of one name: "Trade and", "People's"."""
    if page.words[place][0] == "'":
        return page.small(place - 1) in folded_words("organizations", "owners")
    kindred = page.small(place + 1) in folded_words("organizations", "kindred")
    if page.words[place] == "&" or kindred:
        return page.capital_at(place - 1)
    return _inside(page, place - 1) and _inside(page, place + 1)


def _is_part(page: Page, spots: Mapping[int, Spot], place: int) -> bool:
    """Whether a word before may belong to the name of a body."""
    word, spot = page.folded[place], spots.get(place)
    if page.words[place][0].isdigit():
        return word[-2:] in _ORDINAL
    first, hyphen, last = word.partition("-")[0], "-" in word, word.rpartition("-")[2]
    if not page.capital[place] or (hyphen and (last in _JOINED or first == "ex")):
        return False
    if word in folded_words("organizations", "inside"):
        return True
    if spot is not None:
        return spot.entry.sort is not Sort.OTHER
    return not is_role(word) and not is_title(word)


def _inside(page: Page, place: int) -> bool:
    inside = folded_words("organizations", "inside")
    return page.small(place) in inside and page.capital[place]


def _rightmost(page: Page, spots: Mapping[int, Spot], head: int) -> int:
    """The end of "of Trade and Industry" after a head word."""
    end = head + 1
    if page.folded[head] not in folded_words("organizations", "before"):
        return end
    while end - head < _LONGEST and page.together(head, end) and page.folded[end] in _LINKS:
        after = end + 1
        while page.small(after) in ("the", "former") and page.together(head, after):
            after += 1
        if page.folded[head] in folded_words("organizations", "impersonal"):
            known = after in spots or _inside(page, after)
            if not known and page.word(after - 1) != "the":
                break
        stop = _capitals(page, spots, head, after)
        if stop == after:
            break
        end = stop
    return end


def _capitals(page: Page, spots: Mapping[int, Spot], head: int, start: int) -> int:
    """The end of the capitalised words that begin here."""
    end = start
    while end - head < _LONGEST and page.together(head, end):
        spot = spots.get(end)
        if _inside(page, end) and spot is None:
            end += 1
        elif spot is not None and spot.start == end and _goes_on(page, spot):
            end = spot.end
        elif page.capital[end] and spot is None and not _is_somebody(page, head, end):
            end += 1
        elif end > start and page.folded[end] in _JOINING and _inside(page, end - 1):
            if not _inside(page, end + 1) or not page.together(head, end + 1):
                break
            end += 2
        elif end > start and page.words[end] == "'s" and _is_joint(page, end):
            end += 1
        else:
            break
    return end


def _goes_on(page: Page, spot: Spot) -> bool:
    return spot.entry.sort is not Sort.OTHER or _inside(page, spot.start)


def _is_somebody(page: Page, head: int, place: int) -> bool:
    """Whether a person begins here, by name or function; some offices are those of a function."""
    if is_role(page.folded[place]):
        return page.folded[head] != "office"
    return page.folded[place] in folded_words("persons", "given")


def _without_first(page: Page, spots: Mapping[int, Spot], start: int, head: int, end: int) -> int:
    """Leave out what stands before the name: a sentence's first word, a people's adjective."""
    while start < head:
        spot, word = spots.get(start), page.folded[start]
        if spot is not None and spot.entry.sort is Sort.PEOPLE:
            rest = " ".join(page.folded[spot.end : end])
            if rest not in folded_words("organizations", "common"):
                break
            start = spot.end
        elif (page.first[start] and word in folded_words("other", "starters")) or word == "the":
            if word in folded_words("organizations", "inside"):
                break
            start += 1
        else:
            break
    return start
