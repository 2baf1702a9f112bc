"""Findings as SARIF `result` objects (section 3.27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rdflib import URIRef

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.description import about, message, term
from warrantgraph.reports.formats.grouping import place_of
from warrantgraph.reports.formats.machine import LONGEST_VALUE, present

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from warrantgraph.reports.finding import Finding, Place
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import Report

__all__ = ["Results", "artifact", "level", "unlinked"]

_LEVELS: Final = {
    Severity.VIOLATION: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
_LONGEST_SNIPPET: Final = 400


def level(severity: Severity) -> str:
    """The SARIF level of a severity.

    >>> level(Severity.INFO)
    'note'
    """
    return _LEVELS[severity]


def unlinked(text: str) -> str:
    """Text in which nothing is a link; in SARIF `[text](target)` is one (section 3.11.6).

    >>> unlinked("[click](https://example.org/)")
    '[click] (https://example.org/)'
    """
    return text.replace("](", "] (")


def artifact(file: Path, presentation: Presentation) -> dict[str, Any]:
    """Where a file is: relative to the root of the sources if it lies below it."""
    location = {"uri": presentation.uri(file) or "."}
    if presentation.is_below_root(file):
        location["uriBaseId"] = "%SRCROOT%"
    return location


class Results:
    """Writes findings as results of one run.

    Where a baseline was used, each result says whether it is in it, since SARIF wants either all
    or none of them to say so.
    """

    def __init__(
        self, presentation: Presentation, report: Report, rules: Mapping[str, int]
    ) -> None:
        self._presentation = presentation
        self._files = report.files
        self._rules = rules
        self._has_baseline = bool(report.accepted or report.settled)

    def all(self, findings: Iterable[Finding], accepted: Iterable[Finding]) -> list[dict[str, Any]]:
        """The results of the findings, then those that the baseline accepts, as suppressed."""
        return [
            *(self._result(finding, accepted=False) for finding in findings),
            *(self._result(finding, accepted=True) for finding in accepted),
        ]

    def _result(self, finding: Finding, *, accepted: bool) -> dict[str, Any]:
        parts = [message(finding.message) or "It does not hold."]
        parts += [f"{name}: {text}" for name, text in about(finding)]
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self._rules[finding.rule],
            "level": level(finding.severity),
            "message": {"text": unlinked("\n".join(parts))},
            "locations": [self._location(finding)],
        }
        if finding.focus_place is not None and finding.place is not None:
            result["relatedLocations"] = [self._focus(finding, finding.focus_place)]
        if finding.fingerprint:
            result["partialFingerprints"] = {"warrantgraph/v1": finding.fingerprint}
        return result | self._baseline(accepted) | self._properties(finding)

    def _baseline(self, accepted: bool) -> dict[str, Any]:
        if not self._has_baseline:
            return {}
        if not accepted:
            return {"baselineState": "new", "suppressions": []}
        suppression = {
            "kind": "external",
            "status": "accepted",
            "justification": "The baseline accepts it.",
        }
        return {"baselineState": "unchanged", "suppressions": [suppression]}

    def _properties(self, finding: Finding) -> dict[str, Any]:
        return {
            "properties": present(
                focusNode=None if finding.focus_node is None else term(finding.focus_node),
                path=None if finding.path is None else message(str(finding.path)),
                value=None if finding.value is None else term(finding.value),
                constraint=finding.constraint and str(finding.constraint),
                gate=finding.gate,
                mend=message(finding.mend),
                quote=message(finding.quote or ""),
            )
        }

    def _location(self, finding: Finding) -> dict[str, Any]:
        place = place_of(finding)
        location: dict[str, Any] = {"physicalLocation": self._physical(place)}
        node = finding.focus_node
        if isinstance(node, URIRef) and len(node) <= LONGEST_VALUE:
            name = {"fullyQualifiedName": str(node), "name": term(node), "kind": "resource"}
            location["logicalLocations"] = [name]
        if place is None:
            location["message"] = {"text": "No file speaks of it; the place stands for the run."}
        elif place.line is None:
            location["message"] = {"text": "Only the file is known, not the line."}
        return location

    def _physical(self, place: Place | None) -> dict[str, Any]:
        """Always a file and a region: GitHub refuses the whole log over one that lacks them."""
        beginning = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
        if place is None:
            only = self._files[0] if len(self._files) == 1 else None
            where = {"uri": "."} if only is None else artifact(only, self._presentation)
            return {"artifactLocation": where, "region": beginning}
        where = artifact(place.file, self._presentation)
        if place.line is None:
            return {"artifactLocation": where, "region": beginning}
        region, context = self._regions(place, place.line)
        return {"artifactLocation": where, "region": region} | (
            {} if context is None else {"contextRegion": context}
        )

    def _focus(self, finding: Finding, place: Place) -> dict[str, Any]:
        node = "" if finding.focus_node is None else f" {term(finding.focus_node)}"
        return {
            "id": 1,
            "physicalLocation": self._physical(place),
            "message": {"text": unlinked(f"the focus node{node}")},
        }

    def _regions(self, place: Place, line: int) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The region of a place, and the whole line around it where that is short enough."""
        start = place.column or 1
        end_line = max(place.end_line or line, line)
        end = place.end_column or (start + 1 if place.column else start)
        region: dict[str, Any] = {
            "startLine": line,
            "startColumn": start,
            "endLine": end_line,
            "endColumn": max(end, start) if end_line == line else end,
        }
        text = self._presentation.read_line(place)
        if text is None:
            return region, None
        snippet = text[start - 1 : region["endColumn"] - 1]
        if end_line == line and 0 < len(snippet) <= _LONGEST_SNIPPET:
            region["snippet"] = {"text": snippet}
        if len(text) > _LONGEST_SNIPPET:
            return region, None
        # The whole line holds the region only if that ends in it.
        if end_line != line:
            return region, None
        return region, {"startLine": line, "snippet": {"text": text}}
