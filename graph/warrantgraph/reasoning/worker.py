"""Run one reasoning task in a process of its own, within a time limit.

owlready2 keeps global state, leaves temporary files behind when HermiT fails, and waits for
Java without limit; a JVM inside our process could not be stopped or started again. So each
task runs as `python -m warrantgraph.reasoning.<worker> FOLDER`: it finds `request.json` and
the graph there, and leaves `response.json`. The folder is the worker's temporary folder too,
and goes away with everything in it. A worker holds a pipe from its parent: when that ends, however
it ends, the worker ends too, and its Java.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warrantgraph.errors import ReasonerError

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = [
    "GRAPH_FILE",
    "REQUEST_FILE",
    "RESPONSE_FILE",
    "Task",
    "end_with_parent",
    "run_task",
]

GRAPH_FILE = "graph.nt"
"""The graph, in N-Triples: the one syntax that owlready2 and OWL API both read well."""

REQUEST_FILE = "request.json"
RESPONSE_FILE = "response.json"


@dataclass(frozen=True)
class Task:
    """What to run: a worker module, what it is asked, and how long it may take."""

    worker: str
    title: str
    request: dict[str, str]
    seconds: float


def run_task(task: Task, graph: Graph) -> dict[str, Any]:
    """Run the task on the graph and return the worker's answer.

    Raises:
        ReasonerError: when the worker takes too long or ends without an answer.
    """
    # Java may still hold a file for a moment after it was killed, where files can be locked.
    with tempfile.TemporaryDirectory(prefix="warrantgraph-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        lines = graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)
        (folder / GRAPH_FILE).write_bytes(b"".join(sorted(lines)))
        (folder / REQUEST_FILE).write_text(json.dumps(task.request), encoding="utf-8")
        noise = _run(task, folder)
        try:
            answer: dict[str, Any] = json.loads((folder / RESPONSE_FILE).read_bytes())
        except (FileNotFoundError, ValueError):
            raise ReasonerError(
                f"{task.title} ended without an answer: {_last_line(noise)}"
            ) from None
        return answer


def _run(task: Task, folder: Path) -> str:
    # -P keeps the user's folder off the module path: a stray `rdflib.py` there must not load.
    command = [sys.executable, "-P", "-m", f"warrantgraph.reasoning.{task.worker}", str(folder)]
    its_end, our_end = os.pipe()
    process = subprocess.Popen(  # noqa: S603  (our own module, our own folder)
        command,
        stdin=its_end,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)},
        start_new_session=True,
    )
    os.close(its_end)
    try:
        output, _ = process.communicate(timeout=task.seconds)
    except subprocess.TimeoutExpired:
        raise ReasonerError(f"{task.title} did not finish within {task.seconds:g} s") from None
    finally:
        _kill_with_children(process)
        os.close(our_end)
    return output.decode("utf-8", errors="replace")


def _kill_with_children(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    # The worker leads a session of its own, so its process group is the worker and its Java.
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def end_with_parent(folder: Path) -> None:
    """Have this worker, its Java and its folder go when the process that started it ends."""

    def wait() -> None:
        os.read(sys.stdin.fileno(), 1)  # nothing is ever written: this returns at the pipe's end
        shutil.rmtree(folder, ignore_errors=True)
        if sys.platform != "win32" and os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _last_line(noise: str) -> str:
    lines = [line.strip() for line in noise.splitlines() if line.strip()]
    return lines[-1] if lines else "no output"
