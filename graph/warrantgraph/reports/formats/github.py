"""Workflow commands that GitHub Actions turns into annotations beside the lines of a change.

GitHub shows ten annotations of each level and step, so what is missing and what is heaviest come
first, and the counts stand in a line of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.description import about, message, rule_name, title
from warrantgraph.reports.formats.grouping import place_of
from warrantgraph.reports.formats.human import summary_line
from warrantgraph.reports.formats.omissions import OmissionKind, list_omissions
from warrantgraph.reports.formats.visible import visible

if TYPE_CHECKING:
    from warrantgraph.reports.finding import Finding, Place
    from warrantgraph.reports.formats.omissions import Omission
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import Report

__all__ = ["write_github"]

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_OMISSIONS = {
    OmissionKind.UNREAD: "error",
    OmissionKind.NOT_RUN: "warning",
    OmissionKind.NOTHING_CHECKED: "warning",
}


def write_github(report: Report, presentation: Presentation) -> str:
    """Write one command for each omission and finding, then the counts as a plain line."""
    return "".join(
        f"{line}\n"
        for line in [
            *(_omission(omission, presentation) for omission in list_omissions(report)),
            *(_finding(finding, presentation) for finding in report.findings),
            f"warrantgraph {presentation.tool}: {summary_line(report)}",
        ]
    )


def _omission(omission: Omission, presentation: Presentation) -> str:
    level = _OMISSIONS.get(omission.kind, "notice")
    heading = f"warrantgraph {presentation.tool}"
    return _command(level, omission.place, heading, f"{visible(omission.text)}.", presentation)


def _finding(finding: Finding, presentation: Presentation) -> str:
    parts = [message(finding.message), *(f"{name}: {text}" for name, text in about(finding))]
    if finding.mend:
        parts.append(message(finding.mend))
    if finding.quote is not None:
        parts.append(f"quote: {message(finding.quote)}")
    if finding.label:
        parts.append(rule_name(finding.rule))
    heading = message(finding.label) if finding.label else title(finding)
    return _command(
        _LEVELS[finding.severity], place_of(finding), heading, "\n".join(parts), presentation
    )


def _command(
    level: str, place: Place | None, heading: str, text: str, presentation: Presentation
) -> str:
    properties = {} if place is None else _position(place, presentation)
    properties["title"] = heading
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_escape(text)}"


def _position(place: Place, presentation: Presentation) -> dict[str, str]:
    """Where the annotation stands; GitHub takes columns within one line only."""
    end_line = place.end_line or place.line
    numbers = {"line": place.line, "endLine": end_line}
    if end_line == place.line:
        numbers |= {"col": place.column, "endColumn": place.end_column}
    return {"file": presentation.path(place.file)} | {
        name: str(number) for name, number in numbers.items() if number is not None
    }


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
