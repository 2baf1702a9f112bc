"""Who the client is: the peer, or whom a trusted proxy names; a forged name gains nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from process_tree import NEEDS_PROC, until
from raw_http import connect, get, request
from server_process import CROSS_PRODUCT, serving, write_ring

if TYPE_CHECKING:
    from pathlib import Path

    from server_process import Server

pytestmark = NEEDS_PROC

PEER, PROXY = "127.0.0.1", "127.0.0.2"


def forwarded(*clients: str) -> str:
    return "".join(f"X-Forwarded-For: {client}\r\n" for client in clients)


@pytest.mark.parametrize(
    ("trusted", "source", "named", "client"),
    [
        ((), PEER, ("192.0.2.7",), PEER),
        ((PROXY,), PEER, ("192.0.2.7",), PEER),
        ((PROXY,), PROXY, ("192.0.2.7",), "192.0.2.7"),
        ((PROXY,), PROXY, ("2001:db8::7",), "2001:db8::7"),
        ((PROXY,), PROXY, (), PROXY),
        (("127.0.0.2/31",), PROXY, ("192.0.2.7",), "192.0.2.7"),
        # What a client puts in front of what the proxy adds is not believed.
        ((PROXY,), PROXY, ("203.0.113.1, 192.0.2.7",), "192.0.2.7"),
        ((PROXY,), PROXY, ("203.0.113.1", "192.0.2.7"), "192.0.2.7"),
        ((PROXY, "127.0.0.3"), PROXY, ("192.0.2.7, 127.0.0.3",), "192.0.2.7"),
    ],
)
def test_the_log_names_the_client(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trusted: tuple[str, ...],
    source: str,
    named: tuple[str, ...],
    client: str,
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # means something to uvicorn, nothing here
    log = tmp_path / "log"
    flags = [word for proxy in trusted for word in ("--trusted-proxies", proxy)]
    with serving("--data", write_ring(tmp_path), "--query-log", str(log), *flags) as server:
        reply = request(server.port, get("ASK {}", headers=forwarded(*named)), source)
        assert reply
        assert reply.outcome == 200
        until(lambda: bool(log.read_text()), "the query is written down")
    assert json.loads(log.read_text())["client"] == client


def long_queries(server: Server) -> tuple[int, int]:
    """How many run and how many wait."""
    reply = request(server.port, b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert reply
    numbers = dict(re.findall(r'queries_(\w+)\{lane="long"\} (\d+)', reply.body.decode()))
    return int(numbers["running"]), int(numbers["waiting"])


@pytest.mark.parametrize(("trusted", "expected"), [(PEER, (2, 0)), (PROXY, (1, 1))])
def test_fairness_is_to_whom_a_trusted_proxy_names(
    tmp_path: Path, trusted: str, expected: tuple[int, int]
) -> None:
    """Of two slots no client has both; two names are two clients if they are believed."""
    flags = ("--workers", "2", "--trusted-proxies", trusted)
    with serving("--data", write_ring(tmp_path), *flags) as server:
        with connect(server.port) as one, connect(server.port) as other:
            one.sendall(get(CROSS_PRODUCT, headers=forwarded("192.0.2.1")))
            other.sendall(get(f"{CROSS_PRODUCT} # other", headers=forwarded("192.0.2.2")))
            until(lambda: long_queries(server) == expected, f"{expected} run and wait")
        until(lambda: long_queries(server) == (0, 0), "both have left")


def test_links_have_the_scheme_that_a_trusted_proxy_names(tmp_path: Path) -> None:
    head = "GET /sparql HTTP/1.1\r\nHost: e\r\nConnection: close\r\n"
    asked = f"{head}X-Forwarded-Proto: https\r\n\r\n".encode()
    with serving("--data", write_ring(tmp_path), "--trusted-proxies", PROXY) as server:
        for source, address in ((PEER, b"http://e/sparql"), (PROXY, b"https://e/sparql")):
            reply = request(server.port, asked, source)
            assert reply
            assert address in reply.body
