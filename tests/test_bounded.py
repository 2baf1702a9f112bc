"""Work in a process of its own: what it hands back, and each way in which it can end badly."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from warrantgraph.bounded import Bounds, run_bounded
from warrantgraph.errors import MemoryLimitError, TimeLimitError, WorkCrashedError

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1 << 20

WORK = """
import ctypes, os, subprocess, sys, time

def answer(arguments, tell):
    tell("reading " + arguments["name"])
    tell("thinking")
    return f"hello {arguments['name']}".encode()

def read(arguments, tell):
    return str(len(sys.stdin.buffer.read())).encode()

def sleep(arguments, tell):
    child = subprocess.Popen(["sleep", "1000"])
    tell(str(child.pid))
    time.sleep(1000)

def allocate(arguments, tell):
    tell("filling")
    return bytes(8 << 30)

def overflow(arguments, tell):
    tell("nesting")
    import pyoxigraph
    text = "@prefix : <urn:> . :a :b " + "[ :c " * 5_000_000
    list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))

def segfault(arguments, tell):
    tell("falling")
    ctypes.string_at(0)

def recurse(arguments, tell):
    def inner(): inner()
    inner()

def fail(arguments, tell):
    raise ValueError("no such thing")

def length(arguments, tell):
    return str(len(arguments["name"])).encode()

def leave(arguments, tell):
    os._exit(7)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "bounded_work.py").write_text(WORK)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "bounded_work"


def test_result_and_steps_come_back(module: str) -> None:
    steps: list[str] = []
    done = run_bounded(f"{module}:answer", {"name": "Ü"}, Bounds(60), on_step=steps.append)
    assert done.decode() == "hello Ü"
    assert steps == ["reading Ü", "thinking"]


def test_standard_input_is_handed_on(module: str) -> None:
    given = io.BytesIO(b"x" * 300_000)
    assert run_bounded(f"{module}:read", {}, Bounds(60), standard_input=given) == b"300000"
    assert run_bounded(f"{module}:read", {}, Bounds(60)) == b"0"


def test_work_that_leaves_its_input_unread_is_no_error(module: str) -> None:
    given = io.BytesIO(b"x" * 3_000_000)
    done = run_bounded(f"{module}:answer", {"name": "a"}, Bounds(60), standard_input=given)
    assert done == b"hello a"


def test_late_work_is_killed_with_all_that_it_started(module: str) -> None:
    started: list[int] = []
    with pytest.raises(TimeLimitError, match=r"stopped after 2 s, the time it had, while \d+"):
        run_bounded(f"{module}:sleep", {}, Bounds(2), on_step=lambda pid: started.append(int(pid)))
    (pid,) = started
    gone = threading.Event()
    while not gone.is_set():  # the system reaps it in its own time
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            gone.set()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_memory_is_bounded(module: str) -> None:
    with pytest.raises(MemoryLimitError, match=r"more memory .* 200 MiB, while filling"):
        run_bounded(f"{module}:allocate", {}, Bounds(60, 200 * MIB))


@pytest.mark.parametrize(
    ("work", "message"),
    [
        ("segfault", "deeper than the libraries can follow, while falling"),
        ("recurse", "deeper than the libraries can follow"),
        ("fail", r"ValueError\('no such thing'\)"),
        ("leave", "ended with code 7"),
        ("missing", "AttributeError"),
    ],
)
def test_a_crash_is_an_error_that_says_what_it_was_at(module: str, work: str, message: str) -> None:
    with pytest.raises(WorkCrashedError, match=message):
        run_bounded(f"{module}:{work}", {}, Bounds(60))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_nesting_ends_the_work_and_not_us(module: str) -> None:
    with pytest.raises((WorkCrashedError, MemoryLimitError), match="while nesting"):
        run_bounded(f"{module}:overflow", {}, Bounds(60, 2048 * MIB))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_parts_of_the_work_end_with_it() -> None:
    script = (
        "import os, time\n"
        "from warrantgraph.validation.parallel import in_processes\n"
        "def work(part, parts):\n"
        "    os.write(1, b'x')\n"
        "    time.sleep(1000)\n"
        "in_processes(work, 3)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert [process.stdout.read(1) for _ in range(3)] == [b"x"] * 3
        process.kill()
        assert process.communicate(timeout=30) == (b"", None)  # all that held the pipe are gone


def test_arguments_may_be_long(module: str) -> None:
    name = "x" * 1_000_000
    assert run_bounded(f"{module}:length", {"name": name}, Bounds(60)) == b"1000000"


def test_arguments_are_data(module: str) -> None:
    arguments: dict[str, Any] = {"name": "'; raise SystemExit #"}
    assert run_bounded(f"{module}:answer", arguments, Bounds(60)).endswith(b"SystemExit #")
