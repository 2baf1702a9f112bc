"""Assembles the server: reads top to bottom."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi_offline import FastAPIOffline
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from warrantgraph import __version__
from warrantgraph.validators import Validators
from warrantgraph_server.cors import allow_all_origins
from warrantgraph_server.cutting import BoundedSending
from warrantgraph_server.entities import entities_router
from warrantgraph_server.exports import exports_router
from warrantgraph_server.graph_store import graph_store_router
from warrantgraph_server.home import home_router
from warrantgraph_server.observation import QueryObserver
from warrantgraph_server.operating import operating_router
from warrantgraph_server.problems import add_handlers
from warrantgraph_server.service_description import ServiceDescription
from warrantgraph_server.serving import Serving
from warrantgraph_server.sparql import sparql_router
from warrantgraph_server.streaming import QueryRunner
from warrantgraph_server.uploads import UploadBudget
from warrantgraph_server.validation import validation_router
from warrantgraph_server.well_known import well_known_router

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from fastapi import FastAPI

    from warrantgraph_server.settings import Settings

__all__ = ["create_app"]

_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """Load what the settings name and build the application over it.

    Raises ReleaseError, MissingFileError and InputError when that cannot be loaded. Over data
    files there are the endpoint and the graph store alone: exports and pages are a release's.
    """
    serving = Serving(settings)
    observer = QueryObserver(settings.query_log, with_text=settings.log_query_text)
    runner = QueryRunner(serving, observer)
    validators = Validators(
        memory=settings.memory_limit,
        places=settings.queue,
        queue_seconds=settings.queue_timeout,
    )

    budget = UploadBudget(settings.max_upload)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await serving.start()
        validators.start()
        yield
        await serving.stop()
        await validators.close()
        observer.close()

    app = FastAPIOffline(
        title="warrantgraph",
        version=__version__,
        summary="Court warrants, allegations, and who said so",
        lifespan=lifespan,
        redoc_url=None,
        swagger_ui_parameters={"defaultModelsExpandDepth": -1},
        # FastAPI would otherwise send traces wherever the environment says.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    for route in app.routes:  # the pages of the documentation, which answer GET alone
        if isinstance(route, Route) and route.methods:
            route.methods.add("HEAD")
    app.state.has_release = serving.has_release
    app.state.serving = serving
    app.add_middleware(BoundedSending, seconds=settings.send_timeout)
    add_handlers(app)
    app.include_router(home_router(serving))
    description = ServiceDescription(runner, serving)
    app.include_router(sparql_router(runner, settings, description), tags=["SPARQL 1.1 Protocol"])
    app.include_router(graph_store_router(runner), tags=["SPARQL 1.1 Graph Store HTTP Protocol"])
    app.include_router(
        validation_router(validators, settings, observer, budget), tags=["Validation"]
    )
    app.include_router(well_known_router(serving), tags=["Exports"])
    if serving.has_release:
        app.include_router(exports_router(serving), tags=["Exports"])
        app.include_router(entities_router(runner, serving), tags=["IRIs"])
    app.include_router(operating_router(serving, observer, validators, budget))
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    allow_all_origins(app)
    return app
