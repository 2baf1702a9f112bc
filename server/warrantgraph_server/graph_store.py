"""The SPARQL 1.1 Graph Store HTTP Protocol, reading only (sections 4.2, 5.2 and 5.6).

`/graph-store?default` is the default graph, `/graph-store?graph=IRI` a named one. Graphs with an
IRI of ours also answer at their own address (4.1), in `entities`.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from warrantgraph.engine import AnswerFormats
from warrantgraph_server.description import graph_query, is_iri
from warrantgraph_server.documentation import GRAPH_STORE
from warrantgraph_server.graphs import choose_syntax
from warrantgraph_server.refusals import (
    GraphStoreError,
    MalformedRequestError,
    UnknownResourceError,
)
from warrantgraph_server.routing import read_only, readable
from warrantgraph_server.sparql import parse_parameters
from warrantgraph_server.streaming import QueryRunner, respond

__all__ = ["GRAPH_STORE_PATH", "graph_store_router", "named_by"]

GRAPH_STORE_PATH = "/graph-store"

_DEFAULT_QUERY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def graph_store_router(runner: QueryRunner) -> APIRouter:
    """The route of the graph store."""
    router = APIRouter()

    @readable(router, GRAPH_STORE_PATH, "A graph of the store", GRAPH_STORE)
    async def graph_store(request: Request) -> Response:
        iri = named_by(request.scope["query_string"])
        syntax = choose_syntax(request)
        if iri is not None and not await _exists(runner, request, iri):
            raise UnknownResourceError(f"there is no graph <{iri}>")
        query = _DEFAULT_QUERY if iri is None else graph_query(iri)
        answer = await runner.evaluate(
            request, query, formats=AnswerFormats(graph=syntax), encoded=True
        )
        headers = {"Content-Type": syntax.content_type, "Vary": "Accept, Accept-Encoding"}
        return await respond(request, answer, headers)

    read_only(router, GRAPH_STORE_PATH)
    return router


def named_by(query_string: bytes) -> str | None:
    """The IRI of the graph that a request names, None for the default graph (4.2).

    Raises GraphStoreError when it names none, or more than one.

    >>> named_by(b"graph=http%3A%2F%2Fexample.org%2F")
    'http://example.org/'
    """
    try:
        parameters = parse_parameters(query_string)
    except MalformedRequestError as error:
        raise GraphStoreError(str(error)) from error
    named = [each for each in parameters if each[0] in ("default", "graph")]
    if len(named) != 1:
        raise GraphStoreError(f"name one graph by ?default or ?graph=IRI; here are {len(named)}")
    ((name, value),) = named
    if name == "graph" and not is_iri(value):
        raise GraphStoreError(f'"{value}" is not an absolute IRI')
    if name == "default" and value:
        raise GraphStoreError(f'?default has no value; here it is "{value}"')
    return value if name == "graph" else None


async def _exists(runner: QueryRunner, request: Request, iri: str) -> bool:
    query = f"SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} LIMIT 1"
    return bool(await runner.select(request, query))
