"""Shows an answer as an HTML page, to a browser that asks for one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from warrantgraph.engine import QueryForm
from warrantgraph.errors import NotAcceptableError
from warrantgraph_server.pages import page
from warrantgraph_server.streaming import while_there

if TYPE_CHECKING:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    from warrantgraph_server.streaming import QueryAnswer, QueryRunner

__all__ = ["LONGEST_PAGE", "results_page"]

LONGEST_PAGE = 2_000_000
"""Bytes of the longest answer shown as a page; a longer one is an error, never shortened."""


async def _read(answer: QueryAnswer) -> bytes:
    body = bytearray()
    with answer:
        async for chunk in answer.chunks():
            body += chunk
            if len(body) > LONGEST_PAGE:
                raise NotAcceptableError(
                    "the answer is too long for a page; add a LIMIT, or take it as a file: "
                    "curl -H 'Accept: text/csv' (or text/turtle)"
                )
    return bytes(body)


async def results_page(
    request: Request, runner: QueryRunner, query: str, answer: QueryAnswer
) -> HTMLResponse:
    """Render an answer that came as JSON or Turtle; raises NotAcceptableError if it is too long."""
    form = answer.running.head.form
    body = await while_there(request.receive, _read(answer))
    return await runner.aside(lambda: _render(request, query, form, body))


def _render(request: Request, query: str, form: QueryForm, body: bytes) -> HTMLResponse:
    context: dict[str, Any] = {
        "query": query,
        "boolean": None,
        "table": None,
        "turtle": None,
        "form": form.value,
    }
    if form is QueryForm.ASK:
        context["boolean"] = json.loads(body)["boolean"]
    elif form is QueryForm.SELECT:
        table = json.loads(body)
        context["table"] = {"names": table["head"]["vars"], "rows": table["results"]["bindings"]}
    else:
        context["turtle"] = body.decode()
    return page(request, "results.html", context, headers={"Vary": "Accept"})
