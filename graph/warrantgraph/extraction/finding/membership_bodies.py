"""Which court a membership is of: named beside it, by its treaty, or spoken of just before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.finding.bodies import (
    court_named,
    court_of_treaty,
    is_international_court,
)
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["body_meant", "items_between"]


def items_between(found: Found) -> list[Item]:
    """The items of the clause from the state to the end of what matched."""
    return [
        item
        for item in found.clause.items
        if found.start <= item.start < found.end and item is not found["state"]
    ]


def body_meant(analysis: Analysis, found: Found, latest: Entity | None) -> Entity | None:
    """The court of a membership: named by the rule, by the status, after it, or before.

    `latest` is the court of the membership told of just before.
    """
    body, status = found.get("body"), found.get("status")
    if body is not None:
        return _court(analysis, body.keys[0]) if body.keys else None
    if status is not None and status.of is not None:
        return _court(analysis, status.of)
    words = [item.lemma for item in items_between(found)]
    if "rome" in words or (status is None and {"treaty", "statute"} & set(words)):
        return court_of_treaty(analysis)
    anchor = status.end if status is not None else found["state"].end
    after = [item for item in found.clause.items if item.start >= anchor]
    for at, item in enumerate(after[:7]):
        if item.kind is ItemKind.COURT and item.keys:
            return _court(analysis, item.keys[0])
        if item.lemma == "rome":
            return court_of_treaty(analysis)
        if item.kind in (ItemKind.ORGANIZATION, ItemKind.STATE, ItemKind.VERB) or (
            item.lemma == "," and at < 2
        ):
            break
    if found.rule.values.get("near"):
        return latest or _spoken_of(analysis, found.clause)
    if status is None or any(each.lemma in ("of", "to") for each in after[:1]):
        return None
    return latest or _spoken_of(analysis, found.clause)


def _court(analysis: Analysis, key: str) -> Entity | None:
    entity = court_named(analysis, key)
    if entity is None and len(found := _international(analysis)) == 1:
        return found[0]
    return entity if entity is not None and is_international_court(entity) else None


def _international(analysis: Analysis) -> list[Entity]:
    return [each for each in analysis.entities.values() if is_international_court(each)]


def _spoken_of(analysis: Analysis, clause: Clause) -> Entity | None:
    """The one international court of this sentence and the one before; else of the article."""
    found: dict[str, Entity] = {}
    for row in analysis.rows:
        if 0 <= clause.sentence.number - row.sentence.number <= 1:
            for item in row.items:
                if item.kind is ItemKind.COURT:
                    for key in item.keys:
                        court = _court(analysis, key)
                        if court is not None:
                            found[court.key] = court
    if not found and not _other_bodies(analysis, clause):
        courts = _international(analysis)
        return courts[0] if len(courts) == 1 else None
    return next(iter(found.values())) if len(found) == 1 else None


def _other_bodies(analysis: Analysis, clause: Clause) -> bool:
    """Whether the sentence names an organization that states can be members of too."""
    return any(
        item.kind is ItemKind.ORGANIZATION
        and any(analysis.entities[key].named for key in item.keys)
        for row in analysis.rows
        if 0 <= clause.sentence.number - row.sentence.number <= 1
        for item in row.items
    )
