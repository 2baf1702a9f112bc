"""Puts everything into named graphs: one per source, and the vocabulary, authority and metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Graph, URIRef

from warrantgraph.authority import check_identifiers
from warrantgraph.claims import expand
from warrantgraph.curation import check_curation
from warrantgraph.drafts import draft_graph, mark_persons
from warrantgraph.evidence import check_evidence
from warrantgraph.metadata import describe, describe_drafts, describe_graphs
from warrantgraph.namespaces import (
    AUTHORITY_GRAPH,
    METADATA_GRAPH,
    VOCABULARY_GRAPH,
    WG,
    drafts_graph,
)
from warrantgraph.statuses import divide
from warrantgraph.terms import check_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from warrantgraph.authority import Authority
    from warrantgraph.source import Source

__all__ = ["Assembled", "NamedGraphs", "assemble", "union"]

NamedGraphs = dict[URIRef, Graph]
"""The graphs of a dataset by their names."""


@dataclass(frozen=True)
class Assembled:
    """The asserted graphs of a release, those of drafts, and why accepted claims wait."""

    published: NamedGraphs
    drafts: NamedGraphs
    waiting: dict[URIRef, str]


def assemble(
    sources: Sequence[Source], authority: Authority, vocabulary: Graph, *, with_drafts: bool = False
) -> Assembled:
    """The asserted graphs of a release, and where they are asked for the graphs of drafts.

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
    persons = {node: labels.get(node, "") for node in entities.subjects(RDF.type, WG.Person)}
    others = set(entities.subjects()) | set(vocabulary.subjects())
    for source in sources:
        check_curation(source, others, vocabulary)
    divisions = divide(sources, persons)
    graphs: NamedGraphs = {VOCABULARY_GRAPH: vocabulary}
    for division in divisions:
        source = division.view(division.published)
        graphs[source.graph] = expand(source, labels)
        check_evidence(source, graphs[source.graph])
    drafted = [each for each in divisions if with_drafts and (each.drafts or each.waiting)]
    drafts = {
        drafts_graph(each.source.graph): draft_graph(each, graphs[each.source.graph], labels)
        for each in drafted
    }
    mark_persons(list(drafts.values()), graphs.values(), persons)
    spoken_of = {node for graph in (*graphs.values(), *drafts.values()) for node in graph.objects()}
    graphs[AUTHORITY_GRAPH] = _without(entities, set(persons) - spoken_of)
    titles = [describe_drafts(division.source) for division in drafted]
    graphs[METADATA_GRAPH] = union([describe_graphs(), *described, *titles])
    waiting = {claim: why for each in divisions for claim, why in each.waiting.items()}
    return Assembled(graphs, drafts, waiting)


def _without(entities: Graph, persons: set[Node]) -> Graph:
    """The authority without persons of whom no source speaks: they get no node."""
    kept = Graph()
    for triple in entities:
        if triple[0] not in persons:
            kept.add(triple)
    return kept


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
