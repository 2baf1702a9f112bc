"""Answers SPARQL queries over one dataset, as a stream of bytes in a named format.

`keywords` and `lexer` read the terminals, `reading` learns from them what must be known before
evaluation, `plain` writes them for an engine, `grammar` and `diagnosis` explain what is wrong with
them; `formats` names the formats, `interface` says what every engine offers, `embedded` is the one
in this process (with `loading` and `handover`).
"""

from warrantgraph.engine.embedded import EmbeddedEngine
from warrantgraph.engine.formats import (
    BOOLEAN_FORMATS,
    FORMATS,
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    Format,
    formats_of,
)
from warrantgraph.engine.interface import (
    ANY_FORMAT,
    Answer,
    AnswerFormats,
    Engine,
    QueryDataset,
)
from warrantgraph.engine.reading import QueryForm, find_service, query_form, read_query

__all__ = [
    "ANY_FORMAT",
    "BOOLEAN_FORMATS",
    "FORMATS",
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "Answer",
    "AnswerFormats",
    "EmbeddedEngine",
    "Engine",
    "Format",
    "QueryDataset",
    "QueryForm",
    "find_service",
    "formats_of",
    "query_form",
    "read_query",
]
