"""Finds all names of a text and says which name the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Entity, EntityKind
from warrantgraph.extraction.names.bodies import find_bodies
from warrantgraph.extraction.names.clusters import Cluster, join_bodies, join_persons
from warrantgraph.extraction.names.folding import slug
from warrantgraph.extraction.names.found import Found, Taken
from warrantgraph.extraction.names.gazetteer import Sort, Spot, find_spots
from warrantgraph.extraction.names.mentions import Mention, MentionForm, Names
from warrantgraph.extraction.names.page import Page, read_page
from warrantgraph.extraction.names.persons import find_persons

if TYPE_CHECKING:
    from warrantgraph.authority import Authority
    from warrantgraph.extraction.reading import Text

__all__ = ["find_names"]


def find_names(text: Text, known: Authority | None = None) -> Names:
    """The entities that a text names, and where.

    Of `known`, an entity gets its IRI where the text gives a label of it in full.
    """
    page = read_page(text)
    taken = _found(page)
    del known
    items = [(found, text.words(text.span(found.start, found.end))) for found in taken.all()]
    persons = [pair for pair in items if pair[0].kind is EntityKind.PERSON]
    others = [pair for pair in items if pair[0].kind is not EntityKind.PERSON]
    clusters = [*join_persons(persons), *join_bodies(others)]
    clusters.sort(key=lambda cluster: cluster.found[0].start)
    return _names(text, clusters)


def _found(page: Page) -> Taken:
    spots: dict[int, Spot] = {}
    in_order = list(find_spots(page))
    for spot in in_order:
        for place in range(spot.start, spot.end):
            spots[place] = spot
    taken = Taken(len(page.words))
    for found in find_bodies(page, spots):
        taken.add(found)
    for spot in in_order:
        of_spot = _of_spot(page, spot)
        if of_spot is not None:
            taken.add(of_spot)
    for found in list(find_persons(page, taken)):
        taken.add(found)
    return taken


def _of_spot(page: Page, spot: Spot) -> Found | None:
    sort, name = spot.entry.sort, spot.entry.name
    if sort in (Sort.OTHER, Sort.MAYBE):
        return None
    if sort is Sort.PEOPLE:
        return Found(spot.start, spot.end, EntityKind.STATE, name, MentionForm.ADJECTIVE)
    if sort is Sort.CAPITAL:
        return Found(spot.start, spot.end, EntityKind.PLACE, name.partition("|")[0])
    return Found(spot.start, spot.end, EntityKind(sort.value), name)


def _names(text: Text, clusters: list[Cluster]) -> Names:
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    for cluster in clusters:
        named = [found for found in cluster.found if found.form is MentionForm.NAME]
        name = cluster.full if named or not cluster.name else cluster.name
        key = slug(name)
        number = 2
        while key in entities:
            key = f"{slug(name)}-{number}"
            number += 1
        spans = tuple(text.span(found.start, found.end) for found in named)
        entities[key] = Entity(key, name, cluster.kind, spans)
        mentions += [Mention(f.start, f.end, key, f.form) for f in cluster.found]
    return Names(entities, tuple(sorted(mentions)))
