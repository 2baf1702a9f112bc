"""Tells a client what went wrong: RFC 9457, from one table. Browsers get the same as HTML."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from warrantgraph.errors import BusyError, ServiceRefusedError
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page
from warrantgraph_server.problem_table import INTERNAL, PROBLEMS, Problem

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

__all__ = ["MEDIA_TYPE", "add_handlers", "problem_of"]

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_CLIENT_LEFT: Final = 499


def problem_of(error: Exception) -> Problem:
    """The problem that an error is.

    >>> from warrantgraph.errors import QuerySyntaxError
    >>> problem_of(QuerySyntaxError("no", line=1, column=2)).status
    <HTTPStatus.BAD_REQUEST: 400>
    """
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        return Problem(status.phrase.lower().replace(" ", "-"), status, status.phrase)
    return next(problem for kind, problem in PROBLEMS.items() if isinstance(error, kind))


def add_handlers(app: FastAPI) -> None:
    """Answer every error with a problem document."""
    for kind in (*PROBLEMS, HTTPException):
        app.add_exception_handler(kind, _handle)
    app.add_exception_handler(ClientDisconnect, _say_nothing)


def _say_nothing(request: Request, error: Exception) -> Response:
    """Answer a client that has left; nobody reads it."""
    del request, error
    return Response(status_code=_CLIENT_LEFT)


def _handle(request: Request, error: Exception) -> Response:
    if isinstance(error, ClientDisconnect):  # a reader that was too slow, from outside the routes
        return _say_nothing(request, error)
    problem = problem_of(error)
    document = _document(problem, error, request)
    own = error.headers if isinstance(error, HTTPException) else None
    headers = {"Vary": "Accept", **(own or {})}
    if isinstance(error, BusyError):
        headers["Retry-After"] = str(error.retry_after)
    if problem is INTERNAL:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if choose(request.headers.get("accept"), [MEDIA_TYPE, "text/html"]) == "text/html":
        query = request.query_params.get("query") if request.url.path == "/sparql" else None
        return page(
            request,
            "problem.html",
            {"problem": document, "query": query, "advice": problem.advice},
            status=problem.status,
            headers=headers,
        )
    return JSONResponse(document, problem.status, headers, MEDIA_TYPE)


def _document(problem: Problem, error: Exception, request: Request) -> dict[str, Any]:
    """The members of RFC 9457, with `line` and `column` where the error has a place."""
    document: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": int(problem.status),
        "detail": str(error),
    }
    if isinstance(error, ServiceRefusedError) and error.endpoint:
        document["detail"] += f"; its operator can allow it: --allow-service {error.endpoint}"
    elif isinstance(error, ServiceRefusedError):
        document["detail"] += "; endpoints that its operator allows (--allow-service) are written "
        document["detail"] += "out as absolute IRIs"
    if isinstance(error, HTTPException):
        document["type"] = "about:blank"
        document["detail"] = f"{request.method} {request.url.path}: {error.detail}"
    if problem is INTERNAL:
        document["detail"] = "The reason is in the server's log, and not told here."
    for member in ("line", "column"):
        if isinstance(getattr(error, member, None), int):
            document[member] = getattr(error, member)
    return document
