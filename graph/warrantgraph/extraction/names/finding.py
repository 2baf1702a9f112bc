"""Finds all names of a text and says which name the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Entity, EntityKind
from warrantgraph.extraction.names.acronyms import bracketed, lone_acronyms
from warrantgraph.extraction.names.bodies import find_bodies, find_governments, find_stations
from warrantgraph.extraction.names.clusters import Cluster, join_bodies, join_persons
from warrantgraph.extraction.names.described import (
    find_datelines,
    find_described,
    find_landmarks,
    find_places,
)
from warrantgraph.extraction.names.folding import slug
from warrantgraph.extraction.names.found import Found, Taken
from warrantgraph.extraction.names.gazetteer import Sort, Spot, find_spots
from warrantgraph.extraction.names.known import compounds, is_part_of_person, meaning
from warrantgraph.extraction.names.linking import Labels
from warrantgraph.extraction.names.mentions import Mention, MentionForm, Names
from warrantgraph.extraction.names.page import Page, read_page
from warrantgraph.extraction.names.persons import find_persons
from warrantgraph.extraction.names.repeated import bind_acronyms, find_heads, find_repeated
from warrantgraph.extraction.names.shorter import find_aliases, find_shorter
from warrantgraph.extraction.names.words import folded_words

if TYPE_CHECKING:
    from warrantgraph.authority import Authority
    from warrantgraph.extraction.reading import Text

__all__ = ["find_names"]

_ROYAL = frozenset(["king", "queen", "pope", "sultan", "emir", "patriarch", "metropolitan"])
"""Before the name by which somebody reigns, which is no surname."""

_FINDERS = (
    find_datelines,
    find_landmarks,
    find_repeated,
    find_described,
    find_repeated,
    find_heads,
    find_persons,
)
_KIN_REACH = 5
_FEWEST = 2


def find_names(text: Text, known: Authority | None = None) -> Names:
    """The entities that a text names, and where.

    `Entity.mentions` are the proper names only; `Names.mentions` has the adjectives too, and an
    entity may have none but these ("Sudanese"). Of `known`, an entity gets its IRI where the text
    gives a label of it in full.
    """
    page = read_page(text)
    taken, aliases = _found(page, text)
    items = [(found, _form(text, found)) for found in taken.all()]
    persons = [pair for pair in items if pair[0].kind is EntityKind.PERSON]
    others = [pair for pair in items if pair[0].kind is not EntityKind.PERSON]
    lesser = [form for found, form in persons if _is_kin(page, found)]
    royal = {found.start for found, _ in persons if page.small(found.start - 1) in _ROYAL}
    clusters = [
        *join_persons(persons, aliases, lesser, royal),
        *join_bodies(others, _holders(page, taken)),
    ]
    clusters.sort(key=lambda cluster: cluster.found[0].start)
    return _names(text, clusters, Labels(known) if known else None)


def _form(text: Text, found: Found) -> str:
    return text.words(text.span(found.start, found.end))


def _found(page: Page, text: Text) -> tuple[Taken, list[tuple[str, str]]]:
    """All names, the surest first; and pairs of names that the text says are of one person."""
    taken = Taken(len(page.words))
    spots = _spots(page)
    explained: dict[str, Found] = {}
    for long, short in bracketed(page, spots):
        taken.add(long)
        taken.add(short)
        explained[page.words[short.start]] = short
    _take_explained(page, taken, explained)
    for bodies in (find_governments, find_stations, find_bodies):
        for found in bodies(page, spots):
            taken.add(found)
    for place, spot in spots.items():
        if place == spot.start:
            _take_spot(page, taken, spot)
    for found in compounds(page):
        taken.add(found)
    for _, short in list(bind_acronyms(page, taken)):
        taken.add(short)
    for finder in _FINDERS:
        for found in finder(page, taken):
            taken.add(found)
    aliases = _take_persons_again(page, taken, text)
    initials = {_initials(name): name for name in _persons(taken, text) if " " in name}
    for found in lone_acronyms(page, taken, initials):
        taken.add(found)
        if found.kind is EntityKind.PERSON:
            aliases.append((initials[page.folded[found.start]], _form(text, found)))
    for found in find_places(page, taken, spots):
        taken.add(found)
    return taken, aliases


def _persons(taken: Taken, text: Text) -> list[str]:
    return [_form(text, found) for found in taken.all() if found.kind is EntityKind.PERSON]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.lower().replace("-", " ").split())


def _take_explained(page: Page, taken: Taken, explained: dict[str, Found]) -> None:
    """Take an acronym that the text explains for the same everywhere in it."""
    for place, word in enumerate(page.words):
        if word in explained and taken.free(place):
            like = explained[word]
            taken.add(Found(place, place + 1, like.kind, like.name))


def _take_persons_again(page: Page, taken: Taken, text: Text) -> list[tuple[str, str]]:
    """Take the shorter and the other names of persons; pairs of names that mean the same."""
    aliases: list[tuple[str, str]] = []
    for _ in range(2):
        for found in find_shorter(page, taken, _persons(taken, text)):
            taken.add(found)
        for one, other in find_aliases(page, taken):
            if one.kind is EntityKind.PERSON:
                aliases.append((_form(text, one), _form(text, other)))
    return aliases


def _spots(page: Page) -> dict[int, Spot]:
    """The known names by each of their tokens, without those that are parts of persons' names."""
    spots = {spot.start: spot for spot in find_spots(page)}
    parts = [spot for spot in spots.values() if is_part_of_person(page, spots, spot)]
    for spot in parts:
        del spots[spot.start]
    return {place: spot for spot in spots.values() for place in range(spot.start, spot.end)}


