"""A report as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warrantgraph.evaluation.tally import FIGURES
from warrantgraph.evaluation.writing import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.evaluation.mistakes import Mistake
    from warrantgraph.evaluation.records import FactType
    from warrantgraph.evaluation.report import Figures, Gain, Group, Report
    from warrantgraph.evaluation.scoring import Slot, View
    from warrantgraph.evaluation.tally import Counts

__all__ = ["report_as_json"]


def report_as_json(report: Report) -> dict[str, Any]:
    """A report as an object; what was not asked for has no key."""
    run = report.run
    found: dict[str, Any] = {
        "extractor": run.name,
        "documents": len(run.facts),
        "words": run.words,
        "seconds": run.seconds,
        "failures": dict(run.failures),
        "remarks": list(report.remarks),
        "groups": [_group(each) for each in report.groups],
        "per_document": {name: _views(views) for name, views in report.per_document.items()},
    }
    if report.developed is not None and report.held_out is not None:
        found["developed_on"] = _group(report.developed)
        found["held_out"] = _group(report.held_out)
    if report.gains is not None:
        found["gains"] = [_gain(each) for each in report.gains]
    if report.mistakes is not None:
        found["mistakes"] = [_mistake(each) for each in report.mistakes]
    return found


def _group(group: Group) -> dict[str, Any]:
    states = group.states
    return {
        "name": group.name,
        "documents": list(group.documents),
        "figures": {str(view): _figures(figures) for view, figures in group.figures.items()},
        "slots": {str(kind): _slots(slots) for kind, slots in group.slots.items() if slots},
        "evidence_overlap": _slots(group.overlap),
        "states": {
            "called_issued": states.called_issued,
            "not_issued": states.not_issued,
            "pairs": [
                {"gold": gold, "predicted": predicted, "count": many}
                for (gold, predicted), many in sorted(states.matrix.items())
            ],
            "issued_in_hard_negatives": states.issued,
            "issued_in_hard_negatives_gold": states.issued_gold,
        },
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return _counts(figures.counts) | {
        "intervals": {name: list(found) for name, found in figures.intervals.items()}
    }


def _views(views: Mapping[View, Counts]) -> dict[str, Any]:
    return {str(view): _counts(counts) for view, counts in views.items()}


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "gold": counts.gold,
        "predicted": counts.predicted,
        "found": counts.found,
        "missed": counts.missed,
        "invented": counts.invented,
        **{name: getattr(counts, name) for name in FIGURES},
    }


def _slots(slots: Mapping[str, Slot] | Mapping[FactType, Slot]) -> dict[str, Any]:
    return {
        str(name): {"right": slot.right, "of": slot.of, "accuracy": slot.accuracy}
        for name, slot in slots.items()
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "rule": gain.rule,
        "view": str(gain.view),
        "f1": gain.f1,
        "complete": _counts(gain.complete),
        "without": _counts(gain.without),
    }


def _mistake(mistake: Mistake) -> dict[str, Any]:
    kind = mistake.fact_type
    return {
        "document": mistake.document,
        "fact_type": str(kind),
        "kind": str(mistake.kind),
        "slots": list(mistake.slots),
        "record": as_json(kind, mistake.record),
        "near": None if mistake.near is None else as_json(kind, mistake.near),
    }
