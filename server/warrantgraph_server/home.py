"""The first page, and the pages that explain each kind of problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from warrantgraph.resources import COMPETENCY
from warrantgraph.void import VOID_FILE
from warrantgraph_server.pages import page
from warrantgraph_server.problem_table import PROBLEMS
from warrantgraph_server.refusals import UnknownResourceError
from warrantgraph_server.routing import readable
from warrantgraph_server.well_known import VOID

if TYPE_CHECKING:
    from warrantgraph.release import Release
    from warrantgraph_server.serving import Serving

__all__ = ["ExampleQuery", "example_queries", "home_router"]


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A query, and the question it answers."""

    question: str
    query: str


def example_queries() -> list[ExampleQuery]:
    """The competency questions: the comment in line 1 is the question."""
    examples: list[ExampleQuery] = []
    for file in sorted(COMPETENCY.glob("*.rq")):
        query = file.read_text(encoding="utf-8")
        examples.append(ExampleQuery(query.partition("\n")[0].lstrip("# "), query))
    return examples


def home_router(serving: Serving) -> APIRouter:
    """The routes of the pages."""
    router = APIRouter(include_in_schema=False)
    examples = example_queries() if serving.has_release else []

    @readable(router, "/")
    def home(request: Request) -> Response:
        release = serving.release if serving.has_release else None
        context = {"manifest": release.manifest if release else None, "examples": examples}
        return page(request, "home.html", context, headers={"Link": _links(request, release)})

    @readable(router, "/problem/{name}")
    def problem(request: Request, name: str) -> Response:
        known = next((each for each in PROBLEMS.values() if each.name == name), None)
        if known is None:
            raise UnknownResourceError(f'there is no problem "{name}"')
        return page(request, "problem-kind.html", {"known": known})

    return router


def _links(request: Request, release: Release | None) -> str:
    """Where a program finds what describes the server (RFC 8288; RFC 8631 for the first two)."""
    root = request.scope.get("root_path", "")
    links = [
        f'<{root}/openapi.json>; rel="service-desc"; type="application/json"',
        f'<{root}/docs>; rel="service-doc"; type="text/html"',
    ]
    if release and VOID_FILE in release.manifest.files:
        links.append(f'<{root}{VOID}>; rel="describedby"; type="text/turtle"')
    return ", ".join(links)
