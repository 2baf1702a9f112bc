"""More queries than the server runs at once: some wait, some are told so, and light ones pass."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from process_tree import NEEDS_PROC, cpu_seconds, cpu_until_idle, descendants, until
from raw_http import connect, get, read_reply
from server_process import CROSS_PRODUCT, STREAM, check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raw_http import Reply
    from server_process import Server

pytestmark = NEEDS_PROC

OK, BUSY, TOO_LATE = 200, 503, 504
GREEDY, MODEST = "127.0.0.1", "127.0.0.2"
WORK = 0.08
"""Seconds of processor time after which a query is at work, on however busy a machine."""
ROWS = CROSS_PRODUCT.partition("{")[2].partition("}")[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_ring(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def narrow(data: str) -> Iterator[Server]:
    """One long query at a time; two may wait."""
    with serving("--data", data, "--timeout", "2.5", "--workers", "1", "--queue", "2") as server:
        yield server


def hostile(number: int) -> str:
    """A query that ends at its deadline, and is like no other."""
    return f"SELECT (MAX(SHA1(CONCAT(STR(?a), STR(?d), STR(?f)))) AS ?n) {{ {ROWS} }} # {number}"


def check_busy(reply: Reply) -> None:
    check_problem(reply, [BUSY])
    assert int(reply.headers["retry-after"]) > 0


def test_who_finds_no_place_is_told_when_to_come_again(narrow: Server) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(narrow.query, map(hostile, range(8))))
    busy = [reply for reply in replies if reply.status == BUSY]
    late = [reply for reply in replies if reply.status == TOO_LATE]
    assert len(busy) + len(late) == 8, [reply.status for reply in replies]
    assert len(busy) >= 3
    assert late
    for reply in busy:
        check_busy(reply)
    for reply in late:
        check_problem(reply, [TOO_LATE])
    assert cpu_until_idle(narrow.pid) < 1
    narrow.check_health()


def test_who_waits_and_leaves_gives_up_the_place(narrow: Server) -> None:
    before = cpu_seconds(narrow.pid)
    running = connect(narrow.port)
    running.sendall(get(hostile(10), "&timeout=2.4"))
    until(lambda: cpu_seconds(narrow.pid) - before > WORK, "the first query is at work")
    for number in range(10):
        with connect(narrow.port) as waiting:
            waiting.sendall(get(hostile(20 + number)))
    running.close()
    assert cpu_until_idle(narrow.pid) < 2
    assert narrow.query(hostile(40), "&timeout=0.3").status == TOO_LATE


def test_one_client_cannot_keep_another_out(data: str) -> None:
    """The greedy one fills the queue; the modest one still has its turn, and not the last."""
    with serving("--data", data, "--timeout", "0.7", "--workers", "1", "--queue", "4") as server:
        ended: list[tuple[str, int]] = []
        lock = threading.Lock()

        def ask(number: int, source: str) -> None:
            reply = server.query(hostile(number), source=source)
            with lock:
                ended.append((source, reply.status))

        with ThreadPoolExecutor(9) as pool:
            before = cpu_seconds(server.pid)
            for number in range(8):
                pool.submit(ask, number, GREEDY)
            until(lambda: cpu_seconds(server.pid) - before > WORK, "the greedy one is at work")
            until(lambda: (GREEDY, BUSY) in ended, "the queue is full")
            pool.submit(ask, 100, MODEST)
    assert (MODEST, TOO_LATE) in ended, ended
    assert ended.index((MODEST, TOO_LATE)) < len(ended) - 1


def test_light_queries_pass_by_hostile_ones(data: str) -> None:
    with serving("--data", data, "--timeout", "30", "--workers", "2", "--queue", "16") as server:
        before = cpu_seconds(server.pid)
        crowd = [connect(server.port) for _ in range(8)]
        for number, connection in enumerate(crowd):
            query = STREAM if number % 2 else CROSS_PRODUCT
            connection.sendall(get(f"{query} # {number}"))
        until(lambda: cpu_seconds(server.pid) - before > WORK, "hostile queries are at work")
        begun = time.monotonic()
        with connect(server.port) as connection, connection.makefile("rb") as stream:
            for number in range(200):
                connection.sendall(
                    get(f"SELECT ?o {{ <http://e/n{number}> <http://e/number> ?o }}")
                )
                reply = read_reply(stream)
                assert reply
                assert (reply.outcome, f'"{number}"'.encode() in reply.body) == (OK, True)
        took = time.monotonic() - begun
        for connection in crowd:
            connection.close()
        assert took < 20, "light queries waited for hostile ones"
        assert cpu_until_idle(server.pid) < 2
        server.check_health()


def test_a_long_query_runs_behind_all_others(narrow: Server) -> None:
    """Every thread of its process does: on Linux a priority is a thread's."""
    with connect(narrow.port) as connection:
        connection.sendall(get(hostile(60)))
        until(lambda: behind(narrow.pid), "a query has become long")
        threads = [
            task for pid in behind(narrow.pid) for task in Path(f"/proc/{pid}/task").iterdir()
        ]
        assert len(threads) == 2
        assert all(priority(int(task.name)) > priority(narrow.pid) for task in threads)


def behind(pid: int) -> list[int]:
    """The processes that run behind the one of this number."""
    return [each.pid for each in descendants(pid) if priority(each.pid) > priority(pid)]


def priority(thread: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, thread)


def test_a_page_and_the_health_do_not_wait(narrow: Server) -> None:
    crowd = [connect(narrow.port) for _ in range(3)]
    for number, connection in enumerate(crowd):
        connection.sendall(get(hostile(50 + number)))
    for path in ("/health/live", "/health/ready", "/"):
        with connect(narrow.port) as connection, connection.makefile("rb") as stream:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            reply = read_reply(stream)
        assert reply
        assert reply.outcome == OK, path
    for connection in crowd:
        connection.close()
