"""Puts everything into named graphs: one per source, and the vocabulary, authority and metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Graph, URIRef

from warrantgraph.authority import check_identifiers
from warrantgraph.claims import expand
from warrantgraph.curation import check_curation
from warrantgraph.evidence import check_evidence
from warrantgraph.metadata import describe, describe_graphs
from warrantgraph.namespaces import AUTHORITY_GRAPH, METADATA_GRAPH, VOCABULARY_GRAPH
from warrantgraph.terms import check_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from warrantgraph.authority import Authority
    from warrantgraph.source import Source

__all__ = ["NamedGraphs", "assemble", "union"]

NamedGraphs = dict[URIRef, Graph]
"""The graphs of a dataset by their names."""


def assemble(sources: Sequence[Source], authority: Authority, vocabulary: Graph) -> NamedGraphs:
    """The asserted graphs of a release.

    Raises:
        UnknownTermError, IdentifierError, QuoteNotFoundError, AmbiguousQuoteError, DateError,
        CurationError: a source or the authority is wrong; says where.
    """
    described = [describe(source) for source in sources]
    curated = [source.claims for source in sources]
    check_terms([*curated, *authority.files], vocabulary, _defined(sources, authority, described))
    check_identifiers([*curated, *authority.files], authority)
    entities = authority.graph()
    labels = {subject: str(label) for subject, label in entities.subject_objects(RDFS.label)}
    graphs: NamedGraphs = {
        VOCABULARY_GRAPH: vocabulary,
        AUTHORITY_GRAPH: entities,
        METADATA_GRAPH: union([describe_graphs(), *described]),
    }
    others = set(entities.subjects()) | set(vocabulary.subjects())
    for source in sources:
        check_curation(source, others, vocabulary)
        graphs[source.graph] = expand(source, labels)
        check_evidence(source, graphs[source.graph])
    return graphs


def _defined(
    sources: Sequence[Source], authority: Authority, described: Sequence[Graph]
) -> set[Node]:
    """The things that a curated file may speak of: all that something gives a kind."""
    files = [source.claims for source in sources] + list(authority.files)
    defined = {subject for file in files for subject in file.graph.subjects(RDF.type)}
    return defined | {subject for graph in described for subject in graph.subjects(RDF.type)}


def union(graphs: Sequence[Graph]) -> Graph:
    """All triples of some graphs, as one graph."""
    together = Graph()
    for graph in graphs:
        together += graph
    return together
