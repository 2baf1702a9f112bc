"""Exports, graphs and descriptions over a real socket, where a case in a file cannot tell it."""

from __future__ import annotations

import gzip
import re
from email.message import EmailMessage
from email.parser import BytesParser
from hashlib import sha256
from typing import TYPE_CHECKING

import httpx
import pyoxigraph
import pytest

from export_files import export_files
from served import served, tiny_release
from test_server_protocol import raw_status
from warrantgraph.changes import Changes
from warrantgraph_server.app import create_app
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warrantgraph.release import Release

DIGITS = "/exports/digits.txt"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID_TRIPLES = pyoxigraph.NamedNode("http://rdfs.org/ns/void#triples")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return tiny_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def address(tiny: Release) -> Iterator[str]:
    with served(create_app(Settings(release=tiny.folder))) as address:
        yield address


def test_several_ranges_come_as_parts_in_the_order_asked_for(address: str) -> None:
    response = httpx.get(address + DIGITS, headers={"Range": "bytes=-2, 0-0, 3-5, 50-"})
    assert response.status_code == httpx.codes.PARTIAL_CONTENT
    assert int(response.headers["content-length"]) == len(response.content)
    head = f"Content-Type: {response.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(EmailMessage).parsebytes(head + response.content)
    assert message.get_content_type() == "multipart/byteranges"
    parts = list(message.iter_parts())
    assert [part["Content-Range"] for part in parts] == [
        "bytes 8-9/10",
        "bytes 0-0/10",
        "bytes 3-5/10",
    ]
    assert [part.get_payload() for part in parts] == ["89", "0", "345"]
    assert {part["Content-Type"] for part in parts} == {"text/plain; charset=utf-8"}


def test_no_set_of_ranges_is_answered_with_more_bytes_than_there_are(address: str) -> None:
    ranges = ",".join(["0-"] * 32)
    response = httpx.get(address + DIGITS, headers={"Range": f"bytes={ranges}"})
    assert response.content == b"0123456789"
    assert response.headers["content-range"] == "bytes 0-9/10"


def test_a_download_goes_on_where_it_broke_off_in_its_own_coding(
    address: str, tiny: Release
) -> None:
    url = f"{address}/exports/warrantgraph.nt"
    as_gzip, as_it_is = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}
    tag = httpx.head(url, headers=as_gzip).headers["etag"]
    other_tag = httpx.head(url, headers=as_it_is).headers["etag"]
    assert tag != other_tag
    again = as_gzip | {"Range": "bytes=5-"}
    rest = raw(url, again | {"If-Range": tag})
    whole = raw(url, again | {"If-Range": other_tag})
    no_plain = raw(url, again | {"Accept-Encoding": "gzip, identity;q=0"})
    compressed = (tiny.folder / "warrantgraph.nt.gz").read_bytes()
    assert (rest, whole, no_plain) == (compressed[5:], compressed, compressed[5:])
    assert gzip.decompress(whole) == (tiny.folder / "warrantgraph.nt").read_bytes()


def raw(url: str, headers: dict[str, str]) -> bytes:
    with httpx.stream("GET", url, headers=headers) as response:
        return b"".join(response.iter_raw())


def test_every_variant_is_what_the_manifest_says(address: str) -> None:
    manifest = httpx.get(f"{address}/exports/manifest.json").json()
    for name, file in manifest["files"].items():
        for coding, variant in file["variants"].items():
            chosen = httpx.head(f"{address}/exports/{name}", headers={"Accept-Encoding": coding})
            assert chosen.headers["etag"] == f'"{variant["sha256"]}"'
            content = raw(f"{address}/exports/{variant['name']}", {})
            assert sha256(content).hexdigest() == variant["sha256"]
            assert len(content) == variant["size"] == int(chosen.headers["content-length"])


def test_a_file_that_was_changed_is_not_sent(tmp_path: Path) -> None:
    release = tiny_release(tmp_path)
    with served(create_app(Settings(release=release.folder))) as address:
        (release.folder / "digits.txt").write_bytes(b"012345678")
        response = httpx.get(address + DIGITS, headers={"Origin": "https://app.example"})
    assert response.status_code == httpx.codes.INTERNAL_SERVER_ERROR
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert str(tmp_path) not in response.text


