"""Does a graph hold what always holds? SHACL results as findings.

`validate` answers for a graph in memory; `read_rdf` gets one from files and remembers which
file speaks of which node, so that a finding can be shown where it has to be mended.
"""

from warrantgraph.validation.reading import RdfInput, as_rdflib, find_rdf_files, read_rdf
from warrantgraph.validation.shacl import SHAPE, load_shapes, validate

__all__ = [
    "SHAPE",
    "RdfInput",
    "as_rdflib",
    "find_rdf_files",
    "load_shapes",
    "read_rdf",
    "validate",
]
