"""Answers every IRI that the project mints, at the same path on this server.

`/id/…` and `/scheme/…` describe that thing: all triples it is subject or object of. `/graph/…`
is that graph: its triples and no others (SPARQL 1.1 Graph Store HTTP Protocol, 4.1), or a page of
what is said of it. `/ontology` is the whole vocabulary; the terms are `#` parts of it. RDF or a
page, by `Accept`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from warrantgraph.engine import AnswerFormats
from warrantgraph.errors import NotAcceptableError
from warrantgraph.namespaces import BASE, VOCABULARY_GRAPH
from warrantgraph_server.description import (
    bare,
    count_triples,
    describe,
    description_query,
    graph_query,
    is_iri,
)
from warrantgraph_server.graphs import SYNTAXES
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page
from warrantgraph_server.refusals import UnknownResourceError
from warrantgraph_server.routing import read_only, readable
from warrantgraph_server.streaming import QueryRunner, respond
from warrantgraph_server.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph_server.serving import Serving

__all__ = ["entities_router"]

_HTML = "text/html"
_ONTOLOGY = BASE + "ontology"
_ONTOLOGY_QUERY = graph_query(VOCABULARY_GRAPH)


def entities_router(runner: QueryRunner, serving: Serving) -> APIRouter:
    """The routes of the IRIs."""
    router = APIRouter()

    @readable(router, "/ontology", "The vocabulary")
    async def ontology(request: Request) -> Response:
        if _negotiate(request) == _HTML:
            terms = await vocabulary(partial(runner.select, request))
            return page(request, "ontology.html", {"terms": terms}, headers={"Vary": "Accept"})
        return await _rdf(request, runner, _ONTOLOGY_QUERY)

    @readable(router, "/ontology/{version}", "A version of the vocabulary")
    async def ontology_version(request: Request, version: str) -> Response:
        served = serving.release.manifest.ontology
        if version != served:
            raise UnknownResourceError(f"this server has version {served} of the ontology")
        return await ontology(request)

    @readable(router, "/id/{path:path}", "A thing")
    @readable(router, "/scheme/{path:path}", "A concept")
    async def entity(request: Request, path: str) -> Response:
        iri = BASE + str(request.scope["path"]).lstrip("/")
        media_type = _negotiate(request)
        description = await describe(partial(runner.select, request), iri) if is_iri(iri) else None
        if description is None:
            raise UnknownResourceError(f"the graph does not know <{iri}>")
        if media_type == _HTML:
            context = {"description": description}
            return page(request, "entity.html", context, headers={"Vary": "Accept"})
        return await _rdf(request, runner, description_query(iri))

    @readable(router, "/graph/{path:path}", "A named graph, with its triples")
    async def named_graph(request: Request, path: str) -> Response:
        iri = BASE + str(request.scope["path"]).lstrip("/")
        media_type = _negotiate(request)
        size = await count_triples(partial(runner.select, request), iri) if is_iri(iri) else 0
        if not size:
            raise UnknownResourceError(f"there is no graph <{iri}>")
        if media_type == _HTML:
            description = await describe(partial(runner.select, request), iri) or bare(iri)
            context = {"description": description, "size": size}
            return page(request, "graph.html", context, headers={"Vary": "Accept"})
        said = f"{request.scope.get('root_path', '')}/sparql?query={quote(f'DESCRIBE <{iri}>')}"
        link = {"Link": f'<{said}>; rel="describedby"'}
        return await _rdf(request, runner, graph_query(iri), link)

    read_only(router, "/graph/{path:path}")
    return router


def _negotiate(request: Request) -> str:
    media_type = choose(request.headers.get("accept"), [*SYNTAXES, _HTML])
    if media_type is None:
        raise NotAcceptableError(f"this is available as {', '.join(SYNTAXES)} and {_HTML}")
    return media_type


async def _rdf(
    request: Request, runner: QueryRunner, query: str, more: Mapping[str, str] | None = None
) -> Response:
    chosen = SYNTAXES[_negotiate(request)]
    answer = await runner.evaluate(
        request, query, formats=AnswerFormats(graph=chosen), encoded=True
    )
    headers = {"Content-Type": chosen.content_type, "Vary": "Accept, Accept-Encoding"}
    return await respond(request, answer, {**headers, **(more or {})})
