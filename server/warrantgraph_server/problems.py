"""What a client is told when something goes wrong: RFC 9457, from one table.

Errors know nothing of HTTP; `PROBLEMS` says which status each has. Browsers get the same as HTML.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from warrantgraph.errors import (
    AnswerTooLargeError,
    BusyError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooDeepError,
    ServiceRefusedError,
)
from warrantgraph.namespaces import BASE
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

__all__ = [
    "PROBLEMS",
    "GraphStoreError",
    "MalformedRequestError",
    "Problem",
    "RequestTooLongError",
    "UnknownResourceError",
    "UnsupportedMediaTypeError",
    "add_handlers",
    "problem_of",
]


class GraphStoreError(Exception):
    """The request does not follow the SPARQL 1.1 Graph Store HTTP Protocol."""


class MalformedRequestError(Exception):
    """The request does not follow the SPARQL 1.1 Protocol."""


class RequestTooLongError(Exception):
    """The request holds more than the server reads."""


class UnknownResourceError(Exception):
    """There is nothing of this name."""


class UnsupportedMediaTypeError(Exception):
    """The body is of a type that the endpoint does not read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its name in the problem's IRI, its status, its title, and a way out."""

    name: str
    status: HTTPStatus
    title: str
    advice: str = ""

    @property
    def type(self) -> str:
        """The IRI of the kind of problem; it can be looked up."""
        return f"{BASE}problem/{self.name}"


_log = logging.getLogger(__name__)

_INTERNAL: Final = Problem(
    "internal",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "The server failed; this is not your mistake",
    "Send the request once more later; if it fails again, tell whoever runs the server when it "
    "did.",
)

PROBLEMS: Final[dict[type[Exception], Problem]] = {
    QuerySyntaxError: Problem(
        "query-syntax",
        HTTPStatus.BAD_REQUEST,
        "This is not SPARQL",
        "Mend the query at the line and column of the problem. The endpoint reads queries, and no "
        "updates.",
    ),
    ServiceRefusedError: Problem(
        "service-refused",
        HTTPStatus.FORBIDDEN,
        "Queries may not reach other endpoints",
        "Leave the SERVICE part out and ask the other endpoint by yourself, or ask the operator to "
        "allow it.",
    ),
    NotAcceptableError: Problem(
        "not-acceptable",
        HTTPStatus.NOT_ACCEPTABLE,
        "No acceptable format fits the answer",
        "Ask for one of the types that the detail names, or send no Accept header.",
    ),
    QueryTooDeepError: Problem(
        "query-too-deep",
        HTTPStatus.BAD_REQUEST,
        "The query is nested or chained too deep",
        "Write long chains of brackets, UNION or || as a list: VALUES, or IN.",
    ),
    AnswerTooLargeError: Problem(
        "answer-too-large",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The answer is larger than allowed",
        "Ask for less: name the variables you need, filter, or take pages with ORDER BY, LIMIT and "
        "OFFSET. Exports hold all of the data. Over HTTP/1.0 less is allowed than over HTTP/1.1.",
    ),
    QueryTimeoutError: Problem(
        "query-timeout",
        HTTPStatus.GATEWAY_TIMEOUT,
        "The query took too long",
        "Make the query narrower: begin from a known IRI, and look that every two patterns share a "
        "variable. A lower timeout in the request may have stopped it too.",
    ),
    QueryMemoryError: Problem(
        "query-memory",
        HTTPStatus.INSUFFICIENT_STORAGE,
        "The query needs too much memory",
        "Sort, group and DISTINCT fewer rows: filter before, or leave ORDER BY and DISTINCT out "
        "and do them with the answer.",
    ),
    BusyError: Problem(
        "busy",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The server is busy with other queries",
        "Wait the seconds that Retry-After names and ask again. Send long queries one after "
        "another: each client has its share of the places and no more.",
    ),
    QueryEvaluationError: Problem(
        "query-evaluation",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The query failed while it ran",
        "Send the query once more. If it fails again the detail says why, or who runs the server "
        "can tell.",
    ),
    QueryError: Problem(
        "query",
        HTTPStatus.BAD_REQUEST,
        "The query cannot be answered",
        "Read the detail; the query has to change.",
    ),
    MalformedRequestError: Problem(
        "protocol",
        HTTPStatus.BAD_REQUEST,
        "The request is not as the SPARQL Protocol has it",
        "Send exactly one query, in UTF-8, as the SPARQL 1.1 Protocol has it: GET or a form with "
        "the parameter query, or a body of type application/sparql-query.",
    ),
    GraphStoreError: Problem(
        "graph-store",
        HTTPStatus.BAD_REQUEST,
        "The request names no graph of the store",
        "Name one graph: ?default, or ?graph= with an absolute IRI.",
    ),
    RequestTooLongError: Problem(
        "too-long",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The request is too long",
        "Send a shorter query: a long VALUES can be sent in parts.",
    ),
    UnsupportedMediaTypeError: Problem(
        "media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "The endpoint does not read this type",
        "Send a query as application/sparql-query or application/x-www-form-urlencoded in UTF-8, "
        "not compressed.",
    ),
    UnknownResourceError: Problem(
        "unknown",
        HTTPStatus.NOT_FOUND,
        "Nothing has this name",
        "Look whether the address is spelt right. Things can go with a release; the first page "
        "tells what there is.",
    ),
    Exception: _INTERNAL,
}
"""The problem that each error is; the first class that fits decides."""

