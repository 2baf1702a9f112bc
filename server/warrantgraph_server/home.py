"""The first page, and the pages that explain each kind of problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from warrantgraph.resources import COMPETENCY
from warrantgraph_server.pages import page
from warrantgraph_server.problems import PROBLEMS, UnknownResourceError
from warrantgraph_server.routing import readable

if TYPE_CHECKING:
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
        manifest = serving.release.manifest if serving.has_release else None
        return page(request, "home.html", {"manifest": manifest, "examples": examples})

    @readable(router, "/problem/{name}")
    def problem(request: Request, name: str) -> Response:
        known = next((each for each in PROBLEMS.values() if each.name == name), None)
        if known is None:
            raise UnknownResourceError(f'there is no problem "{name}"')
        return page(request, "problem-kind.html", {"known": known})

    return router
