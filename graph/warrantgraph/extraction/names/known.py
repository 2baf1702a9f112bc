"""What a name of the lexicon means where it stands: a state, its government, a place, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import read_lexicon, word_list
from warrantgraph.extraction.names.found import Found
from warrantgraph.extraction.names.gazetteer import Sort, entry_of
from warrantgraph.extraction.names.mentions import MentionForm
from warrantgraph.extraction.names.words import folded_words, is_role, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warrantgraph.extraction.names.gazetteer import Entry, Spot
    from warrantgraph.extraction.names.page import Page

__all__ = ["compounds", "is_part_of_person", "meaning"]

_PARTICLES = frozenset(["de", "da", "do", "dos", "di", "van", "von", "bin", "ibn", "al", "el"])
_BIG_PARTICLES = frozenset(["De", "Da", "Di", "Van", "Von", "Bin", "Ibn"])
_DATES_AFTER = frozenset(
    ["in", "on", "last", "since", "until", "by", "from", "early", "late", "of"]
)
_TIES_REACH = 4


def is_part_of_person(page: Page, spots: Mapping[int, Spot], spot: Spot) -> bool:
    """Whether a known name is a part of a person's here: "Michael Jordan", "Georgia Lopez"."""
    if spot.end - spot.start > 1 or page.loud[spot.start]:
        return False
    given = folded_words("persons", "given")
    before, after = spot.start - 1, spot.end
    if _follows_given(page, spots, spot):
        return True
    particle = page.together(before - 1, spot.start) and page.small(before) in _PARTICLES
    if particle and page.lower[before] and page.capital[before - 1]:
        return page.folded[before - 1] in given or is_title(page.folded[before - 1])
    if page.word(before) in _BIG_PARTICLES and page.together(before, spot.start):
        return True
    if _follows_function(page, spot) and _is_surname(page, spots, after):
        return page.together(spot.start, after)
    if spot.entry.sort in (Sort.ORGANIZATION, Sort.COURT, Sort.PEOPLE):
        return False
    return (
        page.folded[spot.start] in given
        and page.together(spot.start, after)
        and _is_surname(page, spots, after)
        and not _is_date(page, spot)
    )


def _follows_function(page: Page, spot: Spot) -> bool:
    """Whether "Magistrate", "Gen." or the like stands right before."""
    before = spot.start - 1
    if spot.entry.sort is Sort.PEOPLE or not page.together(before, spot.start):
        return False
    word = page.small(before)
    return page.capital[before] and (is_role(word) or is_title(word))


def _follows_given(page: Page, spots: Mapping[int, Spot], spot: Spot) -> bool:
    """Whether a given name stands before, perhaps with further parts of a name between."""
    reach = 1 if spot.entry.sort in (Sort.PEOPLE, Sort.OTHER) else _NAME_REACH
    for place in range(spot.start - 1, max(spot.start - 1 - reach, -1), -1):
        word = page.folded[place]
        if not page.together(place, spot.start) or not page.capital[place] or place in spots:
            return False
        if page.first[place] and word in folded_words("other", "starters"):
            return False
        if is_role(word) or is_title(word) or page.words[place].isupper():
            return False
        if word in folded_words("persons", "given"):
            return True
    return False


_NAME_REACH = 3


def _is_surname(page: Page, spots: Mapping[int, Spot], place: int) -> bool:
    """Whether a word can only go on with a name that has begun before it."""
    word = page.folded[place]
    no_name = folded_words("organizations", "heads", "inside") | folded_words("places", "landmarks")
    spot = spots.get(place)
    return (
        page.capital[place]
        and (spot is None or spot.entry.sort is Sort.MAYBE)
        and not is_role(word)
        and not is_title(word)
        and word not in no_name
        and word not in folded_words("roles", "modifiers")
        and word not in folded_words("other", "endings")
        and not page.words[place].isupper()
    )


def _is_date(page: Page, spot: Spot) -> bool:
    place = spot.start
    if spot.entry.name not in _times():
        return False
    return page.small(place - 1) in _DATES_AFTER or page.word(place - 1).isdigit()


def _times() -> frozenset[str]:
    times = str(read_lexicon("other")["names"]["times"])
    return frozenset(" ".join(time.split()) for time in times.split("|"))


