"""The server under test: `warrantgraph serve` in a process of its own, over real sockets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from process_tree import alive, descendants
from raw_http import get, request

if TYPE_CHECKING:
    from collections.abc import Container, Generator

    from raw_http import Reply

__all__ = [
    "CROSS_PRODUCT",
    "RING",
    "STREAM",
    "Server",
    "check_problem",
    "serving",
    "write_ring",
]

RING = 2_000
"""Nodes of the data: each leads to the next, the last to the first."""

CROSS_PRODUCT = (
    "SELECT * { ?a <http://e/next> ?b . ?c <http://e/next> ?d . ?e <http://e/next> ?f } ORDER BY ?f"
)
"""Works long before the first byte of its answer: 8,000,000,000 rows are to be sorted."""

STREAM = "SELECT * { ?a <http://e/next> ?b . ?c <http://e/next> ?d . ?e <http://e/next> ?f }"
"""The same rows, unsorted: an answer that begins at once and never seems to end."""


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    address: str
    log: Path
    logged: int = 0
    """Bytes of the log that have been looked at."""

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def pid(self) -> int:
        return self.process.pid

    def query(self, text: str, parameters: str = "", source: str = "") -> Reply:
        """Ask by GET on a connection of its own."""
        reply = request(self.port, get(text, parameters, "Connection: close\r\n"), source)
        assert reply, "the connection was closed without an answer"
        return reply

    def check_health(self) -> None:
        """The same process answers a new client, rightly."""
        assert self.process.poll() is None, "the server has ended"
        reply = self.query("ASK {}")
        assert (reply.outcome, json.loads(reply.body)) == (200, {"head": {}, "boolean": True})
        log = self.log.read_bytes()
        told, self.logged = log[self.logged :].decode(errors="replace"), len(log)
        assert "Traceback" not in told, told[-3000:]


@contextmanager
def serving(*arguments: str) -> Generator[Server]:
    """Start the command on a free port; at the end it and all its processes are killed."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "warrantgraph", "serve", "--port", "0", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert process.stdout
        try:
            line = process.stdout.readline()
            assert line.startswith("Serving on http://127.0.0.1:"), line + log.read_text()
            yield Server(process, line.split()[2], log)
        finally:
            children = descendants(process.pid)
            process.kill()
            process.communicate()
            for child in children:
                if alive(child):
                    with suppress(ProcessLookupError):
                        os.kill(child.pid, signal.SIGKILL)


def write_ring(folder: Path) -> str:
    """Write the data of most tests: a ring of nodes, each with its number; the file's name."""
    file = folder / "ring.nt"
    lines = (
        f"<http://e/n{each}> <http://e/next> <http://e/n{(each + 1) % RING}> .\n"
        f'<http://e/n{each}> <http://e/number> "{each}" .\n'
        for each in range(RING)
    )
    file.write_text("".join(lines), encoding="utf-8")
    return str(file)


def check_problem(reply: Reply, statuses: Container[int | str]) -> dict[str, object]:
    """It is a problem document (RFC 9457) with one of these statuses; its members."""
    assert reply.outcome in statuses, reply.body[:300]
    assert reply.headers["content-type"] == "application/problem+json"
    problem: dict[str, object] = json.loads(reply.body)
    assert problem["status"] == reply.status
    assert {"type", "title", "detail"} <= problem.keys()
    assert "Traceback" not in reply.body.decode()
    return problem
