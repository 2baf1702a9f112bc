"""The gates of `warrantgraph check`: what is checked, in order, and how each ended.

A gate that could not run is reported as that, never as passed. Formats for machines can be
made from `GateResult`s alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from rdflib import URIRef

from warrantgraph.checks.competency import term_coverage
from warrantgraph.checks.finding import Finding
from warrantgraph.checks.guilt import find_guilt, load_allowed
from warrantgraph.checks.hygiene import check_hygiene
from warrantgraph.checks.layout import check_layout
from warrantgraph.errors import ReasonerError
from warrantgraph.reasoning import check_consistency, check_profile, explain_inconsistency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rdflib import Graph

    from warrantgraph.checks.vocabulary import Vocabulary

__all__ = ["Gate", "GateResult", "list_gates"]


@dataclass(frozen=True)
class GateResult:
    """How a gate ended."""

    name: str
    outcome: Literal["passed", "failed", "not-run"]
    findings: tuple[Finding, ...] = ()
    note: str = ""
    """What was looked at, or why the gate did not run."""
    seconds: float = 0.0


@dataclass(frozen=True)
class Gate:
    """A named check that has not run yet."""

    name: str
    _check: Callable[[], GateResult] = field(repr=False)

    def run(self) -> GateResult:
        """Run the check; a reasoner that gives up fails the gate instead of stopping the rest."""
        started = time.monotonic()
        try:
            result = self._check()
        except ReasonerError as error:
            result = _result([Finding("reasoner", "error", str(error))])
        return replace(result, name=self.name, seconds=time.monotonic() - started)


def list_gates(
    vocabulary: Vocabulary, questions: Path, data: Graph | None, no_data: str
) -> tuple[Gate, ...]:
    """Return the gates, cheap ones first.

    Args:
        vocabulary: what is checked.
        questions: folder of the competency questions.
        data: the graph that is checked with the vocabulary, if there is one.
        no_data: why there is none, for the gates that then do not run.
    """

    def with_data(check: Callable[[Graph], GateResult]) -> GateResult:
        return GateResult("", "not-run", note=no_data) if data is None else check(data)

    return (
        Gate("hygiene", lambda: _result(check_hygiene(vocabulary))),
        Gate("layout", lambda: _layout(vocabulary)),
        Gate("competency coverage", lambda: _coverage(vocabulary, questions)),
        Gate("guilt words in the vocabulary", lambda: _guilt(vocabulary.words, vocabulary)),
        Gate(
            "guilt words in the data",
            lambda: with_data(lambda graph: _guilt(graph, vocabulary)),
        ),
        Gate("OWL 2 DL profile", lambda: _profile(vocabulary.with_schemes)),
        Gate("consistency of the ontology", lambda: _consistency(vocabulary.ontology)),
        Gate("consistency with schemes", lambda: _consistency(vocabulary.with_schemes)),
        Gate(
            "consistency with data",
            lambda: with_data(lambda graph: _consistency(vocabulary.with_schemes + graph)),
        ),
    )


def _result(findings: Iterable[Finding], note: str = "") -> GateResult:
    found = tuple(findings)
    failed = any(finding.severity == "error" for finding in found)
    return GateResult("", "failed" if failed else "passed", found, note)


def _layout(vocabulary: Vocabulary) -> GateResult:
    files = (vocabulary.ontology_file, *vocabulary.alignment_files)
    return _result(found for file in files for found in check_layout(file.path))


def _coverage(vocabulary: Vocabulary, questions: Path) -> GateResult:
    files = tuple(questions.glob("*.rq"))
    if not files:
        return GateResult("", "not-run", note=f"there are no questions in {questions}")
    coverage = term_coverage(vocabulary.ontology, files)
    total = len(coverage.used) + len(coverage.unused)
    note = f"{len(coverage.used)} of {total} terms ({coverage.share:.0%}) in {len(files)} questions"
    if coverage.unused:
        note += f"; unused: {', '.join(coverage.unused)}"
    return _result(coverage.unknown, note)


def _guilt(graph: Graph, vocabulary: Vocabulary) -> GateResult:
    found = find_guilt(graph, load_allowed())
    return _result((_placed(finding, vocabulary) for finding in found), f"{len(graph)} triples")


def _placed(finding: Finding, vocabulary: Vocabulary) -> Finding:
    predicate = URIRef(finding.property) if finding.property else None
    place = vocabulary.locate(URIRef(finding.entity), predicate)
    return replace(finding, file=place.file, line=place.line, column=place.column)


def _profile(graph: Graph) -> GateResult:
    report = check_profile(graph)
    if report.outcome == "not-run":
        return GateResult("", "not-run", note=report.reason or "")
    return _result(
        (
            Finding("owl-2-dl", "error", found.reason, value=found.axiom)
            for found in report.violations
        ),
        f"{report.axioms} logical axioms",
    )


def _consistency(graph: Graph) -> GateResult:
    report = check_consistency(graph)
    if report.outcome == "not-run":
        return GateResult("", "not-run", note=report.reason or "")
    if report.outcome == "inconsistent":
        axioms = "\n  ".join(explain_inconsistency(graph))
        return _result([Finding("inconsistent", "error", f"these contradict:\n  {axioms}")])
    message = "nothing can belong to this class"
    return _result(
        (Finding("unsatisfiable", "error", message, iri) for iri in report.unsatisfiable),
        f"{len(graph)} triples",
    )
