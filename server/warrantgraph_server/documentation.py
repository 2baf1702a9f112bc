"""What OpenAPI says of the endpoint; FastAPI cannot learn it from the code, which reads bytes."""

from __future__ import annotations

from typing import Any, Final

from warrantgraph.engine import FORMATS, GRAPH_FORMATS

__all__ = ["GRAPH_STORE", "SPARQL_GET", "SPARQL_POST"]

_EXAMPLE = "SELECT * WHERE { ?s ?p ?o } LIMIT 10"

_QUERY: Final[dict[str, Any]] = {
    "type": "string",
    "description": "One SPARQL 1.1 query",
    "example": _EXAMPLE,
}

_GRAPHS: Final[dict[str, Any]] = {
    "default-graph-uri": "Merge these graphs into the default graph of this query",
    "named-graph-uri": "Let `GRAPH` see these graphs only",
}

_PROBLEM: Final[dict[str, Any]] = {
    "application/problem+json": {
        "schema": {
            "type": "object",
            "properties": {
                "type": {"type": "string", "format": "uri"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
                "line": {"type": "integer", "description": "from 1"},
                "column": {"type": "integer", "description": "from 1, in code points"},
            },
        }
    }
}

_RESPONSES: Final[dict[str, Any]] = {
    "200": {
        "description": "The whole answer; one that fails under way is cut off, never shortened",
        "content": {each.media_type: {} for each in FORMATS.values()},
    },
    "400": {"description": "Not SPARQL, or not the protocol", "content": _PROBLEM},
    "403": {"description": "The query asks for SERVICE", "content": _PROBLEM},
    "406": {"description": "No acceptable format fits the answer", "content": _PROBLEM},
}


def _graph_parameters() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "description": description,
            "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
        }
        for name, description in _GRAPHS.items()
    ]


SPARQL_GET: Final[dict[str, Any]] = {
    "parameters": [
        {"name": "query", "in": "query", "required": True, "schema": _QUERY},
        *_graph_parameters(),
    ],
    "responses": _RESPONSES,
}
"""The query operation by GET (SPARQL 1.1 Protocol, 2.1.1)."""

SPARQL_POST: Final[dict[str, Any]] = {
    "parameters": _graph_parameters(),
    "requestBody": {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": _QUERY},
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["query"],
                    "properties": {
                        "query": _QUERY,
                        **{
                            name: {"type": "array", "items": {"type": "string"}} for name in _GRAPHS
                        },
                    },
                }
            },
        },
    },
    "responses": {
        **_RESPONSES,
        "413": {"description": "The query is too long", "content": _PROBLEM},
        "415": {"description": "The body is of another type", "content": _PROBLEM},
    },
}
"""The query operation by POST (SPARQL 1.1 Protocol, 2.1.2 and 2.1.3)."""

GRAPH_STORE: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": "default",
            "in": "query",
            "description": "The default graph; without a value",
            "allowEmptyValue": True,
            "schema": {"type": "string", "enum": [""]},
        },
        {
            "name": "graph",
            "in": "query",
            "description": "The IRI of a named graph",
            "schema": {"type": "string", "format": "uri"},
        },
    ],
    "responses": {
        "200": {
            "description": "The triples of the graph",
            "content": {each.media_type: {} for each in GRAPH_FORMATS.values()},
        },
        "400": {"description": "No graph is named, or more than one", "content": _PROBLEM},
        "404": {"description": "There is no such graph", "content": _PROBLEM},
        "406": {"description": "No acceptable format is one of RDF", "content": _PROBLEM},
    },
}
"""Reading a graph (SPARQL 1.1 Graph Store HTTP Protocol, 5.2)."""
