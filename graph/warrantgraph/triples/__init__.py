"""Triples in memory: as integers, as a graph of rdflib's, and their terms on the way between both.

Whoever looks at every triple works on `TripleIndex`; whoever asks a library of rdflib's gives it
`graph_of(index)`, in which nothing is copied.
"""

from warrantgraph.triples.index import TripleIndex
from warrantgraph.triples.store import IndexStore, graph_of
from warrantgraph.triples.terms import OxTerm, as_oxigraph, as_rdflib

__all__ = ["IndexStore", "OxTerm", "TripleIndex", "as_oxigraph", "as_rdflib", "graph_of"]
