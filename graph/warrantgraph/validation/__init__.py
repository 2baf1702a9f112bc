"""Does a graph hold what always holds? SHACL results as findings.

`validate` answers for a graph in memory; `read_rdf` gets one from files and remembers which
file speaks of which node, so that a finding can be shown where it has to be mended.
"""

from warrantgraph.validation.index import TripleIndex
from warrantgraph.validation.reading import RdfInput, find_rdf_files, read_rdf
from warrantgraph.validation.shacl import SHAPE, load_shapes, validate
from warrantgraph.validation.terms import as_rdflib

__all__ = [
    "SHAPE",
    "RdfInput",
    "TripleIndex",
    "as_rdflib",
    "find_rdf_files",
    "load_shapes",
    "read_rdf",
    "validate",
]
