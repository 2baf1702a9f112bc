"""The description of the dataset at `/.well-known/void` (VoID, section 7.2; RFC 8615).

It is `void.ttl` of the release, in which the dumps and the endpoint are at this server's address,
so that a client can follow them. The dataset and all else keep their own IRIs.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph
from fastapi import APIRouter, Request, Response
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from warrantgraph.namespaces import BASE
from warrantgraph.void import VOID_FILE
from warrantgraph_server.conditional import answer_without_body
from warrantgraph_server.graphs import choose_syntax, write_graph
from warrantgraph_server.refusals import UnknownResourceError
from warrantgraph_server.routing import own_address, readable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from warrantgraph.release import Release
    from warrantgraph_server.serving import Serving

__all__ = ["VOID", "read_void", "well_known_router"]

VOID = "/.well-known/void"

_DUMPS: Final = BASE + "exports/"
_ENDPOINT: Final = BASE + "sparql"

_Term = TypeVar("_Term", bound=NamedNode | BlankNode | Literal | Triple)


def well_known_router(serving: Serving) -> APIRouter:
    """The route of the description."""
    router = APIRouter()

    @readable(router, VOID, "A description of the dataset")
    def void(request: Request) -> Response:
        if not serving.has_release:
            raise UnknownResourceError(
                "there is no description of the dataset: RDF files are served, not a release"
            )
        triples, prefixes = read_void(serving.release)
        if not triples:
            raise UnknownResourceError(
                "there is no description of the dataset: this release has none; build it again"
            )
        syntax = choose_syntax(request)
        here = own_address(request)
        text = write_graph([_move(triple, here) for triple in triples], syntax, prefixes)
        etag = f'"{sha256(text).hexdigest()}"'
        headers = {
            "Content-Type": syntax.content_type,
            "ETag": etag,
            "Cache-Control": "no-cache",
            "Vary": "Accept",
            "Link": f'<{_DUMPS}{VOID_FILE}>; rel="canonical"',
        }
        return answer_without_body(request.headers, etag, headers) or Response(
            text, headers=headers
        )

    return router


def read_void(release: Release) -> tuple[Sequence[Triple], Mapping[str, str]]:
    """The triples of a release's description, and the prefixes of its file; none without one."""
    return _read(release.folder) if VOID_FILE in release.manifest.files else ((), {})


@lru_cache(maxsize=2)
def _read(folder: Path) -> tuple[Sequence[Triple], Mapping[str, str]]:
    reader = pyoxigraph.parse(path=folder / VOID_FILE, format=RdfFormat.TURTLE)
    triples = tuple(quad.triple for quad in reader)
    return triples, reader.prefixes


def _move(triple: Triple, here: str) -> Triple:
    """A triple whose dumps and endpoint are at an address that ends in a slash."""
    return Triple(_moved(triple.subject, here), triple.predicate, _moved(triple.object, here))


def _moved(term: _Term, here: str) -> _Term | NamedNode:
    if isinstance(term, NamedNode) and (term.value == _ENDPOINT or term.value.startswith(_DUMPS)):
        return NamedNode(here + term.value.removeprefix(BASE))
    return term