def test_changes_are_exports_too(
    tiny: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {"added.nq": b"<a:a> <a:b> <a:c> <a:g> .\n"}
    (tmp_path / "changes.json").write_text('{"about": "the changes"}', encoding="utf-8")
    files, variants = export_files(contents)
    for name, content in {**contents, **variants}.items():
        (tmp_path / name).write_bytes(content)

    def found(release: Release) -> Changes:
        counts = {"added": 1, "removed": 0}
        return Changes(tmp_path, "before", release.manifest.version, counts, files)

    monkeypatch.setattr("warrantgraph_server.exports.find_changes", found)
    with served(create_app(Settings(release=tiny.folder))) as address:
        added = httpx.get(f"{address}/exports/changes/added.nq", headers={"Range": "bytes=1-3"})
        about = httpx.get(f"{address}/exports/changes/changes.json")
        unknown = httpx.get(f"{address}/exports/changes/manifest.json")
        listed = httpx.get(f"{address}/exports/", headers={"Accept": "text/html"}).text
    assert (added.status_code, added.content) == (httpx.codes.PARTIAL_CONTENT, b"a:a")
    assert added.headers["cache-control"] == "no-cache"
    assert about.json() == {"about": "the changes"}
    assert unknown.status_code == httpx.codes.NOT_FOUND
    assert 'href="/exports/changes/added.nq"' in listed
    assert "From release <code>before</code> to <code>tiny</code>" in listed


def test_a_default_graph_without_triples_is_there(tmp_path: Path) -> None:
    data = tmp_path / "named.trig"
    data.write_text("<a:graph> { <a:s> <a:p> <a:o> }\n")
    with served(create_app(Settings(data=(data,)))) as address:
        response = httpx.get(
            f"{address}/graph-store?default", headers={"Accept": "application/n-triples"}
        )
    assert (response.status_code, response.text) == (httpx.codes.OK, "")


def test_the_description_of_the_service_counts_as_queries_do(release: Release) -> None:
    with served(create_app(Settings(release=release.folder))) as address:
        response = httpx.get(f"{address}/sparql")
        (default,) = csv(address, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        named = csv(address, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    quads = list(pyoxigraph.parse(response.content, format=pyoxigraph.RdfFormat.TURTLE))
    sizes = {
        quad.subject.value: quad.object.value for quad in quads if quad.predicate == VOID_TRIPLES
    }
    assert sizes.pop(f"{address}/sparql#default-graph") == default
    assert sorted(sizes.values()) == sorted(row.partition(",")[2] for row in named)
    names = {quad.object.value for quad in quads if quad.predicate.value == f"{SD}name"}
    assert names == {row.partition(",")[0] for row in named}


def csv(address: str, query: str) -> list[str]:
    """The rows of an answer, without the head."""
    headers = {"Accept": "text/csv"}
    response = httpx.get(f"{address}/sparql", params={"query": query}, headers=headers)
    return response.text.split()[1:]


def test_the_tag_of_the_description_is_of_what_was_sent(address: str) -> None:
    url = f"{address}/.well-known/void"
    turtle, json_ld = (
        httpx.get(url, headers={"Accept": f"{media_type}"}).headers["etag"]
        for media_type in ("text/turtle", "application/ld+json")
    )
    assert turtle != json_ld
    for tag, status in ((turtle, httpx.codes.NOT_MODIFIED), (json_ld, httpx.codes.OK)):
        known = httpx.get(url, headers={"Accept": "text/turtle", "If-None-Match": tag})
        assert known.status_code == status


def test_what_the_description_names_can_be_fetched(address: str) -> None:
    text = httpx.get(f"{address}/.well-known/void").text
    (dump,) = re.findall(r"void:dataDump <(.*?)>", text)
    (endpoint,) = re.findall(r"void:sparqlEndpoint <(.*?)>", text)
    assert httpx.get(dump).is_success
    assert httpx.get(endpoint, params={"query": "ASK {}"}).json()["boolean"] is True


def test_the_server_as_a_whole_has_options(address: str) -> None:
    assert raw_status(address, b"OPTIONS * HTTP/1.1") == 204


def test_a_release_that_is_kept_answers_under_its_version(tmp_path: Path) -> None:
    tiny_release(tmp_path, "one")
    tiny_release(tmp_path, "two")
    with served(create_app(Settings(release=tmp_path))) as address:
        kept = httpx.get(f"{address}/exports/one/manifest.json")
        gone = httpx.get(f"{address}/exports/three/manifest.json")
        outside = httpx.get(f"{address}/exports/%2E%2E/manifest.json")
    assert (kept.status_code, kept.json()["version"]) == (httpx.codes.OK, "one")
    assert "immutable" in kept.headers["cache-control"]
    assert gone.status_code == outside.status_code == httpx.codes.NOT_FOUND
    assert gone.json()["detail"].startswith('this server has version "two"')
