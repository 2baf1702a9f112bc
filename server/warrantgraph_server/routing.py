"""Routes: GET with HEAD, documented once; reading alone; and the address they are asked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import HTTPException, Response

from warrantgraph_server.description import is_iri
from warrantgraph_server.refusals import MalformedRequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import APIRouter, Request

__all__ = ["own_address", "read_only", "readable"]

_Endpoint = TypeVar("_Endpoint", bound="Callable[..., Any]")


def readable(
    router: APIRouter, path: str, summary: str | None = None, extra: dict[str, Any] | None = None
) -> Callable[[_Endpoint], _Endpoint]:
    """Route GET and HEAD of a path; without a summary it is left out of the documentation.

    FastAPI documents a route of two methods twice under one id. So one route serves both and is
    not documented, and a second, which is never reached, is. What an answer is made of is for
    `extra` to say; by itself FastAPI would say JSON.
    """

    def decorate(endpoint: _Endpoint) -> _Endpoint:
        methods = ["GET", "HEAD"]
        router.add_api_route(path, endpoint, methods=methods, include_in_schema=False)
        if summary:
            router.add_api_route(
                path,
                endpoint,
                methods=["GET"],
                summary=summary,
                openapi_extra=extra,
                response_class=Response,
            )
        return endpoint

    return decorate


def read_only(router: APIRouter, path: str) -> None:
    """Refuse with 405 what would write to a path (RFC 9110, 15.5.6)."""

    def refuse() -> None:
        detail = "this graph store is read-only; its graphs come with a release"
        raise HTTPException(405, detail, {"Allow": "GET, HEAD, OPTIONS"})

    methods = ["DELETE", "PATCH", "POST", "PUT"]
    router.add_api_route(path, refuse, methods=methods, include_in_schema=False)


def own_address(request: Request) -> str:
    """The address of the server as this request has it; it ends in a slash.

    Raises MalformedRequestError when the header `Host` makes none.
    """
    address = str(request.base_url)
    if not is_iri(address):
        raise MalformedRequestError("the header Host names no host")
    return address
