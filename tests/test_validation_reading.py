"""Reading files for validation: all formats, all that is wrong with them, and never the network."""

from __future__ import annotations

import gzip
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from warrantgraph.errors import InputError, TurtleSyntaxError
from warrantgraph.validation import Data, Input, find_inputs, inputs, read_data

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = "<urn:a> <urn:b> <urn:c> ."
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:"'
XML = f'<rdf:RDF {RDF}><rdf:Description rdf:about="urn:a"><u:b>%s</u:b></rdf:Description></rdf:RDF>'


def write(file: Path, content: str | bytes) -> Path:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def read_one(tmp_path: Path, name: str, content: str | bytes) -> Data:
    return read_data([write(tmp_path / name, content)])


def error_of(tmp_path: Path, name: str, content: str | bytes) -> InputError:
    data = read_one(tmp_path, name, content)
    assert len(data.index) == 0
    (error,) = data.unread
    assert error.file == tmp_path / name
    return error


class Canary:
    """A server that nobody may ask."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    yield server
    server.close()
    assert server.asked == []


# ---- what is there


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "a.ttl", GOOD),
        write(tmp_path / "b.ttl", "<urn:x> <urn:y> <urn:z> .\n<urn:x> <urn:y"),
        tmp_path / "gone.ttl",
        write(tmp_path / "c.nt", "<urn:a> <urn:b> _:c ."),
    ]
    data = read_data(files)
    assert [error.file for error in data.unread] == files[1:3]
    broken, _ = data.unread
    assert (type(broken), broken.line) == (TurtleSyntaxError, 2)
    assert data.files == tuple(files)
    assert {value.n3() for value in data.graph.objects()} == {"<urn:c>", "_:f3.b0"}
    assert data.index.id_of(URIRef("urn:x")) is None


def test_bytes_are_read_as_a_file_is() -> None:
    data = read_data([Input(Path("<stdin>"), ox.RdfFormat.TURTLE, b"<a> <urn:p> 1 .")])
    (subject,) = data.graph.subjects()
    assert str(subject).startswith("file:///")
    data = read_data([Input(Path("<stdin>"), ox.RdfFormat.TURTLE, b"<a> <urn:p> .")])
    assert str(data.unread[0]).startswith("<stdin>:1:13: not Turtle")


def test_folders_of_others_are_left_out(tmp_path: Path) -> None:
    for folder in (".git", "node_modules/some", "data"):
        (tmp_path / folder).mkdir(parents=True)
        write(tmp_path / folder / "a.ttl.gz", b"")
    assert find_inputs(tmp_path) == (Input.of(tmp_path / "data" / "a.ttl.gz"),)


def test_a_name_must_say_the_format(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not an RDF file"):
        read_data([write(tmp_path / "a.json", "{}")])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").mkdir()
    (error,) = read_data([tmp_path / "a.ttl"]).unread
    assert "cannot be read: Is a directory" in str(error)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> .", 2),
        ("a.trig", "<urn:g> {\n<urn:a> .", 2),
        ("a.jsonld", '{"@id": "urn:a",\n "urn:b"}', 2),
        ("a.rdf", XML % "<oh>", 1),
        ("b.rdf", "<?xml version='1.0' encoding='utf-7'?>" + XML % "x", 1),
        ("a.ttl", b'<urn:a> <urn:b> "\xff" .', 1),
        ("a.nt", '<urn:a> <urn:b> <<( <urn:c> <urn:d> "e" )>> .', None),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, content: str, line: int | None) -> None:
    assert error_of(tmp_path, name, content).line == line


# ---- compressed


def test_compressed_files_are_read(tmp_path: Path) -> None:
    assert len(read_one(tmp_path, "a.ttl.gz", gzip.compress(GOOD.encode())).index) == 1
    twice = gzip.compress(XML.encode() % b"1")
    assert len(read_one(tmp_path, "a.rdf.gz", twice).index) == 1


@pytest.mark.parametrize(
    "content", [b"<urn:a>", gzip.compress(b"# " * 999, mtime=0)[:-20], b"\x1f\x8b\x08"]
)
def test_what_is_not_compressed_is_an_error(tmp_path: Path, content: bytes) -> None:
    assert "not gzip" in str(error_of(tmp_path, "a.ttl.gz", content))


@pytest.mark.parametrize("name", ["a.ttl", "a.nt", "a.trig.gz", "a.jsonld", "a.rdf"])
def test_a_byte_order_mark_is_no_mistake(tmp_path: Path, name: str) -> None:
    text = "<urn:a> <urn:b> 1 ." if "rdf" not in name else XML % "1"
    text = '{"@id": "urn:a", "urn:b": 1}' if "json" in name else text.replace(" 1 .", ' "1" .')
    content = b"\xef\xbb\xbf" + text.encode()
    data = read_one(tmp_path, name, gzip.compress(content) if name.endswith(".gz") else content)
    assert (len(data.index), data.unread) == (1, ())


def test_a_bomb_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_SMALL", 1 << 20)
    bomb = gzip.compress(b"# " * (1 << 20))
    assert len(bomb) * 200 < 1 << 20
    assert "holds more than 1,048,576 bytes" in str(error_of(tmp_path, "a.ttl.gz", bomb))


# ---- what would reach out


@pytest.mark.parametrize(
    "context",
    [
        '"{url}/c"',
        '{{"@import": "{url}/c"}}',
        '["{url}/c", {{"u": "urn:u"}}]',
        '{{"t": {{"@id": "urn:t", "@context": "{url}/c"}}}}',
    ],
)
def test_contexts_elsewhere_are_refused(tmp_path: Path, canary: Canary, context: str) -> None:
    text = f'{{"@context": {context.format(url=canary.url)}, "@id": "urn:a", "t": {{"u": 1}}}}'
    error = error_of(tmp_path, "a.jsonld", text)
    assert "names a context elsewhere" in str(error)
    assert error.hint is not None


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r SYSTEM "{url}/d">',
        "<?xml version='1.0'?>\n<!-- > -->\n<!DOCTYPE r PUBLIC 'x' '{url}/d'>",
        '<!DOCTYPE r [<!ENTITY e SYSTEM "{url}/e">]>',
        "<!DOCTYPE r [<!ENTITY e PUBLIC 'x' '{url}/e'>]>",
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "{url}/p"> %p;]>',
    ],
)
def test_xml_elsewhere_is_refused(tmp_path: Path, canary: Canary, doctype: str) -> None:
    error = error_of(tmp_path, "a.owl", doctype.format(url=canary.url) + XML % "x")
    assert "nothing is fetched" in str(error)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        f'<!DOCTYPE r [<!ENTITY a "{"ha" * 1000}">]>',
    ],
)
def test_entities_that_grow_are_refused(tmp_path: Path, doctype: str) -> None:
    assert "an entity that holds entities, or is long" in str(
        error_of(tmp_path, "a.rdf", doctype + XML % "&a;")
    )


@pytest.mark.parametrize(
    "mistake", ["<!-- -- -->", " <?xml version='1.0'?>", "<?xml version='1.0' encoding='big5'?>"]
)
def test_no_mistake_hides_what_comes_behind_it(tmp_path: Path, mistake: str) -> None:
    """The parser forgives each of them, so that the look ahead must not."""
    text = mistake + '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + XML % "&b;"
    assert "not RDF/XML" in str(error_of(tmp_path, "a.rdf", text))


def test_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / "lost.ttl").symlink_to("gone.ttl")
    (tmp_path / "ring.nt").symlink_to("ring.nt")
    (tmp_path / "good.ttl").write_text("<urn:a> <urn:b> 1 .")
    data = read_data(find_inputs(tmp_path))
    assert len(data.index) == 1
    assert {error.file for error in data.unread} == {tmp_path / "lost.ttl", tmp_path / "ring.nt"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text("<urn:a> <urn:b> 1 .")
    (tmp_path / "locked").mkdir(mode=0)
    with pytest.raises(InputError, match="this folder cannot be read"):
        find_inputs(tmp_path)


def test_entities_for_namespaces_are_read(tmp_path: Path) -> None:
    text = "<?xml version='1.0'?>\n<!DOCTYPE rdf:RDF [\n<!ENTITY u \"urn:u\" >\n]>\n" + XML % "&u;"
    (value,) = read_one(tmp_path, "a.owl", text).graph.objects()
    assert str(value) == "urn:u"


def test_imports_are_not_followed(tmp_path: Path, canary: Canary) -> None:
    owl = "http://www.w3.org/2002/07/owl#imports"
    assert len(read_one(tmp_path, "a.ttl", f"<urn:a> <{owl}> <{canary.url}/o> .").index) == 1
