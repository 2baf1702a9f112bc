"""Routes that answer HEAD as well as GET, and appear once in the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import APIRouter

__all__ = ["readable"]

_Endpoint = TypeVar("_Endpoint", bound="Callable[..., Any]")


def readable(
    router: APIRouter, path: str, summary: str | None = None, extra: dict[str, Any] | None = None
) -> Callable[[_Endpoint], _Endpoint]:
    """Route GET and HEAD of a path; without a summary it is left out of the documentation.

    FastAPI documents a route of two methods twice under one id. So one route serves both and is
    not documented, and a second, which is never reached, is.
    """

    def decorate(endpoint: _Endpoint) -> _Endpoint:
        methods = ["GET", "HEAD"]
        router.add_api_route(path, endpoint, methods=methods, include_in_schema=False)
        if summary:
            router.add_api_route(
                path, endpoint, methods=["GET"], summary=summary, openapi_extra=extra
            )
        return endpoint

    return decorate
