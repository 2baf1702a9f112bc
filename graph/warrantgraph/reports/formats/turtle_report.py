"""The SHACL validation report (SHACL, section 3.6) in Turtle.

A report holds a result for all that keeps the graph from conforming: a file that could not be
read and a gate that did not run are results as well, so that `sh:conforms` is never true by
default. What SHACL has no word for stands in `dc:source` (the place) and `rdfs:comment`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import RDF, RDFS, SH

from warrantgraph.namespaces import BASE, PREFIXES
from warrantgraph.reports.finding import Finding, Severity
from warrantgraph.reports.formats.description import LONGEST_MESSAGE
from warrantgraph.reports.formats.human import summary_line
from warrantgraph.reports.formats.machine import LONGEST_VALUE
from warrantgraph.reports.formats.omissions import OmissionKind, list_accepted, list_omissions
from warrantgraph.reports.formats.turtle_terms import DC, Term, Terms
from warrantgraph.reports.formats.visible import clip

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.reports.finding import Place
    from warrantgraph.reports.formats.omissions import Omission
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import Report

__all__ = ["RULES", "write_turtle"]

RULES: Final = f"{BASE}rules#"
"""Rules that are no shapes are kinds of constraint, named here: `rules#label-case`."""


def write_turtle(report: Report, presentation: Presentation) -> str:
    """Write the report; blank nodes are named in order, so that the bytes are the same again."""
    writer = _Writer(presentation)
    writer.report(report)
    return writer.terms.serialize({"dc": DC, "rules": RULES, **PREFIXES})


class _Writer:
    """Collects the triples of one report, in the order in which they are to be read."""

    def __init__(self, presentation: Presentation) -> None:
        self._presentation = presentation
        self.terms = Terms()

    def report(self, report: Report) -> None:
        terms = self.terms
        accepted = list_accepted(report, self._presentation.limit)
        omissions = list_omissions(report)
        failures = [each for each in omissions if each.kind in _FAILURES]
        conforms = not (report.total or report.accepted or report.elsewhere or failures)
        node = terms.blank("report")
        results = len(failures) + len(report.findings) + len(accepted)
        terms.add(node, RDF.type, terms.iri(SH.ValidationReport))
        terms.add(node, SH.conforms, pyoxigraph.Literal(conforms))
        terms.add(node, RDFS.comment, terms.text(f"{summary_line(report)}."))
        for omission in omissions:
            if omission.kind not in _FAILURES:
                terms.add(node, RDFS.comment, terms.text(f"{omission.text}."))
        for number in range(1, results + 1):
            terms.add(node, SH.result, terms.blank(f"result{number}"))
        numbers = iter(range(1, results + 1))
        for omission in failures:
            self._failure(f"result{next(numbers)}", omission)
        for finding in report.findings:
            self._result(f"result{next(numbers)}", finding)
        for finding in accepted:
            name = f"result{next(numbers)}"
            self._result(name, finding, "The baseline accepts it.")

    def _failure(self, name: str, omission: Omission) -> None:
        severity, rule = _FAILURES[omission.kind], f"{RULES}{omission.kind.value}"
        finding = Finding(rule, severity, omission.text, place=omission.place)
        self._result(name, finding)

    def _result(self, name: str, finding: Finding, comment: str = "") -> None:
        terms, node = self.terms, self.terms.blank(name)
        is_shape = ":" in finding.rule and not finding.rule.startswith(RULES)
        rule = finding.rule if ":" in finding.rule else f"{RULES}{finding.rule}"
        constraint = finding.constraint or (None if is_shape else rule)
        terms.add(node, RDF.type, terms.iri(SH.ValidationResult))
        terms.add(node, SH.focusNode, self._focus(name, finding))
        path = None if finding.path is None else terms.path(finding.path, f"{name}path")
        if path is not None:
            terms.add(node, SH.resultPath, path)
        left_out = [
            self._left_out(finding.focus_node, "focus node"),
            self._value(node, finding.value),
        ]
        if is_shape:
            terms.add(node, SH.sourceShape, terms.iri(rule))
        # SHACL wants exactly one: of a shape that names none, the shape itself must do.
        terms.add(node, SH.sourceConstraintComponent, terms.iri(constraint or rule))
        terms.add(node, SH.resultSeverity, terms.iri(finding.severity.iri))
        terms.add(node, SH.resultMessage, terms.text(clip(finding.message, LONGEST_MESSAGE)))
        place = finding.place or finding.focus_place
        if place is not None:
            terms.add(node, DC + "source", terms.text(self._where(place)))
        for text in (finding.mend, finding.quote and f"“{finding.quote}”", *left_out, comment):
            if text:
                terms.add(node, RDFS.comment, terms.text(clip(text, LONGEST_MESSAGE)))
        terms.write_paths()

    def _focus(self, name: str, finding: Finding) -> Term:
        """The focus node; SHACL wants one, so where there is none a blank node stands for it."""
        if finding.focus_node is not None and not self._left_out(finding.focus_node, ""):
            return self.terms.term(finding.focus_node)
        return self.terms.blank(f"{name}focus")

    def _value(self, node: pyoxigraph.BlankNode, value: Node | None) -> str:
        """Add the value; one that is too long is left out, since a cut one would be another."""
        left_out = self._left_out(value, "value")
        if value is not None and not left_out:
            self.terms.add(node, SH.value, self.terms.term(value))
        return left_out

    def _left_out(self, term: Node | None, name: str) -> str:
        """Why a term is not written; empty where it is."""
        length = 0 if term is None else len(str(term))
        return f"The {name} has {length:,} characters and is left out." * (length > LONGEST_VALUE)

    def _where(self, place: Place) -> str:
        parts = (self._presentation.path(place.file), place.line, place.column)
        return ":".join(str(part) for part in parts if part is not None)


_FAILURES: Final = {
    OmissionKind.UNREAD: Severity.VIOLATION,
    OmissionKind.NOT_RUN: Severity.WARNING,
}
"""What keeps a graph from conforming although it is no finding."""
