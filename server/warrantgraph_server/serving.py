"""What is being served: a release or files, the engine over it, and how one follows another."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.engine.workers import (
    EngineKind,
    KeeperProcess,
    Lanes,
    OpeningPlan,
    Request,
    Scheduler,
    WorkerPool,
    plan_opening,
)
from warrantgraph.errors import ReleaseError
from warrantgraph.namespaces import VOID_GRAPH
from warrantgraph.release import Release
from warrantgraph.void import VOID_FILE

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from warrantgraph_server.settings import Settings

__all__ = ["Edition", "Serving"]

_log = logging.getLogger(__name__)

_SECONDS_FOR_FIRST_ANSWER: Final = 30.0


@dataclass(eq=False)
class Edition:
    """One release, or the files of `--data`, and the engine over it."""

    plan: OpeningPlan
    release: Release | None
    scheduler: Scheduler
    loaded: float = field(default_factory=time.time)
    _users: int = 0
    _unused: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def version(self) -> str:
        """What identifies the data: the version of the release, or that it is files."""
        return self.release.manifest.version if self.release else "files"

    def __enter__(self) -> Edition:
        """Keep the edition open; it is closed once nobody uses it and another is served."""
        self._users += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._users -= 1
        if not self._users:
            self._unused.set()

    async def unused(self) -> None:
        """Wait until nobody uses it."""
        while self._users:
            self._unused.clear()
            await self._unused.wait()


class Serving:
    """Holds the edition that is served now."""

    def __init__(self, settings: Settings) -> None:
        """Load what the settings name, and wait until it is loaded.

        Raises:
            ReleaseError, MissingFileError, InputError: it cannot be loaded.
        """
        self.settings = settings
        self._release = Release.open(settings.release) if settings.release else None
        self._plan = self._make_plan(self._release)
        self._keeper: KeeperProcess | None = KeeperProcess.start(self._plan)
        self._edition: Edition | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._editions: set[Edition] = set()
        self._look = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._refused: Path | None = None
        self._told = ""
        """Why the last look found no release to take up, as the log has it."""

    @property
    def has_release(self) -> bool:
        """Whether it is a release that is served, with exports and pages."""
        return self._release is not None

    @property
    def edition(self) -> Edition:
        """The edition that is served now; use it in a `with`, for as long as it is needed."""
        if self._edition is None:
            raise LookupError("the server has not started")
        return self._edition

    @property
    def release(self) -> Release:
        """The release that is served now."""
        release = self.edition.release if self._edition else self._release
        if release is None:
            raise LookupError("no release is served, but files")
        return release

    @property
    def ready(self) -> bool:
        """Whether queries can be answered."""
        return self._edition is not None and self._edition.scheduler.pool.ready

    async def start(self) -> None:
        """Begin to answer, on the event loop of the server."""
        self._loop = asyncio.get_running_loop()
        if self._keeper is None:
            self._keeper = await asyncio.to_thread(KeeperProcess.start, self._plan)
        self._edition = self._open(self._plan, self._release, self._keeper)
        self._keeper = None
        if self._release:
            self._spawn(self._follow())

    async def stop(self) -> None:
        """End every engine."""
        for task in self._tasks:
            task.cancel()
        self._edition = None
        for edition in self._editions:
            await edition.scheduler.pool.close()

    def look_for_release(self) -> None:
        """Look now whether there is a new current release; may be called by a signal handler."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._look.set)
        else:
            self._look.set()

    def _make_plan(self, release: Release | None) -> OpeningPlan:
        settings = self.settings
        files = (release.dataset,) if release else settings.data
        void = release.folder / VOID_FILE if release else None
        kind, endpoint = plan_opening(files, engine=settings.engine)
        return OpeningPlan(
            kind=kind,
            files=() if kind is EngineKind.REMOTE else files,
            apart=((void, str(VOID_GRAPH)),) if void and void.is_file() else (),
            union=release is not None,
            folder=settings.engine_folder,
            endpoint=endpoint,
            allowed_services=settings.allow_service,
            memory=settings.memory_limit,
        )

    def _open(self, plan: OpeningPlan, release: Release | None, keeper: KeeperProcess) -> Edition:
        trials = max(2, 2 * (os.cpu_count() or 1))
        pool = WorkerPool(plan, keeper, spares=trials)
        pool.start()
        lanes = Lanes(
            trials=trials,
            trial_places=self.settings.connections,
            slots=self.settings.slots,
            places=self.settings.queue,
            queue_seconds=self.settings.queue_timeout,
        )
        edition = Edition(plan, release, Scheduler(pool, lanes))
        self._editions.add(edition)
        return edition

    async def _follow(self) -> None:
        """Serve each new current release; one that cannot be served is told, and left alone."""
        pause = self.settings.watch or None
        while True:
            try:
                async with asyncio.timeout(pause):
                    await self._look.wait()
                self._refused, self._told = None, ""
            except TimeoutError:
                pass
            self._look.clear()
            await self._take_up()

    async def _take_up(self) -> None:
        try:
            release = Release.open(self.settings.release or self.release.folder)
            if release.folder in (self.release.folder, self._refused):
                return
            self._refused = release.folder
            self._replace(await self._load(release))
        except Exception as error:  # else no release after it would ever be taken up
            if str(error) != self._told:
                _log.error("the release %s goes on: %s", self.edition.version, error)
            self._told = str(error)

    async def _load(self, release: Release) -> Edition:
        """Load a release beside the one that is served, and have it answer once."""
        await asyncio.to_thread(release.verify)
        plan = self._make_plan(release)
        keeper = await asyncio.to_thread(KeeperProcess.start, plan)
        edition = self._open(plan, release, keeper)
        try:
            request = Request("ASK { ?s ?p ?o }", seconds=_SECONDS_FOR_FIRST_ANSWER)
            with await edition.scheduler.evaluate(request) as answer:
                if b"true" not in await answer.read():
                    raise ReleaseError(f"the release {release.manifest.version} is empty")
        except BaseException:
            await self._retire(edition)
            raise
        return edition

    def _replace(self, edition: Edition) -> None:
        last, self._edition = self.edition, edition
        _log.warning("serving release %s after %s", edition.version, last.version)
        self._spawn(self._retire(last))

    async def _retire(self, edition: Edition) -> None:
        """Close an edition once what runs on it has ended."""
        await edition.unused()
        self._editions.discard(edition)
        await edition.scheduler.pool.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