MEDIA_TYPE = "application/problem+json"

_CLIENT_LEFT: Final = 499


def problem_of(error: Exception) -> Problem:
    """The problem that an error is.

    >>> problem_of(QuerySyntaxError("no", line=1, column=2)).status
    <HTTPStatus.BAD_REQUEST: 400>
    """
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        return Problem(status.phrase.lower().replace(" ", "-"), status, status.phrase)
    return next(problem for kind, problem in PROBLEMS.items() if isinstance(error, kind))


def add_handlers(app: FastAPI) -> None:
    """Answer every error with a problem document."""
    for kind in (*PROBLEMS, HTTPException):
        app.add_exception_handler(kind, _handle)
    app.add_exception_handler(ClientDisconnect, _say_nothing)


def _say_nothing(request: Request, error: Exception) -> Response:
    """Answer a client that has left; nobody reads it."""
    del request, error
    return Response(status_code=_CLIENT_LEFT)


def _handle(request: Request, error: Exception) -> Response:
    if isinstance(error, ClientDisconnect):  # a reader that was too slow, from outside the routes
        return _say_nothing(request, error)
    problem = problem_of(error)
    document = _document(problem, error, request)
    own = error.headers if isinstance(error, HTTPException) else None
    headers = {"Vary": "Accept", **(own or {})}
    if isinstance(error, BusyError):
        headers["Retry-After"] = str(error.retry_after)
    if problem is _INTERNAL:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if choose(request.headers.get("accept"), [MEDIA_TYPE, "text/html"]) == "text/html":
        query = request.query_params.get("query") if request.url.path == "/sparql" else None
        return page(
            request,
            "problem.html",
            {"problem": document, "query": query, "advice": problem.advice},
            status=problem.status,
            headers=headers,
        )
    return JSONResponse(document, problem.status, headers, MEDIA_TYPE)


def _document(problem: Problem, error: Exception, request: Request) -> dict[str, Any]:
    """The members of RFC 9457, with `line` and `column` where the error has a place."""
    document: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": int(problem.status),
        "detail": str(error),
    }
    if isinstance(error, ServiceRefusedError) and error.endpoint:
        document["detail"] += f"; its operator can allow it: --allow-service {error.endpoint}"
    elif isinstance(error, ServiceRefusedError):
        document["detail"] += "; endpoints that its operator allows (--allow-service) are written "
        document["detail"] += "out as absolute IRIs"
    if isinstance(error, HTTPException):
        document["type"] = "about:blank"
        document["detail"] = f"{request.method} {request.url.path}: {error.detail}"
    if problem is _INTERNAL:
        document["detail"] = "The reason is in the server's log, and not told here."
    for member in ("line", "column"):
        if isinstance(getattr(error, member, None), int):
            document[member] = getattr(error, member)
    return document
