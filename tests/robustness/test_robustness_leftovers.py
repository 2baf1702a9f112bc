"""Who leaves, and what goes missing around the server: nothing of it is left behind, or spreads."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from process_tree import NEEDS_PROC, cpu_seconds, cpu_until_idle, descendants, until
from raw_http import connect, get, request
from server_process import RING, STREAM, check_problem, serving, write_ring
from warrantgraph.engine.workers import EngineKind, KeeperProcess, OpeningPlan, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raw_http import Reply
    from server_process import Server

pytestmark = NEEDS_PROC

OK, BAD_REQUEST, FAILED, BUSY = 200, 400, 500, 503
WORK = 0.6

BEGUN = """SELECT ?a ?x {
  { ?a <http://e/next> ?b . ?x <http://e/number> ?y FILTER(?y IN ("1", "2", "3", "4", "5", "6")) }
  UNION { ?a <http://e/next> ?b . ?c <http://e/next> ?d . ?e <http://e/next> ?f
          FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?f))) > 100) }
}"""
"""Its answer begins at once, and then nothing comes for long."""

HTTP_1_0 = get(BEGUN).replace(b"HTTP/1.1", b"HTTP/1.0")
PAGE = get(BEGUN, headers="Accept: text/html\r\n")
SAFETY = 20
"""Seconds after which a test gives up."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_ring(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def server(data: str) -> Iterator[Server]:
    with serving("--data", data, "--timeout", "60") as server:
        yield server


@pytest.mark.parametrize("asked", [HTTP_1_0, PAGE], ids=["http-1.0", "page"])
def test_a_query_whose_answer_is_gathered_is_killed_when_its_client_leaves(
    asked: bytes, server: Server
) -> None:
    before = cpu_seconds(server.pid)
    with connect(server.port) as connection:
        connection.sendall(asked)
        until(lambda: cpu_seconds(server.pid) - before > 3 * WORK, "it has begun")
    assert cpu_until_idle(server.pid) < 1


def test_clients_that_leave_at_once_leave_no_worker_behind(server: Server) -> None:
    for number in range(400):
        with connect(server.port) as connection:
            connection.sendall(get(f"{STREAM} # {number}"))
    until(lambda: workers(server, "busy") == 0, "no worker counts as busy")
    until(lambda: workers(server, "idle") > 1, "there are spare workers again")
    server.check_health()


def test_who_leaves_while_a_worker_is_forked_leaves_none_behind(data: str) -> None:
    async def leave() -> list[object]:
        failures: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, what: failures.append(what))
        plan = OpeningPlan(EngineKind.MEMORY, (Path(data),))
        pool = WorkerPool(plan, KeeperProcess.start(plan), spares=0)
        pool.start()
        taking = asyncio.create_task(pool.take())
        await asyncio.sleep(0)
        taking.cancel()
        worker = await pool.take()
        pool.kill(worker, "test")
        async with asyncio.timeout(SAFETY):  # until the keeper has told the end of both
            while pool.counts["busy"]:
                await asyncio.sleep(0.01)
        await pool.close()
        return failures

    assert asyncio.run(leave()) == []


def workers(server: Server, state: str) -> float:
    asked = request(server.port, b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert asked
    found = re.search(rf'workers\{{state="{state}"\}} (\S+)', asked.body.decode())
    assert found
    return float(found[1])


def test_without_its_image_it_does_not_fork_for_ever(data: str, tmp_path: Path) -> None:
    image = tmp_path / "image"
    with serving("--data", data, "--engine", "disk", "--engine-folder", str(image)) as server:
        shutil.rmtree(image)
        for process in descendants(server.pid):
            if process.parent != server.pid:
                os.kill(process.pid, signal.SIGKILL)
        cpu_until_idle(server.pid)


def test_while_the_data_is_not_there_queries_are_told_so(tmp_path: Path) -> None:
    data = Path(write_ring(tmp_path))
    with serving("--data", str(data), "--queue-timeout", "0.5") as server:
        data.unlink()
        keeper = next(each.pid for each in descendants(server.pid) if each.parent == server.pid)
        os.kill(keeper, signal.SIGKILL)
        until(lambda: workers_gone(server), "its workers are gone")
        check_problem(server.query("ASK {}"), [BUSY])


def workers_gone(server: Server) -> bool:
    ready = b"GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    reply = request(server.port, ready)
    return reply is not None and reply.status == BUSY


def test_nothing_in_the_folder_it_is_started_in_is_run(data: str, tmp_path: Path) -> None:
    (tmp_path / "selectors.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    command = [Path(sys.executable).parent / "warrantgraph", "serve", "--port", "0", "--data", data]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    with process:
        assert process.stdout
        line = process.stdout.readline()
        process.terminate()
    assert line.startswith("Serving on ")


def test_a_log_that_cannot_be_written_costs_no_answer(data: str) -> None:
    with serving("--data", data, "--query-log", "/dev/full") as server:
        assert server.query("ASK {").status == BAD_REQUEST
        assert ask_for(server, "ASK {}", "text/html").status == OK


CLOSE = "Connection: close\r\n"
RESULTS, GRAPH = "application/sparql-results+xml", "application/rdf+xml"


def ask_for(server: Server, query: str, media_type: str) -> Reply:
    reply = request(server.port, get(query, headers=f"{CLOSE}Accept: {media_type}\r\n"))
    assert reply
    return reply


@pytest.mark.parametrize("escape", [r"\u0001", r"\u0000", r"\u000B", r"\uFFFE", r"\uFFFF"])
@pytest.mark.parametrize("rows", [1, RING])
def test_what_xml_has_no_way_to_write_is_an_error(escape: str, rows: int, server: Server) -> None:
    where = f"{{ ?s <http://e/next> ?o }} ORDER BY ?s LIMIT {rows}"
    text = f'BIND(IF(?o = <http://e/n1>, "{escape}", "") AS ?x)'
    pattern = f"{{ SELECT * {where} }} {text}"
    select = ask_for(server, f"SELECT ?x {{ {pattern} }}", RESULTS)
    construct = ask_for(server, f"CONSTRUCT {{ ?s <http://e/p> ?x }} {{ {pattern} }}", GRAPH)
    assert {select.outcome, construct.outcome} <= {FAILED, "cut"}


def test_a_carriage_return_stays_one_in_xml(server: Server) -> None:
    for query, media_type in (
        (r'SELECT ("a\rb" AS ?x) {}', RESULTS),
        (r'CONSTRUCT { <http://e/s> <http://e/p> "a\rb" } {}', GRAPH),
    ):
        reply = ask_for(server, query, media_type)
        assert reply.status == OK
        texts = re.findall(rb">([^<>]*)</", reply.body)
        assert b"a&#13;b" in texts


def test_a_property_that_rdf_xml_cannot_name_is_an_error(server: Server) -> None:
    good, bad = (f"CONSTRUCT {{ <http://e/s> <http://e/{name}> 1 }} {{}}" for name in ("p", "1"))
    assert ask_for(server, good, GRAPH).status == OK
    check_problem(ask_for(server, bad, GRAPH), [FAILED])
