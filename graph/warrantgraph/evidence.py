"""Checks that every statement of a source leads back to words of it.

A statement about what claims put forward (an issuance, a tenure, alleged conduct, a document, an
office) is supported where a claim has its subject as content and either names its property with
`wg:statesProperty` or, naming none, supports them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, Graph

from warrantgraph.errors import CurationError
from warrantgraph.namespaces import WG, compact
from warrantgraph.selection import CONTENT, DESCRIPTIVE

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["check_evidence"]


def check_evidence(source: Source, graph: Graph) -> None:
    """Refuse statements without words, and claims that name a property nobody states.

    Raises:
        CurationError: names file, line and statement.
    """
    own_voice = _ownership(graph)
    for subject, predicate, obj in source.claims.in_order():
        if subject in own_voice or predicate in DESCRIPTIVE:
            continue
        if not _supported(graph, subject, predicate):
            raise _unsupported(source, subject, predicate, obj)
    for claim, predicate in graph.subject_objects(WG.statesProperty):
        contents = set(graph.objects(claim, WG.hasContent))
        if not any((content, predicate, None) in graph for content in contents):
            raise CurationError(
                "the claim says that its words state this property, but its content has no value",
                **source.claims.place(claim, WG.statesProperty, predicate),
                value=compact(str(predicate)),
                hint="give the content a value, or drop the property",
            )


def _ownership(graph: Graph) -> set[Node]:
    """Nodes whose statements need no claim: claims themselves, passages and times."""
    return (
        set(graph.subjects(WG.curatorGloss))
        | set(graph.subjects(RDF.type, WG.Passage))
        | set(graph.subjects(RDF.type, WG.TimeExtent))
    )


def _supported(graph: Graph, subject: Node, predicate: Node) -> bool:
    for claim in (claim for term in CONTENT for claim in graph.subjects(term, subject)):
        stated = set(graph.objects(claim, WG.statesProperty))
        if not stated or predicate in stated:
            return True
    return False


def _unsupported(source: Source, subject: Node, predicate: Node, obj: Node) -> CurationError:
    return CurationError(
        f"no claim supports this statement about {compact(str(subject))}",
        **source.claims.place(subject, predicate, obj),
        value=f"{compact(str(predicate))} {compact(str(obj))}",
        hint="add a claim with wg:hasContent and, if it names properties, this one",
    )
