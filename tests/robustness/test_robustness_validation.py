"""Uploads of strangers: they end in time, reach nothing, and what they leave behind is nothing."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from canary import listening
from hostile_uploads import multipart, read_uploads
from process_tree import NEEDS_PROC, alive, cpu_seconds, cpu_until_idle, descendants, until
from raw_http import connect, read_reply, request
from server_process import check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from canary import Endpoint
    from hostile_uploads import HostileUpload
    from process_tree import Process
    from raw_http import Reply
    from server_process import Server

CASES = list(read_uploads(Path(__file__).parents[1] / "cases/hostile-uploads"))
OK, BAD_REQUEST, BUSY, TOO_LATE, NO_MEMORY = 200, 400, 503, 504, 507
WORK = 0.3
"""Processor seconds by which it is sure that a validation runs."""

ENDLESS = multipart(
    b'<urn:a> <urn:p> "%b!" .' % (b"a" * 60),
    b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
    <urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ;
        sh:property [ sh:path <urn:p> ; sh:pattern "^(a+)+$" ] .""",
)
"""A pattern that no computer sees the end of."""

SMALL = b"<urn:warrant> a <https://w3id.org/warrantgraph/ontology#ArrestWarrant> ."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_ring(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def server(data: str) -> Iterator[Server]:
    limits = ("--validate-timeout", "10", "--memory-limit", "256MiB")
    with serving("--data", data, *limits) as server:
        # The first upload waits until our shapes are loaded; the cases have three seconds each.
        assert send(server, upload(b"")).status == 200
        yield server
        assert server.process.poll() is None, "the server has ended"


@pytest.fixture
def canary() -> Iterator[Endpoint]:
    with listening() as endpoint:
        yield endpoint


def upload(
    body: bytes, content_type: str = "text/turtle", parameters: str = "", headers: str = ""
) -> bytes:
    """A whole request."""
    return (
        f"POST /validate?{parameters} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        f"Connection: close\r\n{headers}\r\n"
    ).encode() + body


def send(server: Server, data: bytes) -> Reply:
    reply = request(server.port, data)
    assert reply, "the connection was closed without an answer"
    return reply


def check_health(server: Server) -> None:
    """Validations and queries are answered, and rightly."""
    server.check_health()
    reply = send(server, upload(SMALL))
    assert (reply.outcome, reply.headers["validation-result"][:24]) == (
        OK,
        "conforms=?0, violations=",
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: HostileUpload, server: Server) -> None:
    coding = "Content-Encoding: gzip\r\n" if case.table.get("gzip") else ""
    reply = send(server, upload(case.body(), case.content_type, "timeout=3", coding))
    assert reply.outcome in case.expect, reply.body[:300]
    if reply.status >= BAD_REQUEST:
        check_problem(reply, [reply.status])
    server.check_health()


@NEEDS_PROC
def test_nothing_of_them_goes_on(server: Server) -> None:
    assert cpu_until_idle(server.pid) < 1
    check_health(server)


def test_a_literal_of_fifty_megabytes_is_read_where_that_is_allowed(data: str) -> None:
    body = b'<urn:a> <urn:p> "' + b"x" * 50_000_000 + b'" .'
    with serving("--data", data, "--max-upload", "64MiB") as server:
        assert send(server, upload(body)).outcome in (OK, TOO_LATE, NO_MEMORY)
        check_health(server)


REACHING = {
    "imports": (
        "text/turtle",
        "<> a <http://www.w3.org/2002/07/owl#Ontology> ;"
        " <http://www.w3.org/2002/07/owl#imports> <CANARY> .",
    ),
    "context": ("application/ld+json", '{"@context": "CANARY", "@id": "urn:a"}'),
    "context in a context": (
        "application/ld+json",
        '{"@context": {"@import": "CANARY"}, "@id": "urn:a"}',
    ),
    "scoped context": (
        "application/ld+json",
        '{"@context": {"p": {"@id": "urn:p", "@context": "CANARY"}}, "p": {"@id": "urn:a"}}',
    ),
    "entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY e SYSTEM "CANARY">]>RDF<e:p>&e;</e:p>END',
    ),
    "entity in a file": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>RDF<e:p>&e;</e:p>END',
    ),
    "parameter entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY % e SYSTEM "CANARY"> %e;]>RDF<e:p>1</e:p>END',
    ),
    "doctype": ("application/rdf+xml", '<!DOCTYPE r SYSTEM "CANARY">RDF<e:p>1</e:p>END'),
}
RDF_BEGINS = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    "<rdf:Description>"
)


