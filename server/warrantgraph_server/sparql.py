"""The SPARQL 1.1 Protocol query operation (sections 2.1 and 2.2) at `/sparql`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.routing import Route

from warrantgraph.engine import (
    BOOLEAN_FORMATS,
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    AnswerFormats,
    Format,
    QueryDataset,
    QueryForm,
)
from warrantgraph_server.documentation import SPARQL_GET, SPARQL_POST
from warrantgraph_server.graphs import SYNTAXES
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page
from warrantgraph_server.refusals import (
    MalformedRequestError,
    RequestTooLongError,
    UnsupportedMediaTypeError,
)
from warrantgraph_server.results import results_page
from warrantgraph_server.routing import readable
from warrantgraph_server.streaming import QueryRunner, respond

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from warrantgraph_server.service_description import ServiceDescription
    from warrantgraph_server.settings import Settings

__all__ = ["Operation", "parse_parameters", "sparql_router"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_HTML = "text/html"
_MOST_PARAMETERS = 1000
_LONG_FORM = 32 * 1024
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_READ_ONLY = "updates are not accepted here: this graph is read-only"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation: one query, the dataset it names (2.1.4), and the time it asks for."""

    query: str
    dataset: QueryDataset
    seconds: float | None = None

    @classmethod
    def of(cls, parameters: list[tuple[str, str]], body: str | None = None) -> Operation:
        """Read the parameters of a request; raises MalformedRequestError."""
        values: dict[str, list[str]] = {}
        for name, value in parameters:
            values.setdefault(name, []).append(value)
        if "update" in values:
            raise MalformedRequestError(_READ_ONLY)
        queries = [*values.get("query", []), *([] if body is None else [body])]
        if len(queries) != 1:
            how_many = "no query" if not queries else f"{len(queries)} queries"
            raise MalformedRequestError(f"send exactly one query; this request has {how_many}")
        dataset = QueryDataset(
            tuple(values.get("default-graph-uri", [])), tuple(values.get("named-graph-uri", []))
        )
        return cls(queries[0], dataset, _seconds(values.get("timeout", [])))


def _seconds(given: list[str]) -> float | None:
    """The parameter `timeout`, which may lower the time of a query."""
    if not given:
        return None
    if len(given) > 1 or not _SECONDS.fullmatch(given[0]) or not float(given[0]):
        raise MalformedRequestError(
            f'timeout is one number of seconds above 0, such as 2.5, not "{", ".join(given)}"'
        )
    return float(given[0])


def sparql_router(
    runner: QueryRunner, settings: Settings, description: ServiceDescription | None = None
) -> APIRouter:
    """The routes of the endpoint, which describes itself when it is asked nothing."""
    router = APIRouter()

    @readable(router, "/sparql", "Query by GET", SPARQL_GET)
    async def query_by_get(request: Request) -> Response:
        parameters = parse_parameters(request.scope["query_string"])
        accept = request.headers.get("accept")
        wants_page = choose(accept, ["application/problem+json", _HTML]) == _HTML
        if wants_page and not any(name in ("query", "update") for name, _ in parameters):
            return page(request, "sparql.html", {"query": ""}, headers={"Vary": "Accept"})
        if description and not parameters and choose(accept, list(SYNTAXES)):
            return await description.answer(request)
        return await _answer(request, runner, Operation.of(parameters))

    @router.post(
        "/sparql", summary="Query by POST", openapi_extra=SPARQL_POST, response_class=Response
    )
    async def query_by_post(request: Request) -> Response:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if coding := request.headers.get("content-encoding"):
            raise UnsupportedMediaTypeError(f'a query is sent as it is, not in "{coding}"')
        parameters = parse_parameters(request.scope["query_string"])
        if media_type == _FORM:
            body = await _read_body(request, settings.max_query)
            if len(body) > _LONG_FORM:
                parameters += await runner.aside(lambda: parse_parameters(body))
            else:
                parameters += parse_parameters(body)
            return await _answer(request, runner, Operation.of(parameters))
        if media_type == _QUERY:
            query = _decode(await _read_body(request, settings.max_query))
            return await _answer(request, runner, Operation.of(parameters, query))
        if media_type == _UPDATE:
            raise UnsupportedMediaTypeError(_READ_ONLY)
        raise UnsupportedMediaTypeError(
            f'a query is posted as {_FORM} or {_QUERY}, not as "{media_type}"'
        )

    # Matches every other method; the routes above would each name their own in `Allow`.
    router.routes.append(Route("/sparql", _RefuseMethod(), include_in_schema=False))
    return router


class _RefuseMethod:
    """An application of its own: Starlette limits a function to GET."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise HTTPException(405, headers={"Allow": "GET, HEAD, POST"})


def parse_parameters(encoded: bytes) -> list[tuple[str, str]]:
    """Read `name=value&…`; raises MalformedRequestError where it is not UTF-8.

    >>> parse_parameters(b"query=ASK+%7B%7D&x=")
    [('query', 'ASK {}'), ('x', '')]
    """
    try:
        return parse_qsl(
            _decode(encoded),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise MalformedRequestError("the parameters are not in UTF-8") from error
    except ValueError as error:
        raise MalformedRequestError(f"more than {_MOST_PARAMETERS} parameters") from error


def _decode(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        message = f"the request is not in UTF-8: byte {error.start + 1} of it"
        raise MalformedRequestError(message) from error


async def _read_body(request: Request, longest: int) -> bytes:
    body = bytearray()
    if int(request.headers.get("content-length", 0)) > longest:
        raise RequestTooLongError(f"a query may have {longest:,} bytes, and no more")
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise RequestTooLongError(f"a query may have {longest:,} bytes, and no more")
    return bytes(body)


async def _answer(request: Request, runner: QueryRunner, operation: Operation) -> Response:
    wanted = _Wanted.of(request.headers.get("accept"))
    answer = await runner.evaluate(
        request,
        operation.query,
        operation.dataset,
        wanted.formats,
        seconds=operation.seconds,
        encoded=not wanted.page,
        limited=True,
    )
    media_type = wanted.media_types[answer.running.head.form]
    if media_type == _HTML:
        return await results_page(request, runner, operation.query, answer)
    headers = {"Content-Type": _content_type(media_type), "Vary": "Accept, Accept-Encoding"}
    return await respond(request, answer, headers)


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The formats that a client wants, and the names it knows them by."""

    formats: AnswerFormats
    media_types: dict[QueryForm, str]

    @property
    def page(self) -> bool:
        """Whether it may be a page that is wanted."""
        return _HTML in self.media_types.values()

    @classmethod
    def of(cls, accept: str | None) -> _Wanted:
        solutions, solutions_type = _negotiate(accept, SOLUTION_FORMATS)
        boolean, boolean_type = _negotiate(accept, BOOLEAN_FORMATS)
        graph, graph_type = _negotiate(accept, GRAPH_FORMATS)
        return cls(
            AnswerFormats(solutions, boolean, graph),
            {
                QueryForm.SELECT: solutions_type,
                QueryForm.ASK: boolean_type,
                QueryForm.CONSTRUCT: graph_type,
                QueryForm.DESCRIBE: graph_type,
            },
        )


def _negotiate(accept: str | None, formats: dict[str, Format]) -> tuple[Format | None, str]:
    """The format and the media type to call it by; HTML stands for the preferred format."""
    by_type = {each.media_type: each for each in formats.values()}
    for each in formats.values():
        for alias in each.aliases:
            by_type.setdefault(alias, each)
    by_type[_HTML] = next(iter(formats.values()))
    media_type = choose(accept, list(by_type))
    return (by_type[media_type], media_type) if media_type else (None, "")
