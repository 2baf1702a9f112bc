"""Lets pages of any origin read (the Fetch standard, 3.3), and answers OPTIONS (RFC 9110, 9.3.7).

What is served is public and the same for everyone, so that `*` is right. It stands outside
everything else, so that errors can be read too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.routing import Match

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CrossOrigin", "allow_all_origins"]

_READ: Final = "GET, HEAD, OPTIONS"
_POST: Final = "GET, HEAD, OPTIONS, POST"
_POSTED: Final = ("/sparql", "/validate", "*")

_EXPOSED: Final = ", ".join(
    [
        "Accept-Ranges",
        "Allow",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Location",
        "Content-Range",
        "Data-Version",
        "ETag",
        "Link",
        "Repr-Digest",
        "Retry-After",
        "Validation-Result",
        "Vary",
    ]
)
"""What a script may read besides the headers that every answer shows."""


def allow_all_origins(app: FastAPI) -> None:
    """Put CrossOrigin around an application that is otherwise complete.

    Middleware that is added as such would lie inside of what turns failures into answers.
    """
    app.middleware_stack = CrossOrigin(app.build_middleware_stack(), app)


class CrossOrigin:
    """Adds the headers of CORS to each answer, and answers OPTIONS itself."""

    def __init__(self, inner: ASGIApp, app: FastAPI) -> None:
        self._inner = inner
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI 3.0)."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = _EXPOSED
                if message["status"] == 405:
                    headers["Allow"] = _methods(scope)
            await send(message)

        answer = self._inner
        if scope["method"] == "OPTIONS":
            preflight = "access-control-request-method" in Headers(scope=scope)
            if preflight or self._has(scope):
                answer = _answer_options(scope, preflight)
        await answer(scope, receive, send_open)

    def _has(self, scope: Scope) -> bool:
        """Whether anything is at this path; `*` is the server as a whole."""
        asked = {**scope, "method": "GET"}
        routes = self._app.router.routes
        return scope["path"] == "*" or any(
            route.matches(asked)[0] is not Match.NONE for route in routes
        )


def _answer_options(scope: Scope, preflight: bool) -> Response:
    methods = _methods(scope)
    headers = {"Allow": methods}
    if preflight:
        headers = {
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": "86400",
        }
    return Response(status_code=204, headers=headers)


def _methods(scope: Scope) -> str:
    """The methods at a path: everything is read, and two take something by POST too."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return _POST if path in _POSTED else _READ