@pytest.mark.parametrize("name", REACHING)
def test_data_that_names_other_documents_does_not_get_them(
    name: str, server: Server, canary: Endpoint
) -> None:
    media_type, text = REACHING[name]
    text = text.replace("CANARY", canary.iri).replace("RDF<", RDF_BEGINS + "<")
    body = text.replace("END", "</rdf:Description></rdf:RDF>").encode()
    reply = send(server, upload(body, media_type))
    assert reply.outcome in (OK, BAD_REQUEST), reply.body
    assert b"root:" not in reply.body
    assert canary.connections == 0
    check_health(server)


SHAPES_THAT_REACH = {
    "imports": "<> <http://www.w3.org/2002/07/owl#imports> <CANARY> .",
    "service": 'sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <CANARY> { ?a ?b ?c } }" ]',
    "silent service": 'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o .'
    ' SERVICE SILENT <CANARY> { ?a ?b ?c } }" ]',
    "escaped service": 'sh:sparql [ sh:select "SELECT $this WHERE {'
    ' \\\\u0053ERVICE <CANARY> { ?a ?b ?c } }" ]',
    "from": 'sh:sparql [ sh:select "SELECT $this FROM <CANARY> WHERE { $this ?p ?o }" ]',
    "from named": 'sh:sparql [ sh:select "SELECT $this FROM NAMED <CANARY> WHERE {'
    ' GRAPH ?g { $this ?p ?o } }" ]',
    "from a file": 'sh:sparql [ sh:select "SELECT $this FROM <file:///etc/passwd> WHERE {'
    ' $this ?p ?o }" ]',
    "target": '. <urn:s2> a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this'
    ' WHERE { SERVICE <CANARY> { ?this ?b ?c } }" ] ; sh:nodeKind sh:Literal',
    "script": 'sh:js [ a sh:JSConstraint ; sh:jsLibrary [ sh:jsLibraryURL "CANARY"^^'
    '<http://www.w3.org/2001/XMLSchema#anyURI> ] ; sh:jsFunctionName "f" ]',
    "prefixes": 'sh:sparql [ sh:prefixes <CANARY> ; sh:select "SELECT $this WHERE {'
    ' $this ?p ?o }" ]',
}


@pytest.mark.parametrize("name", SHAPES_THAT_REACH)
def test_shapes_that_reach_out_do_not(name: str, server: Server, canary: Endpoint) -> None:
    text = SHAPES_THAT_REACH[name].replace("CANARY", canary.iri)
    shape = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> "
    )
    shapes = f"{shape} .\n{text}" if name == "imports" else f"{shape} ; {text} ."
    content_type, body = multipart(b"<urn:a> <urn:p> <urn:b> .", shapes.encode())
    reply = send(server, upload(body, content_type))
    assert reply.outcome in (OK, BAD_REQUEST), reply.body
    if "service" in name or name.startswith("from"):
        check_problem(reply, [BAD_REQUEST])
    assert b"root:" not in reply.body
    assert canary.connections == 0


def keepers(server: Server) -> list[Process]:
    """The children of the server: the keeper of the data, then that of the validations."""
    children = [each for each in descendants(server.pid) if each.parent == server.pid]
    return sorted(children, key=lambda each: each.started)


def validators(server: Server) -> list[Process]:
    """The processes that validate now."""
    parent = keepers(server)[1].pid
    return [each for each in descendants(server.pid) if each.parent == parent]


def started(server: Server) -> socket:
    """A connection on which a validation is at work."""
    connection = connect(server.port)
    before = cpu_seconds(server.pid)
    content_type, body = ENDLESS
    connection.sendall(upload(body, content_type))
    until(lambda: cpu_seconds(server.pid) - before > WORK and validators(server), "it is at work")
    return connection


@NEEDS_PROC
def test_no_process_is_there_before_the_first_upload(data: str) -> None:
    with serving("--data", data) as server:
        server.check_health()
        assert len(keepers(server)) == 1
        check_health(server)
        assert len(keepers(server)) == 2
        until(lambda: not validators(server), "the process of the first upload is gone")


