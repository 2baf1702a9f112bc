"""Worker processes as the server sees them: taken for a request, given back, or killed.

Everything here runs on the event loop of the server.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections import Counter
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.workers.clock import ProcessorClock
from warrantgraph.engine.workers.connection import Worker
from warrantgraph.engine.workers.launching import KeeperProcess
from warrantgraph.errors import WarrantgraphError

if TYPE_CHECKING:
    from warrantgraph.engine.workers.launching import KeeperPlan

__all__ = ["WorkerPool"]

_log = logging.getLogger(__name__)

_SECONDS_BETWEEN_RESTARTS: Final = 1
_LONGEST_READ: Final = 64 * 1024


class WorkerPool:
    """Keeps idle workers at hand, and replaces those that were killed or died.

    Where the keeper itself dies, its workers die with it; a new one is started, and until it has
    loaded the data no worker is to be had. Without a keeper, one is started for the first worker.
    """

    def __init__(self, plan: KeeperPlan, keeper: KeeperProcess | None, *, spares: int) -> None:
        self._plan = plan
        self._keeper = keeper
        self._spares = spares
        self._idle: list[Worker] = []
        self._workers: dict[int, Worker] = {}
        self._last_number = 0
        self._unread = b""
        self._ready = asyncio.Event()
        self._wanted = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False
        self._starting = False
        self._pause = 0
        """Seconds before the next spares: some died idle, and others may at once."""
        self.kills: Counter[str] = Counter()
        """How many workers were killed or died, by cause."""

    @property
    def ready(self) -> bool:
        """Whether workers are to be had."""
        return self._ready.is_set()

    @property
    def counts(self) -> dict[str, int]:
        """How many workers there are, idle and busy."""
        return {"idle": len(self._idle), "busy": len(self._workers) - len(self._idle)}

    def start(self) -> None:
        """Begin; on the event loop that the pool is used on."""
        if self._keeper:
            self._attach(self._keeper)
        self._tasks.append(asyncio.create_task(self._fork_ahead()))

    async def take(self) -> Worker:
        """A worker that nobody else uses; waits while a keeper is started."""
        if self._keeper is None and not self._starting:
            self._start_keeper()
        while True:
            await self._ready.wait()
            worker = self._idle.pop() if self._idle else await self._fork()
            if worker is not None and worker.alive:
                return worker

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next query, unless it was lowered or there are enough."""
        if self._closed or worker.lowered or self._fit() > self._spares:
            worker.close()
        elif not worker.exit_code.done():
            self._idle.append(worker)

    def kill(self, worker: Worker, cause: str) -> None:
        """End a worker and what it does, now."""
        self.kills[cause] += 1
        worker.close()
        self._command("kill", worker.number)

    def lower(self, worker: Worker) -> None:
        """Let a worker run when nothing else wants to; it is not used for another query."""
        if not worker.lowered:
            worker.lowered = True
            self._command("lower", worker.number)
            self._wanted.set()

    async def close(self) -> None:
        """End every worker and the keeper."""
        self._closed = True
        keeper = self._detach()
        for task in self._tasks:
            task.cancel()
        for worker in self._workers.values():
            worker.close()
        if keeper:
            await asyncio.to_thread(keeper.end)

    def _attach(self, keeper: KeeperProcess) -> None:
        self._keeper = keeper
        asyncio.get_running_loop().add_reader(keeper.control, self._hear, keeper)
        self._ready.set()
        self._wanted.set()

    def _detach(self) -> KeeperProcess | None:
        self._ready.clear()
        keeper, self._keeper = self._keeper, None
        if keeper:
            asyncio.get_running_loop().remove_reader(keeper.control)
        return keeper

    def _hear(self, keeper: KeeperProcess) -> None:
        """Read what the keeper tells: which workers ended. Its silence is its end."""
        try:
            data = keeper.control.recv(_LONGEST_READ, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            self._lose_keeper()
            return
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            event, number, value = line.split()
            if event == b"exited":
                self._bury(int(number), int(value))
            elif worker := self._workers.get(int(number)):
                worker.clock = ProcessorClock(int(value))

    def _bury(self, number: int, code: int) -> None:
        worker = self._workers.pop(number, None)
        if worker is None:
            return  # who asked for it left before it was there
        if worker in self._idle:
            self._idle.remove(worker)
            self._pause = _SECONDS_BETWEEN_RESTARTS
        worker.close()
        worker.exit_code.set_result(code)
        self._wanted.set()

    def _lose_keeper(self) -> None:
        lost = self._detach()
        for number in list(self._workers):
            self._bury(number, -signal.SIGKILL)
        _log.error("the process that holds the data ended; starting it anew")
        self._start_keeper(lost)

    def _start_keeper(self, lost: KeeperProcess | None = None) -> None:
        self._starting = True
        self._tasks.append(asyncio.create_task(self._load_keeper(lost)))

    async def _load_keeper(self, lost: KeeperProcess | None) -> None:
        """Start a keeper, in the place of one that was lost if there was one."""
        if lost:
            await asyncio.to_thread(lost.end)
        while not self._closed:
            try:
                keeper = await asyncio.to_thread(KeeperProcess.start, self._plan)
            except (WarrantgraphError, OSError) as error:
                _log.error("the data could not be loaded: %s", error)
                await asyncio.sleep(_SECONDS_BETWEEN_RESTARTS)
            else:
                self._unread, self._starting = b"", False
                self._attach(keeper)
                return

    def _command(self, command: str, number: int, *descriptors: int) -> bool:
        if self._keeper is None:
            return False
        line = f"{command} {number}\n".encode()
        try:
            socket.send_fds(self._keeper.control, [line], list(descriptors))
        except OSError:
            return False  # the keeper is gone; `_hear` finds out
        return True

    async def _fork(self) -> Worker | None:
        """Ask for a worker; it can be written to at once, and answers when it is there."""
        self._last_number += 1
        number = self._last_number
        ours, theirs = socket.socketpair()
        # Known before anything is awaited: it may end, or whoever asked may leave, meanwhile.
        worker = self._workers[number] = Worker(number, ours)
        with theirs:
            asked = self._command("fork", number, theirs.fileno())
        if not asked:
            del self._workers[number]
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: worker, sock=ours)
        if not asked or not self._ready.is_set():
            worker.close()
            return None
        return worker

    def _fit(self) -> int:
        """How many workers are idle, or will be used again."""
        return sum(not worker.lowered for worker in self._workers.values())

    async def _fork_ahead(self) -> None:
        """Keep spare workers, so that no query waits for a fork."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await asyncio.sleep(self._pause)
            self._pause = 0
            try:
                while self._ready.is_set() and self._fit() < self._spares:
                    worker = await self._fork()
                    if worker is None:
                        break
                    self._idle.append(worker)
            except OSError as error:  # no descriptor is free: the next query asks again
                _log.error("no worker could be made ready: %s", error)
