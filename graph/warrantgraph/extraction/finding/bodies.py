"""Which court a clause means: by name, by its treaty, or as "the court"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.phrases import Analysis

__all__ = ["court_named", "court_of_treaty", "courts_named", "is_international_court"]

_OF_ROME = ("international criminal court", "icc", "i.c.c.")
_OWN_CHAMBERS = r"(pre-trial |trial |appeals )?chamber( [ivx]+)?$"
_INTERNATIONAL = ("international", "special tribunal", "special court", "european court", "african")
_PLAIN = word_list("stating", "plain_courts")


def is_international_court(entity: Entity) -> bool:
    """Whether states join it: the International Criminal Court, or another of the kind."""
    name = entity.name.casefold()
    known = name in _OF_ROME or any(word in name for word in _INTERNATIONAL)
    return entity.kind is EntityKind.COURT and entity.named and known


def court_of_treaty(analysis: Analysis) -> Entity | None:
    """The court of the Rome Statute, where the article names it."""
    return next(
        (
            entity
            for entity in analysis.entities.values()
            if entity.kind is EntityKind.COURT and entity.name.casefold() in _OF_ROME
        ),
        None,
    )


def court_named(analysis: Analysis, key: str) -> Entity | None:
    """A court by its key; where "the court" names none, the only one that the article names."""
    entity = analysis.entities[key]
    if re.match(_OWN_CHAMBERS, entity.name.casefold()):
        return court_of_treaty(analysis) or entity
    if entity.named or not set(entity.name.casefold().split()) <= _PLAIN:
        return entity
    named = courts_named(analysis)
    return named[0] if len(named) == 1 else None


def courts_named(analysis: Analysis) -> list[Entity]:
    """The courts that an article names, without chambers of theirs."""
    return [
        each
        for each in analysis.entities.values()
        if each.kind is EntityKind.COURT
        and each.named
        and not re.match(_OWN_CHAMBERS, each.name.casefold())
    ]
