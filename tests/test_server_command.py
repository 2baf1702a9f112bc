"""The verb `serve` as a process: it answers, it ends cleanly, it fails in one sentence."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

DATA = Path(__file__).parent / "cases/protocol/data.trig"
COMMAND = [sys.executable, "-m", "warrantgraph", "serve"]
ASK = "/sparql?query=ASK%20%7B%7D"


@contextmanager
def serving(*arguments: str) -> Generator[tuple[subprocess.Popen[str], str]]:
    """Start the command on a free port; the process and its address."""
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line.startswith("Serving on http://127.0.0.1:"), line
        yield process, line.split()[2]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_ends_at_a_signal(number: signal.Signals) -> None:
    with serving("--data", str(DATA)) as (process, address):
        response = httpx.get(address + ASK, timeout=60)
        assert response.json() == {"head": {}, "boolean": True}
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
    assert "Traceback" not in error
    assert process.returncode in (0, 130)


def test_several_files_follow_one_option(tmp_path: Path) -> None:
    more = tmp_path / "more.nt"
    more.write_text('<http://e/a> <http://e/b> "more" .\n', encoding="utf-8")
    with serving("--data", str(DATA), str(more)) as (_, address):
        query = "ASK { ?s ?p 'more' . ?t ?q 'in the default graph'@en }"
        assert httpx.post(address + "/sparql", data={"query": query}).json()["boolean"]


def fails(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_a_busy_port_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, error = fails("--port", port, "--data", str(DATA))
    assert code == 3
    assert error == (
        f"Error: cannot listen on 127.0.0.1 port {port}: address already in use; "
        "choose another with --port or WARRANTGRAPH_PORT\n"
    )


def test_a_host_that_is_not_ours_is_a_sentence() -> None:
    code, error = fails("--host", "192.0.2.1", "--data", str(DATA))
    assert code == 3
    assert error.startswith("Error: cannot listen on 192.0.2.1 port 8000: ")
    assert error.endswith("; choose another with --host\n")


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("--port", "99999"),
        ("--timeout", "nan"),
        ("--timeout", "0"),
        ("--connections", "0"),
        ("--workers", "0"),
        ("--max-rows", "0"),
        ("--memory-limit", "1MiB"),
        ("--allow-service", "here"),
        ("--watch", "-1"),
    ],
)
def test_a_value_that_cannot_be_meant_is_wrong_use(flag: str, value: str) -> None:
    code, error = fails("--data", str(DATA), flag, value)
    assert code == 2
    assert flag in error


def test_a_log_that_cannot_be_written_is_a_sentence() -> None:
    code, error = fails("--port", "0", "--data", str(DATA), "--query-log", "/none/here.log")
    assert (code, error) == (
        3,
        "Error: cannot write to /none/here.log: no such file or directory; "
        "choose another with --query-log\n",
    )


def test_a_missing_file_is_a_sentence() -> None:
    code, error = fails("--port", "0", "--data", "none.ttl")
    assert (code, error) == (3, "Error: none.ttl: no such file\n")


def test_a_missing_release_is_a_sentence(tmp_path: Path) -> None:
    code, error = fails("--port", "0", "--release", str(tmp_path))
    assert code == 3
    assert "there is no release" in error


def test_wrong_use() -> None:
    assert fails("one.ttl")[0] == 2
    assert fails("--data", "one.ttl", "--release", "release")[0] == 2
