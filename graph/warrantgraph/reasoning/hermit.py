"""Can all of it be true at once? Consistency by owlready2 and HermiT.

HermiT knows the datatypes of OWL 2 only and gives up on the others, `xsd:date` among them;
the error then names the datatype and every triple that uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef
from rdflib import Literal as RDFLiteral

from warrantgraph.errors import ReasonerError
from warrantgraph.reasoning.java import find_java
from warrantgraph.reasoning.wording import shorten
from warrantgraph.reasoning.worker import Task, run_task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

__all__ = [
    "DATATYPES",
    "TIME_LIMIT",
    "ConsistencyReport",
    "Obstacle",
    "check_consistency",
    "find_obstacles",
]

TIME_LIMIT = 120.0
"""Seconds that one run of HermiT may take; the present ontology takes two."""

DATATYPES = frozenset(
    URIRef(namespace + name)
    for namespace, names in {
        OWL: "rational real",
        RDF: "PlainLiteral XMLLiteral langString",
        RDFS: "Literal",
        XSD: "anyURI base64Binary boolean byte dateTime dateTimeStamp decimal double float "
        "hexBinary int integer language long Name NCName negativeInteger NMTOKEN "
        "nonNegativeInteger nonPositiveInteger normalizedString positiveInteger short string "
        "token unsignedByte unsignedInt unsignedLong unsignedShort",
    }.items()
    for name in names.split()
)
"""The OWL 2 datatype map (OWL 2 Structural Specification, section 4), and `rdf:langString`."""


@dataclass(frozen=True)
class ConsistencyReport:
    """What HermiT found, or why it did not run; a run that did not happen never reads as passed."""

    outcome: Literal["consistent", "inconsistent", "not-run"]
    unsatisfiable: tuple[str, ...] = ()
    """Classes that nothing can belong to; HermiT names them only when the graph is consistent."""
    reason: str | None = None
    """Why HermiT did not run."""


class Obstacle(NamedTuple):
    """A statement that HermiT cannot interpret, so that it says nothing about the others."""

    kind: Literal["malformed-value", "unsupported-datatype"]
    subject: Node
    predicate: URIRef
    value: Node


def check_consistency(
    *graphs: Iterable[tuple[Node, Node, Node]], seconds: float = TIME_LIMIT
) -> ConsistencyReport:
    """Ask HermiT whether the union of the graphs is consistent and which classes are empty.

    Raises:
        ReasonerError: when HermiT gives up, on a datatype outside OWL 2 for instance, or does
            not finish in time.
    """
    java = find_java()
    if isinstance(java, str):
        return ConsistencyReport("not-run", reason=java)
    union = _union(graphs)
    request = {"java": str(java.executable)}
    answer = run_task(Task("hermit_worker", "HermiT", request, seconds), union)
    if answer["outcome"] == "error":
        raise ReasonerError(_why_it_gave_up(str(answer["message"]), union))
    return ConsistencyReport(answer["outcome"], tuple(answer.get("unsatisfiable", ())))


def _union(graphs: Iterable[Iterable[tuple[Node, Node, Node]]]) -> Graph:
    union = Graph()
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    return union


def find_obstacles(graph: Graph) -> Iterator[Obstacle]:
    """Yield each statement at which HermiT gives up: it has to interpret a value and cannot."""
    declared = set(graph.subjects(RDF.type, RDFS.Datatype))
    interpreted = set(graph.subjects(RDF.type, OWL.DatatypeProperty))
    for subject, predicate, value in graph:
        if not isinstance(predicate, URIRef):
            continue
        if isinstance(value, RDFLiteral) and predicate in interpreted:
            if value.datatype is not None and value.datatype not in DATATYPES:
                yield Obstacle("unsupported-datatype", subject, predicate, value)
            elif value.ill_typed:
                yield Obstacle("malformed-value", subject, predicate, value)
        if (
            predicate == RDFS.range
            and value not in DATATYPES
            and (value in declared or str(value).startswith(str(XSD)))
        ):
            yield Obstacle("unsupported-datatype", subject, predicate, value)


def _why_it_gave_up(message: str, graph: Graph) -> str:
    obstacles = list(find_obstacles(graph))
    for kind, headline in (
        ("unsupported-datatype", "a datatype that OWL 2 does not know"),
        ("malformed-value", "a value that is not of its datatype"),
    ):
        lines = sorted(_line(found) for found in obstacles if found.kind == kind)
        if lines:
            return "\n  ".join([f"HermiT gave up on {headline}, here:", *lines])
    return f"HermiT gave up: {message}"


def _line(found: Obstacle) -> str:
    terms = (found.subject, found.predicate, found.value)
    return shorten(" ".join(term.n3() for term in terms))
