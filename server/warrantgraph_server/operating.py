"""What an operator asks the server: whether it lives, whether it is ready, and how it fares."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from warrantgraph_server.documentation import LIVE, METRICS, READY
from warrantgraph_server.routing import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from warrantgraph.engine.workers import WorkerPool
    from warrantgraph.validators import Validators
    from warrantgraph_server.observation import QueryObserver
    from warrantgraph_server.serving import Serving
    from warrantgraph_server.uploads import UploadBudget

__all__ = ["operating_router"]

_UNAVAILABLE: Final = 503
_NO_STORE: Final = {"Cache-Control": "no-store"}


def operating_router(
    serving: Serving, observer: QueryObserver, validators: Validators, budget: UploadBudget
) -> APIRouter:
    """The routes for operators."""
    router = APIRouter(tags=["Operation"])
    observer.registry.register(_State(serving))
    observer.registry.register(_Validations(validators, budget))

    @readable(router, "/health/live", "Whether the server lives", LIVE)
    async def live(request: Request) -> Response:
        del request
        return JSONResponse({"status": "live"}, headers=_NO_STORE)

    @readable(router, "/health/ready", "Whether queries can be answered", READY)
    async def ready(request: Request) -> Response:
        del request
        if not serving.ready:
            return JSONResponse({"status": "not ready"}, _UNAVAILABLE, _NO_STORE)
        version = serving.edition.version
        return JSONResponse({"status": "ready", "version": version}, headers=_NO_STORE)

    @readable(router, "/metrics", "Metrics for Prometheus", METRICS)
    async def metrics(request: Request) -> Response:
        del request
        return Response(
            generate_latest(observer.registry),
            headers={**_NO_STORE, "Content-Type": CONTENT_TYPE_LATEST},
        )

    return router


class _State(Collector):
    """Reads what the server is doing at the moment it is asked."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    def describe(self) -> list[Metric]:
        """Nothing beforehand: there is no engine yet when this is registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics of this moment."""
        yield GaugeMetricFamily(
            "warrantgraph_ready", "Whether queries can be answered", int(self._serving.ready)
        )
        if not self._serving.ready:
            return
        edition = self._serving.edition
        scheduler = edition.scheduler
        data = GaugeMetricFamily(
            "warrantgraph_data_info", "The data that is served", labels=["version", "engine"]
        )
        data.add_metric([edition.version, edition.plan.kind.value], 1)
        yield data
        yield GaugeMetricFamily(
            "warrantgraph_data_loaded_seconds",
            "How long ago the data was loaded",
            time.time() - edition.loaded,
        )
        if edition.release:
            yield GaugeMetricFamily(
                "warrantgraph_data_age_seconds",
                "How long ago the release was written",
                time.time() - edition.release.written,
            )
        lanes = (("short", scheduler.trials), ("long", scheduler.long))
        running = GaugeMetricFamily(
            "warrantgraph_queries_running", "Queries that run", labels=["lane"]
        )
        waiting = GaugeMetricFamily(
            "warrantgraph_queries_waiting", "Queries that wait", labels=["lane"]
        )
        for lane, queue in lanes:
            running.add_metric([lane], queue.held)
            waiting.add_metric([lane], queue.waiting)
        yield running
        yield waiting
        workers = GaugeMetricFamily("warrantgraph_workers", "Worker processes", labels=["state"])
        for state, count in scheduler.pool.counts.items():
            workers.add_metric([state], count)
        yield workers
        yield _kills("warrantgraph_workers_killed", scheduler.pool)


class _Validations(Collector):
    """Reads how validation fares at the moment it is asked."""

    def __init__(self, validators: Validators, budget: UploadBudget) -> None:
        self._validators = validators
        self._budget = budget

    def collect(self) -> Iterator[Metric]:
        """The metrics of this moment."""
        queue = self._validators.queue
        yield GaugeMetricFamily(
            "warrantgraph_validations_running", "Validations that run", queue.held
        )
        yield GaugeMetricFamily(
            "warrantgraph_validations_waiting", "Validations that wait", queue.waiting
        )
        yield GaugeMetricFamily(
            "warrantgraph_upload_bytes", "Bytes of uploads and reports held", self._budget.size
        )
        yield _kills("warrantgraph_validators_killed", self._validators.pool)


def _kills(name: str, pool: WorkerPool) -> Metric:
    kills = CounterMetricFamily(
        name, "Worker processes that were killed or died, by cause", labels=["cause"]
    )
    for cause, count in pool.kills.items():
        kills.add_metric([cause], count)
    return kills
