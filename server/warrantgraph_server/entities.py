"""Answers every IRI that the project mints, at the same path on this server.

`/id/…` and `/scheme/…` describe that thing: all triples it is subject or object of. `/graph/…`
is that graph: what is said of it, and the triples in it.
`/ontology` is the whole vocabulary; the terms are `#` parts of it. RDF or a page, by `Accept`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response

from warrantgraph.engine import GRAPH_FORMATS, AnswerFormats
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
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page
from warrantgraph_server.problems import UnknownResourceError
from warrantgraph_server.routing import readable
from warrantgraph_server.streaming import QueryRunner, respond
from warrantgraph_server.vocabulary import vocabulary

if TYPE_CHECKING:
    from warrantgraph_server.serving import Serving

__all__ = ["entities_router"]

_HTML = "text/html"
_OFFERS: Final = {
    each.media_type: each
    for each in (GRAPH_FORMATS[name] for name in ("turtle", "ntriples", "jsonld", "rdfxml"))
}
_ONTOLOGY = BASE + "ontology"
_ONTOLOGY_QUERY = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?s ?p ?o }} }}"


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
        return await _rdf(request, runner, graph_query(iri))

    return router


def _negotiate(request: Request) -> str:
    media_type = choose(request.headers.get("accept"), [*_OFFERS, _HTML])
    if media_type is None:
        raise NotAcceptableError(
            "this is available as Turtle, N-Triples, JSON-LD, RDF/XML and HTML"
        )
    return media_type


async def _rdf(request: Request, runner: QueryRunner, query: str) -> Response:
    chosen = _OFFERS[_negotiate(request)]
    answer = await runner.evaluate(
        request, query, formats=AnswerFormats(graph=chosen), encoded=True
    )
    headers = {"Content-Type": chosen.content_type, "Vary": "Accept, Accept-Encoding"}
    return await respond(request, answer, headers)
