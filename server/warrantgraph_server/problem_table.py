"""The kinds of problems that a client can be told, in one table: status, title and a way out.

Errors know nothing of HTTP; `PROBLEMS` says which status each has.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from warrantgraph.errors import (
    AnswerTooLargeError,
    BusyError,
    InputError,
    InputTooLargeError,
    MemoryLimitError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooDeepError,
    ServiceRefusedError,
    TimeLimitError,
    WorkCrashedError,
)
from warrantgraph.namespaces import BASE
from warrantgraph_server.refusals import (
    GraphStoreError,
    MalformedRequestError,
    RequestTooLongError,
    UnknownResourceError,
    UnsupportedMediaTypeError,
    UnsupportedUploadError,
    ValidationRequestError,
)

__all__ = ["INTERNAL", "PROBLEMS", "Problem"]


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


INTERNAL: Final = Problem(
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
        "OFFSET. Exports hold all of the data. Over HTTP/1.0 less is allowed than over HTTP/1.1. "
        "Of a validation, lower the parameter limit.",
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
        "The server is busy with other requests",
        "Wait the seconds that Retry-After names and ask again. Send long queries, and what is to "
        "be validated, one after another: each client has its share of the places and no more.",
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
    InputTooLargeError: Problem(
        "upload-too-long",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "There is too much to validate",
        "Send fewer files at once, or validate on your own machine: warrantgraph validate.",
    ),
    InputError: Problem(
        "input",
        HTTPStatus.BAD_REQUEST,
        "What was sent cannot be read",
        "Mend it at the line and column of the problem, and look that its Content-Type is that of "
        "its syntax. Nothing of it was validated.",
    ),
    ValidationRequestError: Problem(
        "validation-request",
        HTTPStatus.BAD_REQUEST,
        "The parameters of the validation cannot be read",
        "Known are ontology=false, limit, file and timeout, each once at most.",
    ),
    UnsupportedUploadError: Problem(
        "upload-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "This type is not validated",
        "Send RDF as one of the types that the detail names, in UTF-8, or multipart/form-data with "
        "a part data and, if you like, a part shapes.",
    ),
    TimeLimitError: Problem(
        "validation-timeout",
        HTTPStatus.GATEWAY_TIMEOUT,
        "The validation took too long",
        "Send less at once, or validate on your own machine: warrantgraph validate. A lower "
        "timeout in the request may have stopped it too.",
    ),
    MemoryLimitError: Problem(
        "validation-memory",
        HTTPStatus.INSUFFICIENT_STORAGE,
        "The validation needs too much memory",
        "Send less at once, or validate on your own machine: warrantgraph validate.",
    ),
    WorkCrashedError: Problem(
        "validation-failed",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The validation failed while it ran",
        "Send it once more. If it fails again, tell whoever runs the server, and what you sent.",
    ),
    UnknownResourceError: Problem(
        "unknown",
        HTTPStatus.NOT_FOUND,
        "Nothing has this name",
        "Look whether the address is spelt right. Things can go with a release; the first page "
        "tells what there is.",
    ),
    Exception: INTERNAL,
}
"""The problem that each error is; the first class that fits decides."""
