"""Requests that are no HTTP, or too much of it, or too slow, each in one file of `cases/raw-http`.

```
about    = "why this request is hostile"
send     = ["…", "…"]         written one behind the other; every line break is CR LF
repeat   = { "…" = 1000 }     pieces of `send` to write so often
hex      = "…"                what to send instead, where it is no text
expect   = [400, "closed"]    the statuses that any of the answers may have; "closed" for a
                              connection that ends without one
answers  = 1                  how many answers are waited for, 1 unless it is said
ends     = true               whether the client says that it will send no more
listens  = true               whether it waits a while for an answer too many
lacks    = "…"                what no answer may contain
```
"""

from __future__ import annotations

import json
import socket
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from process_tree import NEEDS_PROC, cpu_until_idle, peak_memory, until
from raw_http import connect, exchange, get, post, read_reply, request
from server_process import STREAM, check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server_process import Server

CASES = sorted((Path(__file__).parents[1] / "cases/raw-http").glob("*.toml"))
MEBIBYTE = 1 << 20
OK, BAD_REQUEST = 200, 400


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = write_ring(tmp_path_factory.mktemp("data"))
    with serving("--data", data, "--timeout", "2") as server:
        yield server
        server.check_health()


def message(table: dict[str, Any]) -> bytes:
    if "hex" in table:
        return bytes.fromhex(table["hex"])
    repeat = table.get("repeat", {})
    pieces = (piece * repeat.get(piece, 1) for piece in table["send"])
    return "".join(pieces).replace("\r\n", "\n").replace("\n", "\r\n").encode("latin-1")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, server: Server) -> None:
    table = tomllib.loads(case.read_text(encoding="utf-8"))
    before = peak_memory(server.pid) if Path("/proc/self/stat").exists() else 0
    answers = table.get("answers", 1)
    ends, listens = table.get("ends", False), table.get("listens", False)
    replies = exchange(server.port, message(table), answers=answers, ends=ends, listens=listens)
    # Where the server refuses what it has not read, the end of what it says may be lost.
    outcomes = {
        reply.status if reply.status >= BAD_REQUEST else reply.outcome for reply in replies
    } or {"closed"}
    assert outcomes <= set(table["expect"]), [reply.body[:300] for reply in replies]
    assert len(replies) <= answers
    if "lacks" in table:
        assert not any(table["lacks"].encode() in reply.body for reply in replies)
    if before:
        assert peak_memory(server.pid) - before < 16 * MEBIBYTE
    server.check_health()


def test_a_compressed_body_is_refused_and_never_unpacked(server: Server) -> None:
    bomb = bytes.fromhex("1f8b0800000000000203") + b"\x00" * 10_000
    for coding in ("gzip", "br", "zstd", "deflate", "x", "gzip, gzip", "GZIP"):
        headers = f"Content-Encoding: {coding}\r\n"
        reply = request(server.port, post(bomb, headers=headers))
        assert reply, coding
        check_problem(reply, [415])
    server.check_health()


def test_a_body_that_is_announced_too_long_is_refused_before_it_comes(server: Server) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n"
    )
    with connect(server.port) as connection, connection.makefile("rb") as stream:
        connection.sendall(head)
        first = stream.readline()
    assert first.split()[1] == b"413", first


def test_a_body_without_an_end_is_refused_once_it_is_too_long(server: Server) -> None:
    """Chunked, so that nothing announces its length."""
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    reply = request(server.port, head + chunk * 64)
    assert reply is None or reply.status == 413
    server.check_health()


def test_a_body_that_is_expected_is_asked_for(server: Server) -> None:
    head, _, body = post(b"ASK {}", headers="Expect: 100-continue\r\n").rpartition(b"\r\n\r\n")
    with connect(server.port) as connection, connection.makefile("rb") as stream:
        connection.sendall(head + b"\r\n\r\n")
        assert stream.readline().split()[1] == b"100"
        assert stream.readline() == b"\r\n"
        connection.sendall(body)
        reply = read_reply(stream)
    assert reply
    assert (reply.outcome, json.loads(reply.body)["boolean"]) == (OK, True)


def test_what_is_sent_ahead_is_answered_in_order(server: Server) -> None:
    """Pipelining (RFC 9112, 9.3.2): a slow answer before a quick one keeps its place."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a <http://e/next> ?b . ?c <http://e/next> ?d }"
    requests = get(slow) + get("ASK {}") + get("ASK {") + get("ASK {}")
    replies = exchange(server.port, requests, answers=4, ends=False, listens=False)
    assert [reply.outcome for reply in replies] == [OK, OK, 400, OK]
    assert b'"4000000"' in replies[0].body
    assert b'"boolean":true' in replies[1].body


def test_five_hundred_connections_that_say_nothing_keep_nobody_out(server: Server) -> None:
    idle = [connect(server.port) for _ in range(500)]
    half = get("ASK {}")[:-2]
    for connection in idle[::2]:
        connection.sendall(half)
    for _ in range(10):
        server.check_health()
    for connection in idle:
        connection.close()
    server.check_health()


def closed(connection: socket.socket) -> bool:
    """Whether the other end has closed; what it sent before is read."""
    try:
        connection.setblocking(False)
        return not connection.recv(MEBIBYTE)
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_who_is_too_slow_is_dropped(server: Server) -> None:
    """Clients that say nothing, that end no header, that send no body, that ask nothing more."""
    silent, dripping, bodiless, satisfied = (connect(server.port) for _ in range(4))
    bodiless.sendall(post(b"ASK {}")[:-3])
    satisfied.sendall(get("ASK {}"))
    assert satisfied.recv(MEBIBYTE).startswith(b"HTTP/1.1 200 ")
    dripping.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n")
    ended: set[str] = set()

    def watch(name: str, connection: socket.socket) -> None:
        if name not in ended and closed(connection):
            ended.add(name)

    def all_are_dropped() -> bool:
        if "dripping" not in ended:
            try:
                dripping.send(b"X")
            except BlockingIOError:
                pass
            except OSError:
                ended.add("dripping")
        watch("dripping", dripping)
        watch("silent", silent)
        watch("bodiless", bodiless)
        watch("satisfied", satisfied)
        return len(ended) == 4

    with silent, dripping, bodiless, satisfied:
        try:
            until(all_are_dropped, "all slow clients are dropped", safety=14)
        finally:
            print("dropped:", sorted(ended))
    server.check_health()


@NEEDS_PROC
def test_who_reads_nothing_is_dropped_at_the_deadline(server: Server) -> None:
    with connect(server.port) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(get(STREAM))
        connection.recv(1, socket.MSG_PEEK)
        until(lambda: server_let_go(server.port, connection), "the server lets go", safety=10)
        with connection.makefile("rb") as stream:
            reply = read_reply(stream)
    assert reply is None or not reply.whole
    assert cpu_until_idle(server.pid) < 1
    server.check_health()


def server_let_go(port: int, connection: socket.socket) -> bool:
    """Whether no process holds the other end any more, as /proc/net/tcp tells."""
    ours = connection.getsockname()[1]
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        local, remote = (int(each.partition(":")[2], 16) for each in fields[1:3])
        if (local, remote) == (port, ours):
            return fields[9] == "0"  # the inode: none once it is closed by all
    return True
