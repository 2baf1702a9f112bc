"""The format for programs: JSON, versioned, described in docs/report-formats.md.

`report.schema.json` beside this module is its JSON Schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.description import rule_name
from warrantgraph.reports.formats.machine import clipped, present, term_object, write_document
from warrantgraph.reports.formats.omissions import is_complete, list_accepted, list_omissions

if TYPE_CHECKING:
    from warrantgraph.reports.finding import Finding, Place
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import Report

__all__ = ["FORMAT_VERSION", "write_json"]

FORMAT_VERSION: Final = "1.0"
"""The first number changes where a program that reads reports may have to change."""


def write_json(report: Report, presentation: Presentation) -> str:
    """Write the report as one JSON object."""
    accepted = list_accepted(report, presentation.limit)
    document = {
        "format": "warrantgraph-report",
        "formatVersion": FORMAT_VERSION,
        "tool": {
            "name": "warrantgraph",
            "verb": presentation.tool,
            "version": presentation.version,
        },
        "failOn": presentation.fail_on.lower(),
        "fails": report.fails(presentation.fail_on),
        "conforms": report.conforms,
        "complete": is_complete(report),
        "counts": {severity.lower(): report.count(severity) for severity in Severity},
        "ruleCounts": dict(sorted(report.rule_counts.items())),
        "limit": presentation.limit,
        "unlisted": dict(report.unlisted),
        "outsideTheChange": report.elsewhere,
        "baseline": {
            "accepted": len(report.accepted),
            "gone": report.settled,
            "findings": [_finding(finding, presentation) for finding in accepted],
        },
        "triples": report.triples,
        "files": [presentation.path(file) for file in report.files],
        "unread": _unread(report, presentation),
        "gates": _gates(report),
        "notes": [omission.text for omission in list_omissions(report)],
        "findings": [_finding(finding, presentation) for finding in report.findings],
    }
    return write_document(document)


def _unread(report: Report, presentation: Presentation) -> list[dict[str, Any]]:
    return [
        present(
            file=None if error.file is None else presentation.path(error.file),
            line=error.line,
            column=error.column,
            value=clipped(error.value),
            hint=clipped(error.hint),
        )
        | {"message": clipped(error.message)}
        for error in report.unread
    ]


def _gates(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "name": gate.name,
            "outcome": gate.outcome.value,
            "note": clipped(gate.note),
            "seconds": round(gate.seconds, 3),
        }
        for gate in report.gates
    ]


def _finding(finding: Finding, presentation: Presentation) -> dict[str, Any]:
    def place(where: Place | None) -> dict[str, Any] | None:
        return None if where is None else _place(where, presentation)

    return {
        "rule": finding.rule,
        "ruleShort": rule_name(finding.rule),
        "severity": finding.severity.lower(),
        "message": clipped(finding.message),
    } | present(
        label=clipped(finding.label),
        gate=finding.gate,
        focusNode=None if finding.focus_node is None else term_object(finding.focus_node),
        path=None if finding.path is None else clipped(str(finding.path)),
        value=None if finding.value is None else term_object(finding.value),
        constraint=finding.constraint and str(finding.constraint),
        mend=clipped(finding.mend),
        quote=clipped(finding.quote),
        place=place(finding.place),
        focusPlace=place(finding.focus_place),
        fingerprint=finding.fingerprint,
    )


def _place(place: Place, presentation: Presentation) -> dict[str, Any]:
    return present(
        file=presentation.path(place.file),
        line=place.line,
        column=place.column,
        endLine=place.end_line,
        endColumn=place.end_column,
    )
