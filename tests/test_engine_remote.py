"""The server in front of another engine: the same answers, the same refusals."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from served import served
from warrantgraph_server.app import create_app
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

DATA = Path(__file__).parent / "cases/protocol/data.trig"

WHOLE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
    b'Content-Length: 26\r\n\r\n{"head":{},"boolean":true}'
)
CASES = {
    "whole": (WHOLE, 200, "true"),
    "cut": (WHOLE[:-5], 500, "broke off"),
    "cut-chunked": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
        b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"hea\r\n',
        500,
        "broke off",
    ),
    "endless": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{}",
        500,
        "does not tell where its answer ends",
    ),
    "error-appended": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
        b'Content-Length: 22\r\n\r\n{"head":{} query killed',
        500,
        "broke off in its answer",
    ),
    "partial": (
        WHOLE.replace(b"Content-Length", b"X-SQL-State: S1TAT\r\nContent-Length"),
        500,
        "answered in part only",
    ),
    "encoded": (
        WHOLE.replace(b"Content-Length", b"Content-Encoding: gzip\r\nContent-Length"),
        500,
        "answered in gzip",
    ),
    "closed": (b"", 500, "broke off"),
    "not-http": (b"hello\r\n\r\n", 500, "broke off"),
    "other-type": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi",
        500,
        "answered in text/html, not in application/sparql-results+json",
    ),
    "redirect": (
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
        500,
        "answered 302",
    ),
    "bad-request": (
        b"HTTP/1.1 400 Bad Request\r\nContent-Length: 8\r\n\r\nno SPARQ",
        400,
        "says: no SPARQ",
    ),
    "overloaded": (
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy",
        500,
        "answered 503: busy",
    ),
}


@pytest.fixture(scope="module")
def behind() -> Iterator[str]:
    """A server in front of another one, with real data."""
    with (
        served(create_app(Settings(data=(DATA,)))) as engine,
        served(create_app(Settings(engine=f"{engine}/sparql"))) as front,
    ):
        yield front


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+xml"])
def test_answers_come_through(behind: str, accept: str) -> None:
    query = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
    response = httpx.post(f"{behind}/sparql", data={"query": query}, headers={"Accept": accept})
    assert response.status_code == httpx.codes.OK
    assert response.headers["content-type"].startswith(accept)
    assert "in the default graph" in response.text


def test_the_dataset_of_the_request_comes_through(behind: str) -> None:
    parameters = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": "http://example.org/none"}
    assert httpx.get(f"{behind}/sparql", params=parameters).json()["boolean"] is False


@pytest.mark.parametrize(
    ("query", "status"),
    [("ASK { SERVICE <http://127.0.0.1:9/> {} }", 403), ("ASK { é }", 400), ("CLEAR ALL", 400)],
)
def test_what_is_refused_never_leaves(query: str, status: int) -> None:
    with scripted(b"") as (engine, asked), served(create_app(Settings(engine=engine))) as front:
        assert httpx.get(f"{front}/sparql", params={"query": query}).status_code == status
    assert not asked


@contextmanager
def scripted(answer: bytes) -> Generator[tuple[str, list[bytes]]]:
    """An engine that answers every connection with these bytes; its address, and what it got."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def run() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(1 << 16))
                connection.sendall(answer)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql", asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.mark.parametrize("name", CASES)
def test_an_answer_is_whole_or_an_error(name: str) -> None:
    answer, status, told = CASES[name]
    with scripted(answer) as (engine, _), served(create_app(Settings(engine=engine))) as front:
        response = httpx.get(f"{front}/sparql", params={"query": "ASK {}"})
    assert response.status_code == status
    assert told in response.text


def test_an_engine_that_is_not_there_is_an_error() -> None:
    with served(create_app(Settings(engine="http://127.0.0.1:9/sparql"))) as front:
        response = httpx.get(f"{front}/sparql", params={"query": "ASK {}"})
    assert response.status_code == httpx.codes.INTERNAL_SERVER_ERROR
    assert "cannot be reached" in response.json()["detail"]
