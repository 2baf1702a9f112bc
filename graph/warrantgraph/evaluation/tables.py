"""The tables and sentences that show a report, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.evaluation.scoring import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warrantgraph.evaluation.report import Figures, Gain, Group, Report
    from warrantgraph.evaluation.tally import Counts

__all__ = ["Table", "sentences", "tables"]


@dataclass(frozen=True)
class Table:
    """Rows of cells under names of columns; the first column is text, all others are numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(report: Report, *, per_document: bool) -> Iterator[Table]:
    """The tables of a report, the most important first."""
    whole = report.groups[0]
    yield _figures("All texts", whole)
    if report.developed is not None and report.held_out is not None:
        yield _held_out(report.developed, report.held_out)
    if len(report.groups) > 1:
        yield _groups(report.groups)
    yield from _slots(whole)
    if per_document:
        yield _per_document(report)
    if report.gains is not None:
        yield _gains(report.gains)


def sentences(report: Report) -> Iterator[str]:
    """What numbers in a table cannot say."""
    states = report.groups[0].states
    yield (
        f"Of {_many(states.not_issued, 'warrant')} that the gold knows as requested or withdrawn, "
        f"{states.called_issued} predicted as issued."
    )
    mistaken = [
        f"{gold} as {predicted} {many}x"
        for (gold, predicted), many in sorted(states.matrix.items())
        if gold != predicted
    ]
    if mistaken:
        yield f"States mistaken, gold as predicted: {', '.join(mistaken)}."
    yield (
        f"Arrest warrants called issued in the hard negatives: {states.issued}, "
        f"{states.issued_gold} in the gold."
    )
    run = report.run
    if run.seconds:
        yield (
            f"{_many(len(run.facts), 'text')}, {run.words:,} words in {run.seconds:.2f} s: "
            f"{len(run.facts) / run.seconds:.1f} texts and {run.words / run.seconds:,.0f} words "
            "per second."
        )
    for name, reason in run.failures.items():
        yield f"{name} could not be read by the extractor: {reason}"
    yield from report.remarks


def _figures(title: str, group: Group) -> Table:
    columns = ("", "gold", "predicted", "precision", "recall", "F1", "95 % of F1")
    rows = [
        (
            str(view),
            str(figures.counts.gold),
            str(figures.counts.predicted),
            _share(figures.counts.precision),
            _share(figures.counts.recall),
            _share(figures.counts.f1),
            _interval(figures),
        )
        for view, figures in group.figures.items()
    ]
    return Table(f"{title} ({len(group.documents)})", columns, rows)


def _held_out(developed: Group, held_out: Group) -> Table:
    pair = (developed, held_out)
    columns = ["", *(f"{each.name} ({len(each.documents)}): F1 (P / R)" for each in pair)]
    rows: list[Sequence[str]] = []
    for view in View:
        counts = [each.figures[view].counts for each in pair]
        known = [each.f1 for each in counts if each.f1 is not None]
        change = f"{known[1] - known[0]:+.2f}" if len(known) == len(pair) else "-"
        rows.append((str(view), *map(_brief, counts), change))
    return Table("Developed on and held out", [*columns, "difference of F1"], rows)


def _groups(groups: Sequence[Group]) -> Table:
    columns = ["", *(f"{each.name} ({len(each.documents)})" for each in groups)]
    rows = [(str(view), *(_brief(group.figures[view].counts) for group in groups)) for view in View]
    return Table("Groups of texts: F1 (P / R)", columns, rows)


def _slots(group: Group) -> Iterator[Table]:
    rows = [
        (f"{kind} {name}", _share(slot.accuracy), f"{slot.right:.4g}", str(slot.of))
        for kind, slots in group.slots.items()
        for name, slot in slots.items()
        if name != "strict" and slot.of
    ]
    rows += [
        (f"{kind} evidence", _share(slot.accuracy), f"{slot.right:.4g}", str(slot.of))
        for kind, slot in group.overlap.items()
        if slot.of
    ]
    if rows:
        yield Table("Slots of what was found", ("", "accuracy", "right", "scored"), rows)


def _per_document(report: Report) -> Table:
    columns = ["", *(str(view) for view in View)]
    rows = [
        (name, *(_found(counts) for counts in views.values()))
        for name, views in report.per_document.items()
    ]
    return Table("Texts: found / gold, + invented", columns, rows)


def _gains(gains: Sequence[Gain]) -> Table:
    columns = ("", "type of fact", "F1", "without", "brings", "found", "invented")
    rows = [
        (
            gain.rule,
            str(gain.view),
            _share(gain.complete.f1),
            _share(gain.without.f1),
            f"{gain.f1:+.3f}",
            f"{gain.complete.found - gain.without.found:+d}",
            f"{gain.complete.invented - gain.without.invented:+d}",
        )
        for gain in gains
    ]
    return Table("What each rule brings", columns, rows)


def _brief(counts: Counts) -> str:
    if counts.f1 is None:
        return "-"
    return f"{_share(counts.f1)} ({_share(counts.precision)} / {_share(counts.recall)})"


def _found(counts: Counts) -> str:
    if not counts.gold and not counts.predicted:
        return "-"
    return f"{counts.found}/{counts.gold}" + (f" +{counts.invented}" if counts.invented else "")


def _interval(figures: Figures) -> str:
    found = figures.intervals.get("f1")
    return "-" if found is None else f"{found.low:.2f}-{found.high:.2f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
