"""Describes the documents themselves: what is known of them beside their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, RDFS, XSD, Graph, Literal

from warrantgraph.dates import resolve
from warrantgraph.namespaces import (
    AUTHORITY_GRAPH,
    INFERRED_GRAPH,
    METADATA_GRAPH,
    VOCABULARY_GRAPH,
    WG,
    drafts_graph,
)

if TYPE_CHECKING:
    from rdflib import URIRef

    from warrantgraph.source import Source

__all__ = ["describe", "describe_drafts", "describe_graphs"]

_GRAPHS = {
    AUTHORITY_GRAPH: "Entities that all sources share, with their verified identifiers",
    INFERRED_GRAPH: "What follows from the other graphs by the ontology; no source says it",
    METADATA_GRAPH: "What is known of the documents beside their words, and of the graphs",
    VOCABULARY_GRAPH: "The ontology, its SKOS schemes and its alignments",
}


def describe(source: Source) -> Graph:
    """The triples about a document, its publisher and its date; for the metadata graph."""
    graph = Graph()
    document, metadata = source.document, source.metadata
    graph.add((document, RDF.type, WG[metadata.kind]))
    graph.add((document, RDFS.label, _english(metadata.label)))
    graph.add((document, WG.publishedBy, source.publisher))
    graph.add((document, WG.contentHash, Literal(metadata.sha256)))
    graph.add((document, WG.codePointLength, _count(len(source.text))))
    graph.add((document, WG.hasTime, source.published))
    graph.add((source.graph, DCTERMS.source, document))
    graph.add((source.graph, DCTERMS.title, _english(f"What the {metadata.label} says")))
    if metadata.url:
        graph.add((document, DCTERMS.source, Literal(metadata.url)))
    if metadata.publisher is None:
        graph.add((source.publisher, RDF.type, WG.NewsOrganization))
        name = metadata.publisher_name or "unnamed news outlet"
        graph.add((source.publisher, RDFS.label, _english(name)))
    _date(graph, source.published, metadata.published, metadata.published_basis)
    return graph


def describe_drafts(source: Source) -> Graph:
    """The triples about the graph of a source's drafts; for the metadata graph."""
    graph, name = Graph(), drafts_graph(source.graph)
    title = f"Drafts of what the {source.metadata.label} says; nobody has accepted them"
    graph.add((name, DCTERMS.source, source.document))
    graph.add((name, DCTERMS.title, _english(title)))
    return graph


def describe_graphs() -> Graph:
    """Titles of the graphs that hold no source; for the metadata graph."""
    graph = Graph()
    for name, title in _GRAPHS.items():
        graph.add((name, DCTERMS.title, _english(title)))
    return graph


def _date(graph: Graph, time: URIRef, published: str, basis: str | None) -> None:
    bounds = resolve(published)
    graph.add((time, RDF.type, WG.TimeExtent))
    graph.add((time, RDFS.label, _english(published)))
    graph.add((time, WG.edtf, Literal(published)))
    for term, bound in zip((WG.earliest, WG.latest), bounds, strict=True):
        if bound is not None:
            graph.add((time, term, bound))
    if basis:
        graph.add((time, WG.datingBasis, _english(basis)))


def _english(text: str) -> Literal:
    return Literal(text, lang="en")


def _count(value: int) -> Literal:
    return Literal(value, datatype=XSD.nonNegativeInteger)
