"""Finds what could happen and what is planned: arrests, trials, journeys, rulings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Event, EventKind
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["find_events"]

_PLACED_BY = ("in", "to", "at")


def find_events(analysis: Analysis) -> Iterator[Event]:
    """The possible and planned events that an article states, one for each verb."""
    for clause in analysis.clauses:
        if clause.conditional:
            continue
        verbs: set[int] = set()
        for found in load_rules("events").find(clause):
            verb = found["what"]
            if verb.start not in verbs and _of_this_kind(found, verb):
                verbs.add(verb.start)
                yield _event(analysis, clause, found)


def _of_this_kind(found: Found, verb: Item) -> bool:
    modals: list[str] = found.rule.values["modals"]
    return verb.modal in modals if modals else verb.modal is None


def _event(analysis: Analysis, clause: Clause, found: Found) -> Event:
    participant, verb = found["participant"], found["what"]
    after = [item for item in clause.items if item.start >= verb.end]
    participants = [*participant.keys]
    if after and after[0].kind is ItemKind.PERSON:
        participants += after[0].keys
    end = max((item.end for item in after), default=verb.end)
    return Event(
        evidence=analysis.evidence(participant.start, end, found.rule.name),
        attribution=analysis.attribution(clause),
        kind=EventKind(found.rule.values["kind"]),
        what=analysis.text.span(verb.start, end),
        participants=analysis.of(dict.fromkeys(participants)),
        place=_place(analysis, after),
        date=next((item.date for item in clause.dates if item.start >= participant.start), None),
    )


def _place(analysis: Analysis, after: list[Item]) -> Entity | None:
    """Where: the first place or state after "in", "to" or "at"; a state that is visited."""
    for before, item in zip([None, *after], after, strict=False):
        if item.kind in (ItemKind.PLACE, ItemKind.STATE) and (
            before is None or before.lemma in _PLACED_BY
        ):
            return analysis.of(item.keys[:1])[0]
    return None
