"""SARIF 2.1.0 (OASIS, errata 01), with what GitHub code scanning asks for.

A shape or rule is a `reportingDescriptor`; a finding is a `result`; what the report does not show
is a notification of the invocation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.description import message, rule_name
from warrantgraph.reports.formats.machine import present, write_document
from warrantgraph.reports.formats.omissions import (
    Omission,
    OmissionKind,
    is_complete,
    list_accepted,
    list_omissions,
)
from warrantgraph.reports.formats.sarif_results import Results, artifact, level, unlinked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.reports.finding import Finding
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import Report

__all__ = ["SCHEMA", "write_sarif"]

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_NOTIFICATIONS: Final = {
    OmissionKind.UNREAD: ("error", "A file could not be read; nothing is known of it."),
    OmissionKind.NOT_RUN: ("warning", "A gate did not run; it did not pass."),
    OmissionKind.NOTHING_CHECKED: ("warning", "No shape asks anything of the data."),
    OmissionKind.UNLISTED: ("note", "Findings are counted but not listed."),
    OmissionKind.ELSEWHERE: ("note", "Findings lie outside what changed and are not listed."),
    OmissionKind.ACCEPTED: ("note", "The baseline accepts findings; they do not count."),
    OmissionKind.SETTLED: ("note", "Findings of the baseline are gone."),
}
_PROBLEMS: Final = {"error": "error", "warning": "warning", "note": "recommendation"}
_SEMANTIC: Final = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_LONGEST_DESCRIPTION: Final = 1000
"""GitHub takes descriptions of up to 1,024 characters, names of up to 255."""


def write_sarif(report: Report, presentation: Presentation) -> str:
    """Write one log with one run."""
    accepted = list_accepted(report, presentation.limit)
    rules = _rules([*report.findings, *accepted])
    results = Results(presentation, report, {rule["id"]: n for n, rule in enumerate(rules)})
    run = {
        "tool": {"driver": _driver(presentation, rules)},
        "automationDetails": {"id": f"warrantgraph/{presentation.tool}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The root of what was looked at."}}
        },
        "invocations": [_invocation(report, presentation)],
        "artifacts": _artifacts(report, presentation),
        "results": results.all(report.findings, accepted),
        "properties": _properties(report, presentation),
    }
    return write_document({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(presentation: Presentation, rules: list[dict[str, Any]]) -> dict[str, Any]:
    version = presentation.version
    return present(
        name="warrantgraph",
        version=version,
        semanticVersion=version if _SEMANTIC.fullmatch(version) else None,
    ) | {
        "rules": rules,
        "notifications": [
            {
                "id": kind.value,
                "shortDescription": {"text": text},
                "defaultConfiguration": {"level": weight},
            }
            for kind, (weight, text) in _NOTIFICATIONS.items()
        ],
    }


def _rules(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Each rule once, sorted, described by its heaviest finding."""
    heaviest: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        heaviest.setdefault(finding.rule, finding)
    return [_rule(heaviest[rule]) for rule in sorted(heaviest)]


def _rule(finding: Finding) -> dict[str, Any]:
    short = rule_name(finding.rule)
    label = message(finding.label or "") or short
    full = message(finding.message) or label
    mend = message(finding.mend)
    weight = level(finding.severity)
    kind = "shape" if ":" in finding.rule else "rule"
    helped = f"{full}\n\n{mend}".strip() + f"\n\nThe {kind} is {finding.rule}."
    return {
        "id": finding.rule,
        "name": short[:255],
        "shortDescription": {"text": unlinked(label)[:_LONGEST_DESCRIPTION]},
        "fullDescription": {"text": unlinked(full)[:_LONGEST_DESCRIPTION]},
        "help": {"text": unlinked(helped), "markdown": _markdown(helped)},
        "defaultConfiguration": {"level": weight},
        "properties": {
            "precision": "very-high",
            "problem.severity": _PROBLEMS[weight],
            "tags": ["RDF", "SHACL" if kind == "shape" else "ontology"],
        },
    }


def _markdown(text: str) -> str:
    """Text as Markdown that shows it as it is: what Markdown would read is escaped."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&-])", r"\\\1", text)


def _invocation(report: Report, presentation: Presentation) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.unread,
        "toolExecutionNotifications": [
            _notification(omission, presentation) for omission in list_omissions(report)
        ],
    }


def _notification(omission: Omission, presentation: Presentation) -> dict[str, Any]:
    place = omission.place
    physical = None
    if place is not None:
        region = present(startLine=place.line, startColumn=place.column)
        physical = present(artifactLocation=artifact(place.file, presentation), region=region)
    return present(
        descriptor={
            "id": omission.kind.value,
            "index": list(_NOTIFICATIONS).index(omission.kind),
        },
        level=_NOTIFICATIONS[omission.kind][0],
        message={"text": unlinked(f"{message(omission.text)}.")},
        locations=None if physical is None else [{"physicalLocation": physical}],
    )


def _artifacts(report: Report, presentation: Presentation) -> list[dict[str, Any]]:
    return [
        {"location": artifact(file, presentation), "roles": ["analysisTarget"]}
        for file in dict.fromkeys(report.files)
    ]


def _properties(report: Report, presentation: Presentation) -> dict[str, Any]:
    """The counts before any cap; the results alone would not tell."""
    return {
        "warrantgraph": {
            "complete": is_complete(report),
            "fails": report.fails(presentation.fail_on),
            "failOn": presentation.fail_on.lower(),
            "counts": {severity.lower(): report.count(severity) for severity in Severity},
            "ruleCounts": dict(sorted(report.rule_counts.items())),
            "unlisted": dict(report.unlisted),
            "outsideTheChange": report.elsewhere,
            "acceptedByTheBaseline": len(report.accepted),
            "goneFromTheBaseline": report.settled,
            "unreadFiles": len(report.unread),
            "gates": [{"name": gate.name, "outcome": gate.outcome.value} for gate in report.gates],
            "triples": report.triples,
        }
    }