@NEEDS_PROC
def test_a_validation_ends_when_its_client_leaves(server: Server) -> None:
    check_health(server)
    started(server).close()
    until(lambda: not validators(server), "its process is gone")
    assert cpu_until_idle(server.pid) < 1
    check_health(server)


@NEEDS_PROC
def test_a_validation_ends_at_its_deadline(server: Server) -> None:
    check_health(server)
    content_type, body = ENDLESS
    check_problem(send(server, upload(body, content_type, "timeout=0.5")), [TOO_LATE])
    until(lambda: not validators(server), "its process is gone")
    assert cpu_until_idle(server.pid) < 1


@NEEDS_PROC
def test_a_worker_that_dies_fails_its_own_upload_only(server: Server) -> None:
    check_health(server)
    connection = started(server)
    (worker,) = validators(server)
    os.kill(worker.pid, signal.SIGKILL)
    with connection, connection.makefile("rb") as stream:
        reply = read_reply(stream)
    assert reply
    check_problem(reply, [500])
    check_health(server)


@NEEDS_PROC
def test_the_server_outlives_the_keeper_of_validations(server: Server) -> None:
    check_health(server)
    connection = started(server)
    _, keeper = keepers(server)
    lost = [keeper, *validators(server)]
    os.kill(keeper.pid, signal.SIGKILL)
    with connection, connection.makefile("rb") as stream:
        reply = read_reply(stream)
    assert reply
    check_problem(reply, [500])
    until(lambda: not any(map(alive, lost)), "the workers of the dead keeper are gone")
    server.check_health()
    check_health(server)


@NEEDS_PROC
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["term", "kill"])
def test_the_end_of_the_server_leaves_nothing(number: signal.Signals, data: str) -> None:
    with serving("--data", data, "--validate-timeout", "60", "--grace", "1") as server:
        check_health(server)
        with started(server):
            processes = descendants(server.pid)
            server.process.send_signal(number)
            assert server.process.wait(20) in (0, -number)
            until(lambda: not any(map(alive, processes)), "all its processes are gone", safety=5)
        if number is signal.SIGTERM:
            assert "Traceback" not in server.log.read_text()


@NEEDS_PROC
def test_the_end_comes_while_the_keeper_is_started(data: str) -> None:
    with serving("--data", data, "--grace", "1") as server, connect(server.port) as connection:
        connection.sendall(upload(SMALL))
        until(lambda: len(keepers(server)) == 2, "the keeper is being started")
        processes = descendants(server.pid)
        server.process.terminate()
        assert server.process.wait(20) == 0
        until(lambda: not any(map(alive, processes)), "all its processes are gone", safety=5)


def test_who_sends_slowly_keeps_nobody_waiting(data: str) -> None:
    with serving("--data", data, "--request-timeout", "2") as server:
        check_health(server)
        slow = [connect(server.port) for _ in range(30)]
        whole = upload(SMALL * 1000)
        for connection in slow:
            connection.sendall(whole[:-1000])
        check_health(server)
        for connection in slow:
            with connection, connection.makefile("rb") as stream:
                assert read_reply(stream) is None, "half an upload was answered"
        check_health(server)


def upload_bytes(server: Server) -> int:
    reply = send(server, b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    value = reply.body.partition(b"\nwarrantgraph_upload_bytes ")[2].partition(b"\n")[0]
    return int(float(value))


def test_more_uploads_than_the_server_holds_are_told_so(data: str) -> None:
    """A client that holds most of the room with uploads that do not end is told 503, others not."""
    with serving("--data", data, "--max-upload", "1MiB", "--request-timeout", "20") as server:
        check_health(server)
        body = b"#" * (1 << 20)
        held = [connect(server.port) for _ in range(6)]
        for connection in held:
            connection.sendall(upload(body)[:-1])
        until(lambda: upload_bytes(server) == 6 * (len(body) - 1), "all of it has come")
        problem = check_problem(send(server, upload(body)), [BUSY])
        assert str(problem["detail"]).startswith("other uploads")
        other = request(server.port, upload(SMALL), "127.0.0.2")
        assert other
        assert other.outcome == OK
        for connection in held:
            connection.close()
        until(lambda: send(server, upload(SMALL)).outcome == OK, "there is room again")
