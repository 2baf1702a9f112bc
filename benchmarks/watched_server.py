"""A server of its own for a benchmark, and what its processes use, from Linux's /proc."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["Server", "ask", "is_alive", "private_memory", "serving"]

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_DEAD = "ZX"
_SECONDS_TO_END = 30


@dataclass(frozen=True)
class Server:
    """A running server: its process and its port."""

    pid: int
    port: int

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is opened by its first request, and kept."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def processor_seconds(self) -> dict[int, float]:
        """What each of its living processes has used, by process, but the server itself."""
        parents: dict[int, int] = {}
        used: dict[int, float] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            fields = _fields(path)
            if fields and fields[0] not in _DEAD:
                pid = int(path.parent.name)
                parents[pid] = int(fields[1])
                used[pid] = (int(fields[11]) + int(fields[12])) / _TICK
        family = {self.pid}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        return {pid: used[pid] for pid in family if pid in used and pid != self.pid}

    def wait_for_rest(self, quiet: float = 0.2) -> float:
        """Wait until its processes have rested so long; when that began (`perf_counter`)."""
        while True:
            begun = time.perf_counter()
            before = sum(self.processor_seconds().values())
            time.sleep(quiet)
            if sum(self.processor_seconds().values()) - before <= quiet / 10:
                return begun


def _fields(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def serving(*arguments: str) -> Generator[Server]:
    """Start `warrantgraph serve` on a free port; ends it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "warrantgraph", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith("Serving on "):
            sys.exit("the server does not start")
        yield Server(process.pid, int(line.split()[2].rpartition(":")[2]))
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(
    connection: http.client.HTTPConnection, query: str, parameters: str = ""
) -> tuple[int, bytes]:
    """The status and the body of the answer."""
    connection.request("GET", f"/sparql?query={quote(query)}{parameters}")
    response = connection.getresponse()
    return response.status, response.read()


def is_alive(pid: int) -> bool:
    """Whether a process runs."""
    fields = _fields(Path(f"/proc/{pid}/stat"))
    return bool(fields) and fields[0] not in _DEAD


def private_memory(pid: int) -> int:
    """Bytes of private writable memory, which is what the server bounds; 0 once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[5]) * _PAGE
