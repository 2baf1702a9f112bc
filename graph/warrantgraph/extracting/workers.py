"""Processes that extract, each with bounds on time and memory; one that ends is replaced."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from warrantgraph.errors import (
    ExtractionError,
    MemoryLimitError,
    ReleaseError,
    TimeLimitError,
    WorkCrashedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

__all__ = ["Limits", "Workers"]

_MOST_ARTICLES: Final = 1_000
"""After so many a process makes room for a new one: libraries keep every word they have met."""

_START: Final = 120.0
"""Seconds to load the extractor in."""


@dataclass(frozen=True)
class Limits:
    """What one article may take: seconds, and bytes of memory over what the extractor has."""

    seconds: float
    memory: int


class _Worker:
    """One process, seen from the one that asks it."""

    def __init__(self, targets: tuple[str, str, str], limits: Limits) -> None:
        self._limits = limits
        self.asked = 0
        self._late = False
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            # Without -P, a file of the folder that this was started in would be code.
            [
                *(sys.executable, "-P", "-m", "warrantgraph.extracting.worker"),
                *(*targets, str(limits.memory)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that Ctrl-C reaches the one that asks, and only that
        )
        self.name = ""

    def greet(self) -> None:
        """Wait until it is ready; raises ExtractionError, WorkStoppedError."""
        self.name = str(self._take(_START)["ready"])

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Have an article extracted; raises ExtractionError, WorkStoppedError."""
        self.asked += 1
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass  # it has ended, and says why
        return self._take(self._limits.seconds)

    def _take(self, seconds: float) -> dict[str, Any]:
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            assert self._process.stdout is not None  # noqa: S101 - it is a pipe
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise self._end(seconds)
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise ExtractionError(answer["refused"])
        if "memory" in answer:
            raise MemoryLimitError(self._limits.memory, "")
        if "unwritten" in answer:
            raise ReleaseError(f"cannot be written: {answer['unwritten']}")
        if "crash" in answer:
            raise WorkCrashedError(answer["crash"], "")
        return answer

    def _stop(self) -> None:
        self._late = True
        self.kill()

    def _end(self, seconds: float) -> Exception:
        code = self._process.wait()
        if self._late:
            return TimeLimitError(seconds, "")
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return MemoryLimitError(self._limits.memory, "")
        return WorkCrashedError(f"its process ended with code {code}", "")

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process, with all that it started."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self._process.kill()  # it has just ended, or just begun

    def close(self) -> None:
        """End the process, and reap it."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except BrokenPipeError:
                continue


class Workers:
    """So many processes, started when there is work for them.

    `targets` name what makes the extractor and the writer, as `module:name`, and the authority.
    The first process is started at once: raises ExtractionError or WorkStoppedError where the
    extractor cannot be loaded.
    """

    def __init__(self, jobs: int, targets: tuple[str, str, str], limits: Limits) -> None:
        self.jobs = jobs
        self._targets = targets
        self._limits = limits
        self._lock = threading.Lock()
        self._alive: set[_Worker] = set()
        self._closed = False
        self._executor = ThreadPoolExecutor(jobs, "extracting")
        self._idle: list[_Worker] = []
        try:
            self.extractor: str = self._executor.submit(self._first).result()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def submit(
        self, request: Mapping[str, Any], finish: Callable[[], object]
    ) -> Future[dict[str, Any]]:
        """Have an article extracted, and call `finish` as soon as it was.

        The result may raise ExtractionError, WorkStoppedError, and what `finish` raises.
        """
        return self._executor.submit(self._work, request, finish)

    def close(self) -> None:
        """End all processes at once, whatever they are at."""
        with self._lock:
            self._closed = True
            for worker in self._alive:
                worker.kill()
        self._executor.shutdown(cancel_futures=True)
        for worker in self._alive:
            worker.close()

    def _first(self) -> str:
        worker = self._start()
        self._idle.append(worker)
        return worker.name

    def _start(self) -> _Worker:
        """Start a process.

        Always in a thread of the executor: the system ends a process together with the thread that
        started it.
        """
        with self._lock:
            if self._closed:
                raise WorkCrashedError("stopped", "")
            worker = _Worker(self._targets, self._limits)
            self._alive.add(worker)
        try:
            worker.greet()
        except BaseException:
            self._retire(worker)
            raise
        return worker

    def _retire(self, worker: _Worker) -> None:
        with self._lock:
            self._alive.discard(worker)
        worker.close()

    def _work(self, request: Mapping[str, Any], finish: Callable[[], object]) -> dict[str, Any]:
        answer = self._ask(request)
        finish()
        return answer

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or self._start()
        is_sound = False
        try:
            answer = worker.ask(request)
            is_sound = True
        except (ExtractionError, ReleaseError, WorkCrashedError):
            is_sound = worker.is_alive
            raise
        finally:
            if is_sound and worker.asked < _MOST_ARTICLES:
                with self._lock:
                    self._idle.append(worker)
            else:
                self._retire(worker)
        return answer
