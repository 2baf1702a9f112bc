"""Assembles the server: reads top to bottom."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi_offline import FastAPIOffline
from starlette.staticfiles import StaticFiles

from warrantgraph import __version__
from warrantgraph.engine import EmbeddedEngine
from warrantgraph.release import Release
from warrantgraph_server.entities import entities_router
from warrantgraph_server.exports import exports_router
from warrantgraph_server.home import home_router
from warrantgraph_server.problems import add_handlers
from warrantgraph_server.sparql import sparql_router
from warrantgraph_server.streaming import QueryRunner

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from fastapi import FastAPI

    from warrantgraph_server.settings import Settings

__all__ = ["create_app"]

_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """Load what the settings name and build the application over it.

    Raises ReleaseError, MissingFileError and InputError when that cannot be loaded. Over data
    files there is the endpoint alone: exports and pages of things are a release's.
    """
    release = Release.open(settings.release) if settings.release else None
    if release:
        engine = EmbeddedEngine.load([release.dataset], union_default_graph=True)
    else:
        engine = EmbeddedEngine.load(settings.data)
    runner = QueryRunner(engine, settings.concurrent_queries)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        yield
        engine.close()

    app = FastAPIOffline(
        title="warrantgraph",
        version=__version__,
        summary="Court warrants, allegations, and who said so",
        lifespan=lifespan,
        redoc_url=None,
        swagger_ui_parameters={"defaultModelsExpandDepth": -1},
    )
    app.state.has_release = release is not None
    add_handlers(app)
    app.include_router(home_router(release))
    app.include_router(sparql_router(runner, settings), tags=["SPARQL 1.1 Protocol"])
    if release:
        app.include_router(exports_router(release), tags=["Exports"])
        app.include_router(entities_router(engine, runner, release), tags=["IRIs"])
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app
