"""What is killed is gone at once and takes nothing with it: queries, workers, the server itself."""

from __future__ import annotations

import os
import signal
import threading
import time
from select import select
from socket import MSG_PEEK
from typing import TYPE_CHECKING

import pytest

from process_tree import NEEDS_PROC, alive, cpu_seconds, cpu_until_idle, descendants, tree, until
from raw_http import connect, get, read_reply
from server_process import CROSS_PRODUCT, STREAM, check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from process_tree import Process
    from raw_http import Reply
    from server_process import Server

pytestmark = NEEDS_PROC

OK, BUSY, TOO_LATE, NO_MEMORY = 200, 503, 504, 507
ENDED = {signal.SIGTERM: [0], signal.SIGINT: [0, 130]}
WORK = 0.3
"""Processor seconds by which it is sure that a query runs."""

MEMORY_BOMB = "SELECT DISTINCT * { ?a <http://e/next> ?b . ?c <http://e/next> ?d } ORDER BY ?d"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_ring(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def server(data: str) -> Iterator[Server]:
    """One that kills nothing of itself within the time of a test."""
    with serving("--data", data, "--timeout", "60", "--memory-limit", "4GiB") as server:
        yield server


class Asking:
    """A query under way in a thread of its own."""

    def __init__(self, server: Server, query: str) -> None:
        self._reply: Reply | None = None
        self._begun = threading.Event()
        self._connection = connect(server.port)
        self._connection.sendall(get(query))
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        with self._connection, self._connection.makefile("rb") as stream:
            self._connection.recv(1, MSG_PEEK)
            self._begun.set()
            self._reply = read_reply(stream)

    def wait_for_bytes(self) -> None:
        """Wait until its answer has begun."""
        assert self._begun.wait(30), "no answer begins"

    def result(self) -> Reply | None:
        """Its answer; None where the connection was closed without one."""
        self._thread.join(30)
        assert not self._thread.is_alive(), "no answer came"
        return self._reply


def until_it_works(server: Server, before: float) -> None:
    until(lambda: cpu_seconds(server.pid) - before > WORK, "the query is at work")


def started(server: Server, query: str) -> socket:
    """A connection on which a query is at work, or has begun to answer and waits to be read."""
    before = cpu_seconds(server.pid)
    connection = connect(server.port)
    connection.sendall(get(query))
    until(
        lambda: cpu_seconds(server.pid) - before > WORK or select([connection], [], [], 0)[0],
        "the query is at work",
    )
    return connection


def busiest(server: Server) -> Process:
    """The worker that works hardest."""
    before: dict[int, float] = {}

    def work(process: Process) -> float:
        return process.cpu - before.setdefault(process.pid, process.cpu)

    until(lambda: max(map(work, workers(server)), default=0) > WORK, "a worker works")
    return max(workers(server), key=work)


def keeper(server: Server) -> Process:
    """The only child of the server, whose children the workers are."""
    (child,) = (each for each in descendants(server.pid) if each.parent == server.pid)
    return child


def workers(server: Server) -> list[Process]:
    """Those that answer queries, or wait for one."""
    parent = keeper(server).pid
    return [each for each in descendants(server.pid) if each.parent == parent]


@pytest.mark.parametrize("query", [CROSS_PRODUCT, STREAM], ids=["before-bytes", "after-bytes"])
def test_a_query_is_killed_at_its_deadline(query: str, server: Server) -> None:
    reply = server.query(query, "&timeout=0.5")
    assert (reply.status, reply.whole) in ((TOO_LATE, True), (OK, False))
    assert cpu_until_idle(server.pid) < 1
    server.check_health()


@pytest.mark.parametrize("query", [CROSS_PRODUCT, STREAM], ids=["before-bytes", "after-bytes"])
def test_a_query_is_killed_when_its_client_leaves(query: str, server: Server) -> None:
    started(server, query).close()
    assert cpu_until_idle(server.pid) < 1
    server.check_health()


def test_a_query_is_killed_when_its_client_leaves_at_once(server: Server) -> None:
    """Before it is even begun, or in the same moment."""
    for _ in range(20):
        with connect(server.port) as connection:
            connection.sendall(get(CROSS_PRODUCT))
    assert cpu_until_idle(server.pid) < 1
    server.check_health()


def test_a_query_that_needs_too_much_memory_is_killed(data: str) -> None:
    with serving("--data", data, "--timeout", "20", "--memory-limit", "128MiB") as server:
        for _ in range(2):
            check_problem(server.query(MEMORY_BOMB), [NO_MEMORY])
            assert cpu_until_idle(server.pid) < 1
            server.check_health()


def test_no_answer_is_lost_while_others_are_killed(server: Server) -> None:
    """Of the clients around a killed query none hears of it."""
    lost: list[Reply | None] = []
    over = threading.Event()

    def ask_and_ask() -> None:
        while not over.is_set():
            reply = server.query("SELECT ?o { <http://e/n7> <http://e/next> ?o }")
            if reply.outcome != OK or b"http://e/n8" not in reply.body:
                lost.append(reply)

    threads = [threading.Thread(target=ask_and_ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for query in (CROSS_PRODUCT, STREAM) * 3:
            assert server.query(query, "&timeout=0.2").outcome in (TOO_LATE, "cut")
            with connect(server.port) as connection:
                connection.sendall(get(query))
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert lost == []


def test_a_worker_that_dies_fails_its_own_query_only(server: Server) -> None:
    doomed = Asking(server, CROSS_PRODUCT)
    os.kill(busiest(server).pid, signal.SIGKILL)
    reply = doomed.result()
    assert reply
    check_problem(reply, [500])
    server.check_health()


def test_a_worker_that_dies_breaks_the_answer_it_had_begun(server: Server) -> None:
    doomed = Asking(server, STREAM)
    doomed.wait_for_bytes()
    os.kill(busiest(server).pid, signal.SIGKILL)
    reply = doomed.result()
    assert reply
    assert (reply.status, reply.whole) == (OK, False)
    server.check_health()


def test_idle_workers_that_die_are_replaced(server: Server) -> None:
    idle = workers(server)
    for worker in idle:
        os.kill(worker.pid, signal.SIGKILL)
    until(lambda: not any(map(alive, idle)), "the idle workers are gone")
    until(lambda: server.query("ASK {}").outcome == OK, "queries are answered again", safety=2)
    server.check_health()


def test_the_server_outlives_the_keeper_of_its_workers(data: str) -> None:
    with serving("--data", data, "--timeout", "20") as server:
        doomed = Asking(server, CROSS_PRODUCT)
        busiest(server)
        lost = descendants(server.pid)
        os.kill(keeper(server).pid, signal.SIGKILL)
        assert health(server, "live") == OK
        reply = doomed.result()
        assert reply
        assert reply.status >= 500
        until(lambda: not any(map(alive, lost)), "the workers of the dead keeper are gone")
        until(lambda: health(server, "ready") == OK, "it is ready again")
        server.check_health()


def health(server: Server, name: str) -> int:
    with connect(server.port) as connection, connection.makefile("rb") as stream:
        connection.sendall(f"GET /health/{name} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        reply = read_reply(stream)
    assert reply
    return reply.status


def test_health(server: Server) -> None:
    assert (health(server, "live"), health(server, "ready")) == (OK, OK)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_at_a_signal_it_finishes_what_runs_and_leaves_nothing(
    number: signal.Signals, data: str
) -> None:
    query = (
        "SELECT (COUNT(*) AS ?n) { ?a <http://e/next> ?b . ?c <http://e/next> ?d "
        "FILTER(STRLEN(CONCAT(STR(?a), STR(?d))) > 0) }"
    )
    with serving("--data", data, "--timeout", "20") as server:
        before = cpu_seconds(server.pid)
        running = Asking(server, query)
        until_it_works(server, before)
        processes = tree(server.pid)
        server.process.send_signal(number)
        reply = running.result()
        assert reply
        assert (reply.outcome, b'"4000000"' in reply.body) == (OK, True)
        assert server.process.wait(15) in ENDED[number]
        until(lambda: not any(map(alive, processes)), "all its processes are gone", safety=2)
        assert "Traceback" not in server.log.read_text()


def test_a_signal_is_heeded_as_soon_as_the_server_says_that_it_serves(data: str) -> None:
    with serving("--data", data) as server:
        server.process.terminate()
        assert server.process.wait(20) in (0, -signal.SIGTERM)


def test_at_a_signal_what_does_not_end_is_ended(data: str) -> None:
    with serving("--data", data, "--timeout", "60") as server:
        before = cpu_seconds(server.pid)
        endless = Asking(server, STREAM)
        until_it_works(server, before)
        processes = tree(server.pid)
        begun = time.monotonic()
        server.process.terminate()
        assert server.process.wait(20) == 0
        assert time.monotonic() - begun > 2, "what ran had no time to end"
        reply = endless.result()
        assert reply is None or not reply.whole
        until(lambda: not any(map(alive, processes)), "all its processes are gone", safety=2)


def test_who_still_waits_at_the_end_is_told(data: str) -> None:
    with serving("--data", data, "--timeout", "60", "--grace", "1") as server:
        before = cpu_seconds(server.pid)
        waiting = Asking(server, CROSS_PRODUCT)
        until_it_works(server, before)
        server.process.terminate()
        reply = waiting.result()
        assert reply
        check_problem(reply, [BUSY, NO_MEMORY])
        assert server.process.wait(15) == 0


def test_a_killed_server_leaves_nothing(data: str) -> None:
    with serving("--data", data, "--timeout", "60") as server:
        before = cpu_seconds(server.pid)
        connections = [connect(server.port) for _ in range(2)]
        for connection, query in zip(connections, (CROSS_PRODUCT, STREAM), strict=True):
            connection.sendall(get(query))
        until_it_works(server, before)
        processes = descendants(server.pid)
        assert processes
        server.process.kill()
        until(lambda: not any(map(alive, processes)), "all its processes are gone", safety=2)
        for connection in connections:
            connection.close()
