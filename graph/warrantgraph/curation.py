"""Checks that curated files keep to what curators may write.

What the build computes is never written by hand: a passage, for instance, could then hold words
that the article does not. And a source speaks of what it brings, not over what others define.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL

from warrantgraph.errors import CurationError
from warrantgraph.namespaces import ID, WG, compact
from warrantgraph.selection import DESCRIPTIVE
from warrantgraph.terms import CURATION_TERMS

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["check_curation"]

_COMPUTED = frozenset(
    {
        WG.Passage,
        WG.Report,
        WG.awaitsRole,
        WG.codePointLength,
        WG.contentHash,
        WG.conveysClaim,
        WG.datingBasis,
        WG.draftedBy,
        WG.earliest,
        WG.endOffset,
        WG.exactText,
        WG.expressedIn,
        WG.latest,
        WG.prefixText,
        WG.reportsClaim,
        WG.reviewStatus,
        WG.reviewedAt,
        WG.reviewedBy,
        WG.sentenceNumber,
        WG.startOffset,
        WG.suffixText,
    }
)
"""Terms that only the build writes."""


def check_curation(source: Source, others: set[Node], vocabulary: Graph) -> None:
    """Refuse what a curated file may not hold; `others` are the things of authority and vocabulary.

    Raises:
        CurationError: names file, line and statement.
    """
    claim_properties = _properties_of(WG.Claim, vocabulary) | CURATION_TERMS | DESCRIPTIVE
    time_properties = _properties_of(WG.TimeExtent, vocabulary) | DESCRIPTIVE
    graph = source.claims.graph
    times = set(graph.subjects(RDF.type, WG.TimeExtent))
    for subject, predicate, obj in source.claims.in_order():
        reason = _refusal(subject, predicate, obj, others)
        if reason is None and _is_claim(subject) and predicate not in claim_properties:
            reason = "this says something of a claim that is not said of claims"
        if reason is None and subject in times and predicate not in time_properties:
            reason = "this says something of a time that is not said of times"
        if reason is not None:
            place = source.claims.place(subject, predicate, obj)
            raise CurationError(reason, **place, value=_statement(predicate, obj))
    for time in sorted(times, key=str):
        if (time, WG.edtf, None) in graph and (time, WG.asWritten, None) not in graph:
            place = source.claims.place(time, WG.edtf)
            message = "a date needs words of the article"
            raise CurationError(message, **place, value=compact(str(time)), hint="add wg:asWritten")


def _refusal(subject: Node, predicate: Node, obj: Node, others: set[Node]) -> str | None:
    if isinstance(subject, BNode) or isinstance(obj, BNode):
        return "everything that is spoken of needs an IRI, so no square brackets and no lists"
    if not isinstance(subject, URIRef) or not subject.startswith(ID):
        return f"a source speaks of things whose IRI begins with {ID}"
    if predicate in _COMPUTED or obj in _COMPUTED:
        return "the build writes this, curators do not"
    if predicate in DESCRIPTIVE and subject in others:
        return f"the authority describes {compact(subject)}, a source does not"
    return None


def _is_claim(subject: Node) -> bool:
    return str(subject).startswith(ID["claim/"])


def _properties_of(kind: URIRef, vocabulary: Graph) -> frozenset[Node]:
    """The properties whose domain is a class or one of its subclasses."""
    kinds = set(vocabulary.transitive_subjects(RDFS.subClassOf, kind))
    found: set[Node] = {WG.statesProperty} if kind == WG.Claim else set()
    for term, domain in vocabulary.subject_objects(RDFS.domain):
        members = vocabulary.value(domain, OWL.unionOf)
        classes = {domain} if members is None else set(Collection(vocabulary, members))
        if classes & kinds:
            found.add(term)
    return frozenset(found)


def _statement(predicate: Node, obj: Node) -> str:
    value = "[ ]" if isinstance(obj, BNode) else str(obj)
    return f"{compact(str(predicate))} {compact(value) if isinstance(obj, URIRef) else value}"
