"""Findings and the report that holds them."""

from __future__ import annotations

from rdflib import SH, URIRef

from warrantgraph.reports import Finding, Report, Severity
from warrantgraph.validation import SHAPE


def finding(severity: Severity, node: str = "ex:a") -> Finding:
    return Finding(
        focus_node=URIRef(node),
        path=None,
        value=None,
        rule=str(SHAPE.Claim),
        constraint=URIRef(f"{SH}NodeKindConstraintComponent"),
        severity=severity,
        message="It has no IRI.",
    )


def test_conforms_means_that_nothing_is_a_violation() -> None:
    assert Report.of([finding(Severity.WARNING), finding(Severity.INFO)]).conforms
    assert not Report.of([finding(Severity.VIOLATION)]).conforms


def test_report_is_sorted_heaviest_first_whatever_the_order_of_arrival() -> None:
    findings = [finding(severity, node) for severity in Severity for node in ("ex:a", "ex:b")]
    assert list(Report.of(reversed(findings))) == findings
    assert list(Report.of(findings[3:] + findings[:3])) == findings


def test_report_counts() -> None:
    report = Report.of([finding(Severity.WARNING), finding(Severity.INFO)])
    assert report.count(Severity.WARNING) == 1
    assert report.summary == "0 violations, 1 warning, 1 info"
    assert len(report.at_least(Severity.WARNING)) == 1


def test_unknown_severity_counts_as_violation() -> None:
    assert Severity.from_iri(URIRef("https://example.org/Fatal")) is Severity.VIOLATION
