"""What OpenAPI says of the endpoint; FastAPI cannot learn it from the code, which reads bytes.

Which statuses there are is read off the table of problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from warrantgraph.engine import FORMATS, GRAPH_FORMATS
from warrantgraph.errors import (
    AnswerTooLargeError,
    BusyError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QueryMemoryError,
    QueryTimeoutError,
)
from warrantgraph_server.problem_table import PROBLEMS, Problem
from warrantgraph_server.problems import MEDIA_TYPE
from warrantgraph_server.refusals import (
    GraphStoreError,
    MalformedRequestError,
    RequestTooLongError,
    UnknownResourceError,
    UnsupportedMediaTypeError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "GRAPH_STORE",
    "LIVE",
    "METRICS",
    "READY",
    "SPARQL_GET",
    "SPARQL_POST",
    "problem_responses",
]

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

_TIMEOUT: Final[dict[str, Any]] = {
    "type": "number",
    "exclusiveMinimum": 0,
    "description": "Seconds that the query may take, where that is less than the server allows",
    "example": 2.5,
}

_PROBLEM: Final[dict[str, Any]] = {
    MEDIA_TYPE: {
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

_VERSION: Final[dict[str, Any]] = {
    "Data-Version": {"description": "The release it is from", "schema": {"type": "string"}}
}
_RETRY: Final[dict[str, Any]] = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}
}


def problem_responses(kinds: Iterable[type[Exception]]) -> dict[str, Any]:
    """A response for each status of these problems; it names them all."""
    by_status: dict[int, list[Problem]] = {}
    for kind in kinds:
        by_status.setdefault(int(PROBLEMS[kind].status), []).append(PROBLEMS[kind])
    responses: dict[str, Any] = {}
    for status, problems in sorted(by_status.items()):
        described = "; ".join(f"`{each.name}`: {each.title}" for each in problems)
        responses[str(status)] = {"description": described, "content": _PROBLEM}
    if "503" in responses:
        responses["503"]["headers"] = _RETRY
    return responses


_OF_QUERIES: Final = [*(kind for kind in PROBLEMS if issubclass(kind, QueryError)), Exception]
_OF_OUR_QUERIES: Final = [
    NotAcceptableError,
    AnswerTooLargeError,
    QueryTimeoutError,
    QueryMemoryError,
    BusyError,
    QueryEvaluationError,
    Exception,
]
_OF_BODIES: Final = [RequestTooLongError, UnsupportedMediaTypeError]

_ANSWER: Final[dict[str, Any]] = {
    "description": "The whole answer; one that fails under way is cut off, never shortened",
    "headers": _VERSION,
    "content": {each.media_type: {} for each in FORMATS.values()},
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
        {"name": "timeout", "in": "query", "schema": _TIMEOUT},
    ],
    "responses": {"200": _ANSWER, **problem_responses([MalformedRequestError, *_OF_QUERIES])},
}
"""The query operation by GET (SPARQL 1.1 Protocol, 2.1.1)."""

SPARQL_POST: Final[dict[str, Any]] = {
    "parameters": [
        *_graph_parameters(),
        {"name": "timeout", "in": "query", "schema": _TIMEOUT},
    ],
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
                        "timeout": _TIMEOUT,
                    },
                }
            },
        },
    },
    "responses": {
        "200": _ANSWER,
        **problem_responses([MalformedRequestError, *_OF_BODIES, *_OF_QUERIES]),
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
            "headers": _VERSION,
            "content": {each.media_type: {} for each in GRAPH_FORMATS.values()},
        },
        **problem_responses([GraphStoreError, UnknownResourceError, *_OF_OUR_QUERIES]),
    },
}
"""Reading a graph (SPARQL 1.1 Graph Store HTTP Protocol, 5.2)."""


def _status(*words: str, version: bool = False) -> dict[str, Any]:
    """A JSON object with one of these words as its `status`."""
    properties: dict[str, Any] = {"status": {"type": "string", "enum": list(words)}}
    if version:
        properties["version"] = {"type": "string", "description": "The release that is served"}
    return {"application/json": {"schema": {"type": "object", "properties": properties}}}


LIVE: Final[dict[str, Any]] = {
    "responses": {"200": {"description": "It lives", "content": _status("live")}}
}
"""Asking whether the process should be started anew."""

READY: Final[dict[str, Any]] = {
    "responses": {
        "200": {
            "description": "Queries can be answered",
            "content": _status("ready", version=True),
        },
        "503": {
            "description": "The data is being loaded anew; queries wait",
            "content": _status("not ready"),
        },
    }
}
"""Asking whether requests should be sent here."""

METRICS: Final[dict[str, Any]] = {
    "responses": {
        "200": {
            "description": "Metrics in the text format of Prometheus",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    }
}
"""Asking how the server fares."""
