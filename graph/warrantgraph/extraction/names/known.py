"""What a name of the lexicon means where it stands: a state, its government, a place, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
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
    if page.together(before, spot.start) and page.capital[before] and before not in spots:
        starter = page.first[before] and page.folded[before] in folded_words("other", "starters")
        if page.folded[before] in given and not starter and not page.words[before].isupper():
            return True
    particle = page.together(before - 1, spot.start) and page.small(before) in _PARTICLES
    if particle and page.lower[before] and page.folded[before - 1] in given:
        return page.capital[before - 1]
    if spot.entry.sort in (Sort.ORGANIZATION, Sort.COURT, Sort.PEOPLE):
        return False
    return (
        page.folded[spot.start] in given
        and page.together(spot.start, after)
        and _is_surname(page, spots, after)
        and not (spot.entry.sort is Sort.OTHER and _is_date(page, spot.start))
    )


def _is_surname(page: Page, spots: Mapping[int, Spot], place: int) -> bool:
    """Whether a word can only go on with a name that has begun before it."""
    word = page.folded[place]
    no_name = folded_words("organizations", "heads", "inside") | folded_words("places", "landmarks")
    return (
        page.capital[place]
        and place not in spots
        and not is_role(word)
        and not is_title(word)
        and word not in no_name
        and word not in folded_words("roles", "modifiers")
        and word not in folded_words("other", "endings")
        and not page.words[place].isupper()
    )


def _is_date(page: Page, place: int) -> bool:
    return page.small(place - 1) in _DATES_AFTER or page.word(place - 1).isdigit()


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
    return Found(spot.start, end, EntityKind(sort.value), name if end == spot.end else "")


def _with_epithet(page: Page, spot: Spot) -> int:
    """The end of a place's name that goes on: "San Jose del Cabo", "Kwara state"."""
    end = spot.end
    if page.small(end) in ("de", "del", "la") and page.lower[end] and page.capital_at(end + 1):
        return end + 2 if page.together(spot.start, end + 1) else end
    return end


def _capital(page: Page, spot: Spot) -> Found:
    """A capital: the government where it acts, and the city otherwise."""
    city, _, state = spot.entry.name.partition("|")
    governs = city not in word_list("places", "no_government")
    if governs and not page.loud[spot.start] and _acts(page, spot.start, spot.end):
        return Found(spot.start, spot.end, EntityKind.STATE, state)
    return Found(spot.start, spot.end, EntityKind.PLACE, city)


def _acts(page: Page, start: int, end: int) -> bool:
    """Whether what stands here does something that only a government does, or suffers it."""
    before, after = page.small(start - 1), page.small(end)
    if before in folded_words("places", "prepositions") - {"from"} or before in ("of", "to"):
        return False
    if before in folded_words("places", "acted_on") and before not in ("by", "between", "against"):
        return True
    ties = folded_words("places", "ties")
    near = range(max(0, start - _TIES_REACH), start)
    if any(page.folded[place] in ties and page.together(place, start) for place in near):
        return True
    return before not in ("from", ",") and after in folded_words("places", "acting")


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
