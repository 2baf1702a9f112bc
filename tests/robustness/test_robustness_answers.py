"""An answer is whole, or an error, or visibly broken: never short, never an error inside a 200."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from process_tree import NEEDS_PROC, peak_memory
from raw_http import connect, get, request
from server_process import CROSS_PRODUCT, RING, STREAM, check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from raw_http import Reply
    from server_process import Server

OK, TOO_LATE = 200, 504
CURL = shutil.which("curl")
CURL_PARTIAL_FILE, CURL_RECEIVE_ERROR = 18, 56
MEBIBYTE = 1 << 20
MOST_ROWS = 100_000
MOST_BYTES = 20 * MEBIBYTE
RINGS = "SELECT * {{ ?a <http://e/next> ?b . ?c <http://e/next> ?d }} LIMIT {}"
TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
SOLUTIONS = ("json", "xml", "csv", "tsv")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_ring(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def server(data: str) -> Iterator[Server]:
    with serving("--data", data, "--timeout", "1") as server:
        yield server


@pytest.fixture(scope="module")
def limited(data: str) -> Iterator[Server]:
    limits = ("--max-rows", str(MOST_ROWS), "--max-bytes", str(MOST_BYTES))
    with serving("--data", data, "--timeout", "20", *limits) as server:
        yield server


def ask(server: Server, query: str, kind: str, headers: str = "") -> Reply:
    reply = request(server.port, get(query, headers=f"Accept: {TYPES[kind]}\r\n{headers}"))
    assert reply
    return reply


def drain(connection: socket) -> bytes:
    """Read until the connection closes; its last bytes."""
    end = b""
    while piece := connection.recv(MEBIBYTE):
        end = (end + piece)[-100:]
    return end


def in_form(query: str, kind: str) -> str:
    """The same rows as solutions, or as a graph."""
    if kind in SOLUTIONS:
        return query
    template = "?a ?c ?e" if "?e" in query else "?a ?b ?c"
    return query.replace("SELECT *", f"CONSTRUCT {{ {template} }} WHERE")


@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_that_exceeds_its_time_breaks(kind: str, server: Server) -> None:
    reply = ask(server, in_form(STREAM, kind), kind)
    assert (reply.status, reply.whole) == (OK, False)
    assert reply.length > 0
    assert b"problem" not in reply.body[-200:]
    server.check_health()


@pytest.mark.parametrize("kind", TYPES)
def test_a_query_that_exceeds_its_time_is_an_error(kind: str, server: Server) -> None:
    parameters = "&timeout=0.3"
    reply = request(
        server.port, get(in_form(CROSS_PRODUCT, kind), parameters, f"Accept: {TYPES[kind]}\r\n")
    )
    assert reply
    check_problem(reply, [TOO_LATE])


@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_with_as_many_rows_as_may_be_is_whole(kind: str, limited: Server) -> None:
    reply = ask(limited, in_form(RINGS.format(MOST_ROWS), kind), kind)
    if reply.whole or reply.status != OK:
        assert reply.outcome == OK, reply.body[:300]
    else:  # it fits in rows and not in bytes
        assert reply.length > MOST_BYTES // 2


@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_with_a_row_too_many_breaks(kind: str, limited: Server) -> None:
    reply = ask(limited, in_form(RINGS.format(MOST_ROWS + 1), kind), kind)
    assert not (reply.status == OK and reply.whole)
    if reply.status != OK:
        assert "rows" in str(check_problem(reply, range(400, 600))["detail"])
    limited.check_health()


def test_rows_too_many_are_an_error_where_no_byte_was_sent(data: str) -> None:
    with serving("--data", data, "--max-rows", "10") as server:
        for kind in TYPES:
            whole = ask(server, in_form(RINGS.format(10), kind), kind)
            assert whole.outcome == OK, whole.body
            over = ask(server, in_form(RINGS.format(11), kind), kind)
            assert "10" in str(check_problem(over, range(400, 600))["detail"])
        assert json.loads(server.query(RINGS.format(10)).body)["results"]["bindings"][9]


def test_bytes_too_many_are_an_error_where_no_byte_was_sent(data: str) -> None:
    with serving("--data", data, "--max-bytes", "1000") as server:
        assert server.query(RINGS.format(1)).outcome == OK
        problem = check_problem(server.query(RINGS.format(100)), range(400, 600))
        assert "bytes" in str(problem["detail"])


def test_an_answer_with_bytes_too_many_breaks(limited: Server) -> None:
    query = "SELECT (CONCAT({}) AS ?long) {{ ?s <http://e/next> ?o }}".format(
        ", ".join(['"' + "x" * 10_000 + '"'] * 2)
    )
    reply = ask(limited, query, "csv")
    assert (reply.status, reply.whole) == (OK, False)
    assert reply.length <= MOST_BYTES


def test_every_client_sees_that_it_broke(server: Server) -> None:
    target = f"{server.address}/sparql?query={quote(STREAM)}"
    with pytest.raises(httpx.TransportError):
        httpx.get(target, timeout=30, trust_env=False)
    with connect(server.port) as connection:
        connection.sendall(get(STREAM))
        try:
            end = drain(connection)
        except ConnectionResetError:
            end = b"a reset"
    assert end
    assert not end.endswith(b"0\r\n\r\n")


@pytest.mark.skipif(CURL is None, reason="curl is not installed")
def test_curl_sees_that_it_broke(server: Server) -> None:
    target = f"{server.address}/sparql?query={quote(STREAM)}"
    done = subprocess.run(
        ["curl", "--silent", "--noproxy", "*", "--output", "/dev/null", target], check=False
    )
    assert done.returncode in (CURL_PARTIAL_FILE, CURL_RECEIVE_ERROR)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "gzip, br, zstd"])
def test_a_compressed_answer_breaks_as_well(coding: str, server: Server) -> None:
    reply = ask(server, STREAM, "csv", f"Accept-Encoding: {coding}\r\n")
    assert (reply.status, reply.whole) == (OK, False)


def test_a_client_that_knows_no_chunks_is_not_told_a_short_answer_is_whole(
    server: Server,
) -> None:
    """HTTP/1.0 ends an answer with the connection: only a reset tells that it broke."""
    message = get(STREAM).replace(b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", 1)
    with connect(server.port) as connection:
        connection.sendall(message)
        first = connection.recv(12)
        if first.split()[1:] == [b"200"]:
            with pytest.raises(ConnectionResetError):
                drain(connection)
        else:
            assert int(first.split()[1]) >= 400


@NEEDS_PROC
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_the_server_holds_no_answer(kind: str, data: str) -> None:
    """A million rows need no more memory in the server than ten thousand."""
    with serving("--data", data, "--timeout", "60") as server:
        values = " ".join(map(str, range(1000)))
        rows = f"SELECT * {{ VALUES ?x {{ {values} }} VALUES ?y {{ {values} }} }} LIMIT "
        for _ in range(3):
            assert ask(server, f"{rows} 10000", kind).outcome == OK
        before = peak_memory(server.pid)
        reply = ask(server, f"{rows} 1000000", kind)
        assert reply.outcome == OK, (reply.status, reply.length)
        assert reply.length > 6 * MEBIBYTE
        assert peak_memory(server.pid) - before < 6 * MEBIBYTE


def test_the_ring_is_what_the_other_tests_take_it_for(server: Server) -> None:
    reply = server.query("SELECT (COUNT(*) AS ?n) { ?s <http://e/next>+ <http://e/n0> }")
    assert json.loads(reply.body)["results"]["bindings"][0]["n"]["value"] == str(RING)
