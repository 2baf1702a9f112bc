"""The server over a real socket: each file of `cases/protocol` is a request and its answer.

```
about    = "why this case is here"
server   = "release" (a tiny one, below) or "data" (cases/protocol/data.trig)
method, path, headers, body      the request; body_hex for bytes that are no text
[expect]
status   = 200
headers  = {…}                   exact values; "" means that the header must not be there
body     = "…"                   exact text; or
contains = ["…"], lacks = ["…"]  pieces of it; or
json     = {…}                   members that the JSON document must have
```
"""

from __future__ import annotations

import socket
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi import FastAPI

from served import EXPORTS, served, tiny_release
from warrantgraph_server.app import create_app
from warrantgraph_server.problems import add_handlers
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


CASES_FOLDER = Path(__file__).parent / "cases/protocol"
CASES = sorted(CASES_FOLDER.glob("*.toml"))
DATA = CASES_FOLDER / "data.trig"
RELEASE = CASES_FOLDER / "release.trig"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    release = tiny_release(tmp_path_factory.mktemp("release"))
    with (
        served(create_app(Settings(release=release.folder))) as over_release,
        served(create_app(Settings(data=(DATA,), max_query=10_000))) as over_data,
        served(create_app(Settings(data=(DATA,), max_rows=50_000))) as bounded,
        served(create_app(Settings(data=(DATA,), max_rows=5))) as strict,
    ):
        yield {
            "release": over_release,
            "data": over_data,
            "bounded": bounded,
            "strict": strict,
        }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, servers: dict[str, str]) -> None:
    table = tomllib.loads(case.read_text(encoding="utf-8"))
    body = bytes.fromhex(table["body_hex"]) if "body_hex" in table else table.get("body")
    response = httpx.request(
        table.get("method", "GET"),
        servers[table.get("server", "data")] + table["path"],
        headers=table.get("headers", {}),
        content=body,
    )
    check(response, table["expect"])


def check(response: httpx.Response, expect: dict[str, Any]) -> None:
    assert response.status_code == expect["status"], response.text
    for name, value in expect.get("headers", {}).items():
        assert response.headers.get(name, "") == value, name
    if "body" in expect:
        assert response.text == expect["body"]
    for piece in expect.get("contains", []):
        assert piece in response.text
    for piece in expect.get("lacks", []):
        assert piece not in response.text
    if "json" in expect:
        document = response.json()
        assert {name: document.get(name) for name in expect["json"]} == expect["json"]
    if response.status_code >= httpx.codes.BAD_REQUEST:
        assert "Traceback" not in response.text
        if response.headers["content-type"] == "application/problem+json" and response.text:
            assert {"type", "title", "status", "detail"} <= response.json().keys()


def test_every_export_is_the_file_of_the_release(servers: dict[str, str]) -> None:
    manifest = httpx.get(f"{servers['release']}/exports/manifest.json").json()
    exports = {f"warrantgraph.{extension}" for extension in EXPORTS}
    assert set(manifest["files"]) == {*exports, "digits.txt", "void.ttl"}
    as_it_is = {"Accept-Encoding": "identity"}
    for name, file in manifest["files"].items():
        response = httpx.get(f"{servers['release']}/exports/{name}", headers=as_it_is)
        assert response.headers["etag"] == f'"{file["sha256"]}"'
        assert int(response.headers["content-length"]) == file["size"] == len(response.content)
        assert response.headers["content-type"].partition(";")[0] == file["media_type"]
        etag = {"If-None-Match": response.headers["etag"]}
        known = httpx.get(response.url, headers=as_it_is | etag)
        assert (known.status_code, known.content) == (304, b"")
        head = httpx.head(response.url, headers=as_it_is)
        assert head.headers["content-length"] == response.headers["content-length"]
        assert head.content == b""


def test_every_link_of_every_page_leads_somewhere(servers: dict[str, str]) -> None:
    """Walks from the first page; no page links to another server of scripts or styles."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in seen:
            continue
        seen.add(path)
        response = httpx.get(servers["release"] + path, headers={"Accept": "text/html"})
        assert response.status_code == httpx.codes.OK, path
        if response.headers["content-type"].startswith("text/html") and path != "/docs":
            assert "<script" not in response.text
            waiting += local_links(response.text)
    assert {"/id/person/x", "/ontology", "/graph/icc", "/exports/warrantgraph.ttl"} <= seen


def local_links(page: str) -> list[str]:
    pieces = page.split('href="')[1:]
    links = [piece.partition('"')[0].replace("&amp;", "&") for piece in pieces]
    return [link for link in links if link.startswith("/")]


def test_the_documentation_needs_no_other_server(servers: dict[str, str]) -> None:
    page = httpx.get(servers["release"] + "/docs").text
    assert "https://" not in page
    assert httpx.get(servers["release"] + "/static-offline-docs/swagger-ui.css").is_success


def test_raw_bytes_in_the_target_are_a_bad_request(servers: dict[str, str]) -> None:
    """httpx would encode them; a hostile client does not."""
    assert raw_status(servers["data"], b"GET /sparql?query=ASK{}%00\xff HTTP/1.1") == 400


def raw_status(address: str, request_line: bytes) -> int:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(request_line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
        return int(connection.makefile("rb").readline().split()[1])


LONG = "SELECT * { " + " ".join(f"VALUES ?{name} {{ {'1 ' * 100} }}" for name in "abc") + "}"
"""A million rows, more than fits between worker and client."""


def test_an_answer_that_fails_under_way_is_cut(servers: dict[str, str]) -> None:
    """No short body that ends cleanly, and no error text in it: the connection breaks."""
    received = bytearray()
    plain = {"Accept-Encoding": "identity"}
    address = servers["bounded"] + "/sparql"
    with httpx.stream("POST", address, data={"query": LONG}, headers=plain) as response:
        assert response.status_code == httpx.codes.OK
        with pytest.raises(httpx.ReadError):
            read_into(received, response)
    assert received.startswith(b'{"head":{"vars":["a","b","c"]}')
    assert b"rows" not in received


def read_into(received: bytearray, response: httpx.Response) -> None:
    for chunk in response.iter_raw():
        received += chunk


def test_an_answer_that_fails_before_it_is_sent_is_a_problem(servers: dict[str, str]) -> None:
    response = httpx.post(servers["strict"] + "/sparql", data={"query": LONG})
    assert response.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert "more than 5 rows" in response.json()["detail"]


def test_http_1_0_learns_the_length(servers: dict[str, str]) -> None:
    host, _, port = servers["data"].removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as connection:
        target = "/sparql?" + httpx.QueryParams(query=LONG.replace("1 " * 100, "1 " * 30)).__str__()
        connection.sendall(f"GET {target} HTTP/1.0\r\n\r\n".encode())
        head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
    lengths = [line for line in head.splitlines() if line.startswith(b"content-length: ")]
    assert lengths == [b"content-length: %d" % len(body)]


def test_an_error_of_the_server_tells_nothing_of_its_inside() -> None:
    app = FastAPI()
    add_handlers(app)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret of the server")

    with served(app) as address:
        response = httpx.get(address + "/broken")
    assert response.status_code == httpx.codes.INTERNAL_SERVER_ERROR
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "The server failed; this is not your mistake"
    assert "secret" not in response.text
