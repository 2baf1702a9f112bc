"""Does a graph hold what always holds? SHACL results as plain, sorted, immutable records.

`validate` answers for a graph in memory; `read_rdf` gets one from files and remembers which
file speaks of which node, so that a finding can be shown where it has to be mended.
"""

from warrantgraph.validation.reading import RdfInput, as_rdflib, find_rdf_files, read_rdf
from warrantgraph.validation.report import Finding, Severity, ValidationReport
from warrantgraph.validation.shacl import SHAPE, load_shapes, validate
from warrantgraph.validation.terms import path_text, shorten

__all__ = [
    "SHAPE",
    "Finding",
    "RdfInput",
    "Severity",
    "ValidationReport",
    "as_rdflib",
    "find_rdf_files",
    "load_shapes",
    "path_text",
    "read_rdf",
    "shorten",
    "validate",
]