def _take_spot(page: Page, taken: Taken, spot: Spot) -> None:
    found = meaning(page, spot)
    if found is not None:
        taken.add(found)
    elif spot.entry.sort is Sort.OTHER:
        taken.block(spot.start, spot.end)


def _holders(page: Page, taken: Taken) -> dict[int, str]:
    """Whose a body is that each state has: by its first token, the name of what stands before."""
    common = folded_words("organizations", "common")
    holders: dict[int, str] = {}
    for found in taken.all():
        if " ".join(page.folded[found.start : found.end]) in common:
            before = found.start - (2 if page.word(found.start - 1) == "'s" else 1)
            holder = taken.at(before)
            near = page.together(before, found.start)
            if near and holder is not None and holder.kind is EntityKind.STATE:
                holders[found.start] = holder.name
    return holders


def _is_kin(page: Page, found: Found) -> bool:
    """Whether a person is brought in as somebody's relative: "his father, Jomo Kenyatta"."""
    if found.end - found.start < _FEWEST:
        return False
    kin = folded_words("persons", "kin")
    reach = range(max(0, found.start - _KIN_REACH), found.start)
    return any(page.folded[place] in kin and page.together(place, found.start) for place in reach)


def _names(text: Text, clusters: list[Cluster], labels: Labels | None) -> Names:
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    for cluster in clusters:
        name = _name(cluster)
        key = _key(name, entities)
        named = [found for found in cluster.found if found.form is MentionForm.NAME]
        spans = tuple(text.span(found.start, found.end) for found in named)
        forms = [*cluster.forms, cluster.name] if cluster.name else cluster.forms
        iri = labels.find(cluster.kind, forms) if labels else None
        entities[key] = Entity(key, name, cluster.kind, spans, iri)
        mentions += [Mention(found.start, found.end, key, found.form) for found in cluster.found]
    return Names(entities, tuple(sorted(mentions)))


def _name(cluster: Cluster) -> str:
    """What an entity is called: states as the lexicon has them, others by the fullest form."""
    if cluster.kind is EntityKind.STATE or not cluster.forms:
        return cluster.name or cluster.full
    return " ".join(cluster.full.split())


def _key(name: str, entities: dict[str, Entity]) -> str:
    """A key that no other entity of the text has."""
    key, number = slug(name), 2
    while key in entities:
        key = f"{slug(name)}-{number}"
        number += 1
    return key
