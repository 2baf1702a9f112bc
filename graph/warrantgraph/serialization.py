"""Writes named graphs so that the same triples give the same bytes.

Blank nodes get their canonical names (RDFC-1.0), quads are sorted, and each file declares only the
prefixes that it uses. pyoxigraph's serialisers keep the lexical form of every literal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad, RdfFormat

from warrantgraph.namespaces import INFERRED_GRAPH, PREFIXES, is_drafts_graph
from warrantgraph.prefixes import sort_prefixes, used_prefixes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.assemble import NamedGraphs

__all__ = ["EXPORTS", "canonical_quads", "serialize_exports"]

EXPORTS: dict[str, tuple[RdfFormat, str]] = {
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "nq": (RdfFormat.N_QUADS, "application/n-quads"),
    "nt": (RdfFormat.N_TRIPLES, "application/n-triples"),
    "rdf": (RdfFormat.RDF_XML, "application/rdf+xml"),
    "trig": (RdfFormat.TRIG, "application/trig"),
    "ttl": (RdfFormat.TURTLE, "text/turtle"),
}
"""File extension to format and media type of each export."""

_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def canonical_quads(graphs: NamedGraphs) -> tuple[Quad, ...]:
    """The quads of a dataset, blank nodes named canonically, sorted by graph and subject."""
    dataset = Dataset()
    for name, graph in graphs.items():
        text = graph.serialize(format="ntriples", encoding="utf-8")
        for triple in pyoxigraph.parse(input=text, format=RdfFormat.N_TRIPLES):
            dataset.add(
                Quad(triple.subject, triple.predicate, triple.object, pyoxigraph.NamedNode(name))
            )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(dataset, key=_order))


def _order(quad: Quad) -> tuple[str, str, str, str]:
    predicate = str(quad.predicate)
    return (
        str(quad.graph_name),
        str(quad.subject),
        "" if predicate == _RDF_TYPE else predicate,
        str(quad.object),
    )


def _is_published(quad: Quad) -> bool:
    """Whether somebody said it and it is no draft."""
    name = str(getattr(quad.graph_name, "value", ""))
    return name != str(INFERRED_GRAPH) and not is_drafts_graph(name)


def serialize_exports(quads: Sequence[Quad]) -> dict[str, bytes]:
    """The bytes of each export by file extension.

    TriG and N-Quads keep the graphs. The others hold the union of the asserted ones, each triple
    once: where graphs have no names, nothing could tell what was inferred from what was said, nor
    a draft from what somebody accepted.
    """
    asserted = (quad for quad in quads if _is_published(quad))
    flat = tuple(
        sorted(
            {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in asserted}, key=_order
        )
    )
    exports: dict[str, bytes] = {}
    for extension, (rdf_format, _) in EXPORTS.items():
        chosen = quads if rdf_format in (RdfFormat.TRIG, RdfFormat.N_QUADS) else flat
        prefixes = used_prefixes((quad.triple for quad in chosen), PREFIXES)
        if rdf_format == RdfFormat.N_QUADS or rdf_format == RdfFormat.N_TRIPLES:
            prefixes = {}
        content = pyoxigraph.serialize(
            chosen if rdf_format.supports_datasets else (quad.triple for quad in chosen),
            format=rdf_format,
            prefixes=prefixes,
        )
        exports[extension] = sort_prefixes(content or b"")
    return exports
