"""Turns each fact into claims, in the order of the text; what cannot be said becomes a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from warrantgraph.drafting.allegations import draft_accusation
from warrantgraph.drafting.instruments import draft_role, draft_warrant
from warrantgraph.drafting.notes import LeftOutError
from warrantgraph.drafting.relations import draft_membership, draft_office, draft_sanction
from warrantgraph.drafting.speech import (
    draft_event,
    draft_quantity,
    draft_response,
    draft_statement,
)
from warrantgraph.extraction.facts import (
    Accusation,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Fact,
    Membership,
    Office,
    Quantity,
    Response,
    Sanction,
    Statement,
    Warrant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warrantgraph.drafting.drafter import Drafter
    from warrantgraph.extraction.facts import Draft

__all__ = ["draft_facts"]

_WRITERS: dict[type[Fact], Callable[..., None]] = {
    Accusation: draft_accusation,
    Event: draft_event,
    Membership: draft_membership,
    Office: draft_office,
    Quantity: draft_quantity,
    Response: draft_response,
    Sanction: draft_sanction,
    Statement: draft_statement,
    Warrant: draft_warrant,
}


def draft_facts(drafter: Drafter, draft: Draft) -> None:
    """Plan the claims of a draft; those of what stands first come first."""
    memberships = [fact for fact in draft.facts if isinstance(fact, Membership)]
    drafter.cast.count_as_international(fact.body for fact in memberships)
    described: dict[Entity, Fact] = {}
    for fact in sorted(dict.fromkeys(draft.facts), key=lambda fact: fact.evidence.span):
        try:
            _WRITERS[type(fact)](drafter, fact)
        except LeftOutError as error:
            drafter.note(error.reason, type(fact).__name__.lower(), _words(drafter, fact))
            continue
        for entity in _people(fact):
            if not entity.named:
                described.setdefault(entity, fact)
    for entity, fact in described.items():
        _describe(drafter, entity, fact)


def _words(drafter: Drafter, fact: Fact) -> str:
    start, end = fact.evidence.span
    return drafter.text.text[max(0, start) : max(0, end)]


def _people(fact: Fact) -> Iterator[Entity]:
    """The persons of whom a fact speaks."""
    values = [*vars(fact).values(), *vars(fact.attribution).values()]
    for value in values:
        several = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        for each in several:
            if isinstance(each, Entity) and each.kind is EntityKind.PERSON:
                yield each


def _describe(drafter: Drafter, entity: Entity, fact: Fact) -> None:
    """Somebody whom the text only describes has the description for a public role."""
    try:
        person = drafter.cast.person(entity)
        name = drafter.text.find(entity.name.strip(), fact.evidence.span)
        span = next(iter(entity.mentions), name)
        if span is None:
            raise LeftOutError("its words are not known")
        draft_role(drafter, person, span, Evidence(span, "drafting/description"))
    except LeftOutError as error:
        drafter.note(error.reason, "the role of somebody unnamed", entity.name)
