"""What an evaluation comes to: figures over groups of texts, to be shown in any format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warrantgraph.evaluation.scoring import (
    View,
    evidence_overlap,
    slot_scores,
    state_confusion,
)
from warrantgraph.evaluation.tally import add_up, intervals

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from warrantgraph.evaluation.gold import Document
    from warrantgraph.evaluation.mistakes import Mistake
    from warrantgraph.evaluation.records import FactType
    from warrantgraph.evaluation.running import Run
    from warrantgraph.evaluation.scoring import Score, Slot, StateConfusion
    from warrantgraph.evaluation.tally import Counts, Interval

__all__ = ["ALL", "Figures", "Gain", "Group", "Report", "divide", "make_report"]

ALL: Final = "all"
DEVELOPED: Final = "developed on"
HELD_OUT: Final = "held out"
NEGATIVES: Final = "hard negatives"
REST: Final = "rest"


@dataclass(frozen=True)
class Figures:
    """The counts of one view, with the intervals of the figures that they come to."""

    counts: Counts
    intervals: Mapping[str, Interval]


@dataclass(frozen=True)
class Group:
    """The figures over some texts, given by their ids."""

    name: str
    documents: tuple[str, ...]
    figures: Mapping[View, Figures]
    slots: Mapping[FactType, Mapping[str, Slot]]
    overlap: Mapping[FactType, Slot]
    states: StateConfusion


@dataclass(frozen=True)
class Gain:
    """What a rule, or a family of rules, brings to one view: its figures with and without it."""

    rule: str
    view: View
    complete: Counts
    without: Counts

    @property
    def f1(self) -> float:
        """How much F1 is lost without it; below 0 where it does harm."""
        return (self.complete.f1 or 0.0) - (self.without.f1 or 0.0)


@dataclass(frozen=True)
class Report:
    """All that is shown; the first group is that of all texts.

    `developed` and `held_out` are None unless some texts are held out, whose mistakes and own
    figures are then nowhere in the report.
    """

    run: Run
    groups: tuple[Group, ...]
    per_document: Mapping[str, Mapping[View, Counts]]
    mistakes: tuple[Mistake, ...] | None = None
    developed: Group | None = None
    held_out: Group | None = None
    gains: tuple[Gain, ...] | None = None
    remarks: tuple[str, ...] = ()


def divide(
    documents: Sequence[Document], named: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """The groups that figures are given for, by name, as ids.

    They are those named, each event that several texts tell of, the hard negatives, and the
    rest. Groups that are empty, or that all texts are in, are left out.
    """
    chosen = {name: set(ids) for name, ids in named.items()}
    events: dict[str, set[str]] = {}
    for document in documents:
        if document.event is not None:
            events.setdefault(document.event, set()).add(document.id)
    chosen |= {f"event {name}": ids for name, ids in events.items() if len(ids) > 1}
    chosen[NEGATIVES] = {each.id for each in documents if each.hard_negative}
    ids = [each.id for each in documents]
    chosen[REST] = set(ids) - set[str]().union(*chosen.values())
    groups = {name: tuple(each for each in ids if each in own) for name, own in chosen.items()}
    return {name: own for name, own in groups.items() if own and len(own) < len(ids)}


def make_report(
    run: Run,
    scores: Sequence[Score],
    groups: Mapping[str, Collection[str]],
    *,
    held_out: Collection[str] = (),
    samples: int,
) -> Report:
    """The figures of a run over groups of texts.

    Args:
        run: the run.
        scores: what came of each text.
        groups: the groups; that of all texts comes first.
        held_out: texts of which no more is told than their figures together.
        samples: how often texts are drawn for an interval.
    """
    made = tuple(_group(name, scores, ids, samples) for name, ids in groups.items())
    seen = [each.document.id for each in scores if each.document.id not in held_out]
    per_document = {
        each.document.id: {view: each.counts(view) for view in View}
        for each in scores
        if each.document.id in seen
    }
    if not held_out:
        return Report(run, made, per_document)
    return Report(
        run,
        made,
        per_document,
        developed=_group(DEVELOPED, scores, seen, samples),
        held_out=_group(HELD_OUT, scores, held_out, samples),
    )


def _group(name: str, scores: Sequence[Score], ids: Collection[str], samples: int) -> Group:
    own = [each for each in scores if each.document.id in ids]
    figures: dict[View, Figures] = {}
    for view in View:
        texts = [each.counts(view) for each in own]
        figures[view] = Figures(add_up(texts), intervals(texts, samples=samples))
    return Group(
        name,
        tuple(each.document.id for each in own),
        figures,
        slot_scores(own),
        evidence_overlap(own),
        state_confusion(own),
    )
