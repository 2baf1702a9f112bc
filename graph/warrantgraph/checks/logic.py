"""What the reasoners say of the vocabulary and of data, as findings.

A reasoner that is not there, or gives up without saying at which statement, has decided
nothing: that is a ReasonerError and no finding. HermiT gives up on values that it cannot
interpret, too; those are found, since whoever wrote them can mend them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import URIRef

from warrantgraph.checks.rule import Examined, Rule
from warrantgraph.errors import ReasonerError
from warrantgraph.reasoning import (
    Axiom,
    check_consistency,
    check_profile,
    explain_inconsistency,
    find_obstacles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from warrantgraph.checks.vocabulary import Vocabulary
    from warrantgraph.reports import Finding

__all__ = ["CONSISTENCY_RULES", "OWL_2_DL", "examine_consistency", "examine_profile"]

OWL_2_DL = Rule(
    "owl-2-dl",
    "the ontology and its schemes are OWL 2 DL",
    "Declare each term once, as class, datatype, individual or one kind of property; keep "
    "transitive properties and those above them out of cardinalities and other characteristics.",
)
_INCONSISTENT = Rule(
    "inconsistent",
    "all statements can be true at once",
    "Remove or correct one of these statements; each of them is needed for the contradiction.",
)
_UNSATISFIABLE = Rule(
    "unsatisfiable",
    "something can belong to each class",
    "Remove the superclass, restriction or disjointness that excludes the others.",
)
_UNSUPPORTED = Rule(
    "unsupported-datatype",
    "values that are reasoned about have a datatype of OWL 2",
    "Write an xsd:dateTime, or another datatype of OWL 2; keep the precision of a date in wg:edtf.",
)
_MALFORMED = Rule(
    "malformed-value",
    "a value is one of its datatype",
    "Correct the value: no day of the calendar, or no number, is written like this.",
)
CONSISTENCY_RULES = (_INCONSISTENT, _MALFORMED, _UNSATISFIABLE, _UNSUPPORTED)
"""What `examine_consistency` asks, sorted by name."""

_GIVES_UP = "HermiT gives up on this value, and says nothing about the rest"
_OBSTACLES = {rule.name: rule for rule in (_MALFORMED, _UNSUPPORTED)}


def examine_profile(vocabulary: Vocabulary) -> Examined:
    """Find what is not OWL 2 DL in the ontology with its schemes.

    Raises:
        ReasonerError: when the check cannot run or does not finish.
    """
    report = check_profile(vocabulary.with_schemes)
    if report.reason is not None:
        raise ReasonerError(report.reason)
    findings = (
        _about(
            OWL_2_DL,
            f"{found.reason}; in {found.axiom}" if found.axiom.text else found.reason,
            _named([found.axiom], vocabulary.with_schemes),
            vocabulary,
        )
        for found in report.violations
    )
    return Examined(tuple(findings), f"{report.axioms} logical axioms")


def examine_consistency(graph: Graph, vocabulary: Vocabulary) -> Examined:
    """Find contradictions in a graph that holds the ontology, and classes without members.

    Raises:
        ReasonerError: when HermiT cannot run, does not finish, or gives up for an unknown reason.
    """
    try:
        report = check_consistency(graph)
    except ReasonerError as error:
        obstacles = _obstacles(graph, vocabulary)
        if not obstacles:
            raise
        headline = str(error).partition("\n")[0].partition(", here:")[0]
        return Examined(obstacles, f"{headline}; see the findings", decided=False)
    if report.reason is not None:
        raise ReasonerError(report.reason)
    if report.outcome == "inconsistent":
        return Examined((_contradiction(graph, vocabulary),), f"{len(graph)} triples")
    message = "nothing can belong to this class"
    empty = map(URIRef, report.unsatisfiable)
    findings = (_about(_UNSATISFIABLE, message, iri, vocabulary) for iri in empty)
    return Examined(tuple(findings), f"{len(graph)} triples")


def _obstacles(graph: Graph, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    return tuple(
        vocabulary.placed(
            _OBSTACLES[found.kind].finding(
                found.subject, found.predicate, found.value, message=_GIVES_UP
            )
        )
        for found in find_obstacles(graph)
    )


def _contradiction(graph: Graph, vocabulary: Vocabulary) -> Finding:
    """That a graph contradicts itself is known, even where the search for the cause gives up."""
    try:
        axioms = explain_inconsistency(graph)
    except ReasonerError as error:
        message = f"the statements contradict each other; which of them is not known: {error}"
        return _INCONSISTENT.finding(message=message)
    message = "\n  ".join(["these contradict each other:", *map(str, axioms)])
    in_data = _named(axioms, graph - vocabulary.with_schemes)
    if in_data is not None:
        return _INCONSISTENT.finding(in_data, message=message)
    concepts = vocabulary.with_schemes - vocabulary.ontology
    node = _named(axioms, concepts, vocabulary.ontology)
    return _about(_INCONSISTENT, message, node, vocabulary)


def _named(axioms: Iterable[Axiom], *graphs: Graph) -> URIRef | None:
    """The first thing that the axioms name and a graph speaks of; the first graph that does."""
    names = [name for axiom in axioms for name in axiom.names]
    spoken_of = (name for graph in graphs for name in names if (name, None, None) in graph)
    return next(spoken_of, None)


def _about(rule: Rule, message: str, node: Node | None, vocabulary: Vocabulary) -> Finding:
    return rule.finding(node, message=message, place=vocabulary.locate(node))
