"""Which court a clause means: by name, by its treaty, or as "the court"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import AGENTS, ItemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = [
    "court_after",
    "court_joined",
    "court_named",
    "court_of_treaty",
    "court_spoken_of",
    "courts_named",
    "is_international_court",
]

_OF_ROME = ("international criminal court", "icc", "i.c.c.")
_OWN_CHAMBERS = r"(pre-trial |trial |appeals )?chamber( [ivx]+)?$"
_INTERNATIONAL = ("international", "special tribunal", "special court", "european court", "african")
_PLAIN = word_list("stating", "plain_courts")
_TREATIES = word_list("stating", "treaties")
_BACK = 6
"""Sentences back to which the only court of an article may have been spoken of."""
_FAR = 9
"""Items behind "a member of" among which its court stands."""


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
    if not entity.named and "hague" in entity.name.casefold():
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


def court_joined(analysis: Analysis, key: str) -> Entity | None:
    """The same, of courts that states join."""
    entity = court_named(analysis, key)
    if entity is not None and is_international_court(entity):
        return entity
    found = [each for each in analysis.entities.values() if is_international_court(each)]
    chamber = entity is not None and "chamber" in entity.name.casefold()
    return found[0] if (entity is None or chamber) and len(found) == 1 else None


def court_spoken_of(analysis: Analysis, clause: Clause) -> Entity | None:
    """The one court that states join of this sentence and the one before.

    Where none is near, the only one of the article, unless another body is: "a member" alone may
    then be one of that body.
    """
    number = clause.sentence.number
    near = [row for row in analysis.rows if 0 <= number - row.sentence.number <= 1]
    items = [item for row in near for item in row.items]
    courts = _joined(analysis, items)
    if courts:
        return courts[0] if len(courts) == 1 else None
    bodies = [key for item in items if item.kind is ItemKind.ORGANIZATION for key in item.keys]
    if any(analysis.entities[key].named for key in bodies):
        return None
    far = [
        item
        for row in analysis.rows
        if 0 <= number - row.sentence.number <= _BACK
        for item in row.items
    ]
    all_courts = [each for each in analysis.entities.values() if is_international_court(each)]
    return all_courts[0] if len(all_courts) == 1 and _joined(analysis, far) else None


def _joined(analysis: Analysis, items: Sequence[Item]) -> list[Entity]:
    """The courts that states join among some items."""
    keys = [key for item in items if item.kind is ItemKind.COURT for key in item.keys]
    found = {court.key: court for key in keys if (court := court_joined(analysis, key))}
    return list(found.values())


def court_after(
    analysis: Analysis, items: Sequence[Item], context: Entity | None
) -> tuple[Entity | None, int]:
    """The court that "of the court", "to its founding treaty" names, and where the words end.

    `items` are those behind "a member"; `context` is the court that bare words mean. Without
    "of" or "to" nothing is named: the court is the one of the context.
    """
    lemmas = [item.lemma for item in items[:_FAR]]
    if not lemmas or lemmas[0] not in ("of", "to", "at", "in", "within"):
        return context, 0
    if lemmas[0] in ("at", "in", "within") and items[1:2] and items[1].kind is not ItemKind.COURT:
        return context, 0
    for at, item in enumerate(items[1:_FAR], 1):
        treaty = next((n for n, word in enumerate(lemmas) if word in _TREATIES and n >= at), None)
        if item.kind is ItemKind.COURT and item.keys:
            owned = lemmas[at + 1 : at + 2] in (["'s"], ["'"])
            if owned and (treaty is None or treaty > at + 4):
                return None, 0
            return court_joined(analysis, item.keys[0]), item.end if not treaty else items[
                treaty
            ].end
        if item.lemma == "rome" and lemmas[at + 1 : at + 2] == ["statute"]:
            return court_of_treaty(analysis), items[at + 1].end
        if item.lemma in _TREATIES:
            later = [each for each in items[at + 1 : at + 6] if each.kind is ItemKind.COURT]
            if later and later[0].keys:
                return court_joined(analysis, later[0].keys[0]), later[0].end
            plain = lemmas[1:at] in (["the"], ["its"], ["the", "founding"], ["its", "founding"])
            return (context if plain else None), item.end
        if item.lemma in (",", "and", "but") or item.kind in (*AGENTS, ItemKind.VERB):
            break
    return None, 0