def meaning(page: Page, spot: Spot) -> Found | None:
    """The entity that a known name names here; None where it names none."""
    sort, name = spot.entry.sort, spot.entry.name
    if sort in (Sort.OTHER, Sort.MAYBE):
        return None
    if sort is Sort.PEOPLE:
        return Found(spot.start, spot.end, EntityKind.STATE, name, MentionForm.ADJECTIVE)
    if sort is Sort.CAPITAL:
        return _capital(page, spot)
    end = _with_epithet(page, spot) if sort is Sort.PLACE else spot.end
    longer = end > spot.end + 1 or page.small(spot.end) in ("prison", "jail")
    return Found(spot.start, end, EntityKind(sort.value), "" if longer and end > spot.end else name)


def _with_epithet(page: Page, spot: Spot) -> int:
    """The end of a place's name that goes on: "San Jose del Cabo", "Kwara state"."""
    end = spot.end
    if page.small(end) in ("de", "del", "la") and page.lower[end] and page.capital_at(end + 1):
        return end + 2 if page.together(spot.start, end + 1) else end
    kept = page.small(end) in folded_words("places", "kept") and page.lower[end]
    after = page.small(end + 1)
    goes_on = after.isalpha() and after not in folded_words("words", "function_words")
    return end + 1 if kept and page.together(spot.start, end) and not goes_on else end


def _capital(page: Page, spot: Spot) -> Found:
    """A capital: the government where it acts, and the city otherwise."""
    city, _, state = spot.entry.name.partition("|")
    acts = not page.loud[spot.start] and _acts(page, spot.start, spot.end)
    if acts and city == "Brussels":
        return Found(spot.start, spot.end, EntityKind.ORGANIZATION, "European Union")
    governs = city not in word_list("places", "no_government")
    if governs and acts:
        return Found(spot.start, spot.end, EntityKind.STATE, state)
    end = _with_epithet(page, spot)
    return Found(spot.start, end, EntityKind.PLACE, city if end == spot.end else "")


def _acts(page: Page, start: int, end: int) -> bool:
    """Whether what stands here does something that only a government does, or suffers it."""
    before, after = page.small(start - 1), page.small(end)
    if before == "by":
        return not after.isalpha() or after in folded_words("words", "function_words")
    if before == "on" and page.small(start - 2) in ("blames", "blamed", "blaming"):
        return True
    if page.first[start] and after == "," and page.small(end + 1) in ("which", "whose"):
        return True
    if before in folded_words("words", "modals", "do") and page.first[start - 1]:
        return True
    if before in folded_words("places", "prepositions") - {"from"} or before in ("of", "to"):
        return False
    if before in folded_words("places", "acted_on") - {"between", "against"}:
        return True
    ties = folded_words("places", "ties")
    near = range(max(0, start - _TIES_REACH), start)
    if any(page.folded[place] in ties and page.together(place, start) for place in near):
        return True
    acting = folded_words("places", "acting")
    if after == "and" and page.capital_at(end + 1):
        return page.small(end + 2) in acting or (
            page.capital_at(end + 2) and page.small(end + 3) in acting
        )
    listed = before == "," and page.capital_at(start - 2) and page.word(start - 2) not in _times()
    return before != "from" and not listed and after in acting


def compounds(page: Page) -> Iterator[Found]:
    """Adjectives with a hyphen: "Hague-based", "Kremlin-backed"."""
    for place, word in enumerate(page.words):
        first, hyphen, rest = word.rpartition("-")
        if (
            hyphen
            and first[:1].isupper()
            and rest.islower()
            and rest in folded_words("places", "compounds", "governed")
        ):
            entry = entry_of(first)
            if entry is not None and entry.sort not in (Sort.OTHER, Sort.MAYBE):
                yield _compound(place, entry, rest)


def _compound(place: int, entry: Entry, rest: str) -> Found:
    if entry.sort is Sort.CAPITAL:
        city, _, state = entry.name.partition("|")
        if rest in folded_words("places", "governed"):
            return Found(place, place + 1, EntityKind.STATE, state, MentionForm.ADJECTIVE)
        return Found(place, place + 1, EntityKind.PLACE, city, MentionForm.ADJECTIVE)
    kind = EntityKind.STATE if entry.sort is Sort.PEOPLE else EntityKind(entry.sort.value)
    return Found(place, place + 1, kind, entry.name, MentionForm.ADJECTIVE)
