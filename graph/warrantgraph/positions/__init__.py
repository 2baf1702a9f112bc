"""Where in a file each of its triples is written: file, line and column of subject and object.

No RDF parser within reach tells that. pyoxigraph parses for the truth; a scanner walks the text
beside it; a place counts only where the text at it means the very term.
"""

from warrantgraph.positions.aligning import (
    LINE_FORMATS,
    PLACED_FORMATS,
    AlignedReader,
    find_statements,
)
from warrantgraph.positions.lines import scan_statements
from warrantgraph.positions.places import lines_and_columns
from warrantgraph.positions.written import Statement, Term

__all__ = [
    "LINE_FORMATS",
    "PLACED_FORMATS",
    "AlignedReader",
    "Statement",
    "Term",
    "find_statements",
    "lines_and_columns",
    "scan_statements",
]
