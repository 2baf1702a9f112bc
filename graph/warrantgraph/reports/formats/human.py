"""The format for a terminal: grouped by file, with the source line shown and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.description import about, at, message, title
from warrantgraph.reports.formats.excerpt import excerpt
from warrantgraph.reports.formats.grouping import by_file, place_of
from warrantgraph.reports.formats.omissions import (
    Omission,
    OmissionKind,
    counted,
    list_omissions,
)
from warrantgraph.reports.formats.visible import inert, one_line, visible
from warrantgraph.reports.report import GateOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warrantgraph.reports.finding import Finding
    from warrantgraph.reports.formats.excerpt import Excerpt
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import GateSummary, Report

__all__ = ["summary_line", "write_human"]

_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_GATES = {
    GateOutcome.PASSED: ("passed", "green"),
    GateOutcome.FAILED: ("FAILED", "red"),
    GateOutcome.NOT_RUN: ("NOT RUN", "yellow"),
}
_IN_PLACE = (OmissionKind.UNREAD, OmissionKind.NOT_RUN)
"""Omissions that have their own part; the others stand before the summary."""


def write_human(report: Report, presentation: Presentation) -> str:
    """Write a report for people: what could not be read, the findings, the gates, the counts."""
    pen = _Pen(presentation)
    omissions = list_omissions(report)
    blocks = [
        [pen.unread(omission) for omission in omissions if omission.kind is OmissionKind.UNREAD],
        *(
            pen.file(name, findings)
            for name, findings in by_file(report.findings, presentation).items()
        ),
        [pen.gate(gate) for gate in report.gates],
        [
            pen.paint(f"note: {one_line(omission.text)}.", "cyan")
            for omission in omissions
            if omission.kind not in _IN_PLACE
        ],
        [pen.paint(summary_line(report), bold=True)],
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    return inert(text, r"\x3a", r"\x23")


def summary_line(report: Report) -> str:
    """The counts, before any cap, and in short what is missing; a sentence without a full stop.

    >>> from warrantgraph.reports import Report
    >>> summary_line(Report(elsewhere=2))
    '0 violations, 0 warnings, 0 infos; 2 outside what changed'
    """
    text = report.summary
    if report.files:
        text += f" in {counted(len(report.files), 'file')}"
    if report.triples:
        text += f", {counted(report.triples, 'triple')}"
    gates = {
        outcome: sum(gate.outcome is outcome for gate in report.gates) for outcome in GateOutcome
    }
    parts = (
        (len(report.unread), counted(len(report.unread), "file") + " could not be read"),
        (
            len(report.gates),
            "gates: " + ", ".join(f"{count} {outcome}" for outcome, count in gates.items()),
        ),
        (sum(report.unlisted.values()), f"{sum(report.unlisted.values()):,} not listed"),
        (report.elsewhere, f"{report.elsewhere:,} outside what changed"),
        (len(report.accepted), f"{len(report.accepted):,} accepted by the baseline"),
    )
    return "; ".join([text, *(words for number, words in parts if number)])


class _Pen:
    """Writes the parts of the report, in colour where that is asked for."""

    def __init__(self, presentation: Presentation) -> None:
        self._presentation = presentation

    def paint(self, text: str, colour: str | None = None, *, bold: bool = False) -> str:
        if not self._presentation.colour:
            return text
        return click.style(text, fg=colour, bold=bold or None)

    def unread(self, omission: Omission) -> str:
        place = omission.place
        file = "" if place is None else self._presentation.path(place.file)
        where = ":".join(part for part in (file, at(place)) if part)
        lead = f"{self.paint(where, bold=True)}: " if where else ""
        return f"{self.paint('error', 'red', bold=True)}: {lead}{one_line(omission.text)}"

    def file(self, name: str, findings: Iterable[Finding]) -> list[str]:
        parts = [line for finding in findings for line in self._finding(finding)]
        return [self.paint(name, bold=True), *parts]

    def gate(self, gate: GateSummary) -> str:
        word, colour = _GATES[gate.outcome]
        note = f": {one_line(gate.note)}" if gate.note else ""
        return f"{self.paint(f'{word:<7}', colour, bold=True)}  {one_line(gate.name)}{note}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        place = place_of(finding)
        first, *others = message(finding.message).split("\n")
        colour = _COLOURS[finding.severity]
        severity = self.paint(finding.severity.lower(), colour, bold=True)
        yield f"  {' '.join(part for part in (severity, at(place)) if part)}  {first}"
        yield from (f"    {other}" for other in others)
        yield f"    {'rule' if ':' not in finding.rule else 'shape':<6}{title(finding)}"
        for name, text in about(finding):
            yield f"    {name:<6}{text}"
        shown = excerpt(place, self._presentation.read_line, self._presentation.width - 12)
        if shown is not None:
            yield from self._excerpt(shown, colour)
        if finding.mend:
            yield from _hanging("mend", message(finding.mend))
        if finding.quote is not None:
            yield from _hanging("quote", visible(message(finding.quote)))

    def _excerpt(self, shown: Excerpt, colour: str) -> Iterator[str]:
        number = f"{shown.line:>6}"
        marked = self.paint(shown.marked, colour) if shown.marked else ""
        yield f"  {number} | {shown.before}{marked}{shown.after}".rstrip()
        if shown.is_marked:
            yield f"  {' ' * len(number)} | {self.paint(shown.carets, colour, bold=True)}"


def _hanging(name: str, text: str) -> Iterator[str]:
    """A text of one or more lines under one name; none of them begins a line of the report."""
    first, *others = text.split("\n")
    yield f"    {name:<6}{first}"
    yield from (f"          {other}" for other in others)
