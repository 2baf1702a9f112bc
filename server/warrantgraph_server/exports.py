"""The files of the release, under addresses that stay: `/exports/warrantgraph.ttl` and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from warrantgraph_server.problems import UnknownResourceError
from warrantgraph_server.routing import readable

if TYPE_CHECKING:
    from warrantgraph_server.serving import Serving

__all__ = ["exports_router", "is_fresh"]

MANIFEST = "manifest.json"


def exports_router(serving: Serving) -> APIRouter:
    """The routes of the exports."""
    router = APIRouter()

    @readable(router, "/exports/{name}", "A file of the release")
    def export(request: Request, name: str) -> Response:
        release = serving.release
        files = release.manifest.files
        if name == MANIFEST:
            media_type, etag = "application/json", f'"{release.manifest.version}"'
        elif name in files:
            media_type, etag = files[name].media_type, f'"{files[name].sha256}"'
        else:
            known = ", ".join(sorted([MANIFEST, *files]))
            raise UnknownResourceError(f'there is no export "{name}"; there are {known}')
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if is_fresh(request.headers.getlist("if-none-match"), etag):
            return Response(status_code=304, headers=headers)
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        return FileResponse(release.folder / name, headers=headers, media_type=media_type)

    return router


def is_fresh(if_none_match: list[str], etag: str) -> bool:
    """Whether the client has what it asks for (RFC 9110, 13.1.2); tags are compared weakly.

    >>> is_fresh(['W/"a", "b"'], '"a"'), is_fresh(["*"], '"a"'), is_fresh(['"b"'], '"a"')
    (True, True, False)
    """
    tags = {tag.strip().removeprefix("W/") for line in if_none_match for tag in line.split(",")}
    return bool(tags & {etag, "*"})
