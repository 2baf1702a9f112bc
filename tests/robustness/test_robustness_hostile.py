"""Every hostile query of `cases/hostile` ends as it may end, and hurts nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile_queries import read_cases
from process_tree import NEEDS_PROC, cpu_until_idle
from raw_http import post, request
from server_process import check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile_queries import Case
    from server_process import Server

CASES = list(read_cases(Path(__file__).parents[1] / "cases/hostile"))
BAD_REQUEST, TOO_LATE = 400, 504


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = write_ring(tmp_path_factory.mktemp("data"))
    limits = ("--timeout", "2", "--memory-limit", "256MiB")
    with serving("--data", data, *limits) as server:
        yield server
        assert server.process.poll() is None, "the server has ended"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, server: Server) -> None:
    reply = request(server.port, post(case.text(), case.parameters))
    assert reply, "the connection was closed without an answer"
    # Where the deadline may come before the answer begins, it may come a moment later too.
    expect = {*case.expect, *(["cut"] if TOO_LATE in case.expect else [])}
    assert reply.outcome in expect, reply.body[:300]
    if reply.status >= BAD_REQUEST:
        check_problem(reply, [reply.status])
    elif "boolean" in case.table:
        assert json.loads(reply.body)["boolean"] is case.table["boolean"]
    server.check_health()


@NEEDS_PROC
def test_nothing_of_them_goes_on(server: Server) -> None:
    assert cpu_until_idle(server.pid) < 1
