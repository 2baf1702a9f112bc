"""`/validate` over a real socket: what goes in, what comes out, and what is refused."""

from __future__ import annotations

import gzip
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pyoxigraph
import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from served import served
from warrantgraph.triples import as_rdflib
from warrantgraph_server.app import create_app
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).parent / "cases/protocol/data.trig"

WARRANT = b"""@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
<urn:warrant> a wg:ArrestWarrant .
"""
"""Three findings: no label, no issuance, nobody named."""
GZIPPED = gzip.compress(WARRANT)

SHAPES = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetNode <urn:warrant> ;
    sh:property <urn:shape-p> .
<urn:shape-p> sh:path <urn:p> ; sh:minCount 1 ; sh:message "no p" .
"""

ENDLESS = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetNode <urn:a> ;
    sh:property [ sh:path <urn:p> ; sh:pattern "^(a+)+$" ] .
"""
NEVER_MATCHED = b'<urn:a> <urn:p> "%b!" .' % (b"a" * 60)

SYNTAXES = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/trig": pyoxigraph.RdfFormat.TRIG,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/n-quads": pyoxigraph.RdfFormat.N_QUADS,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
}
RDF_REPORTS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    settings = Settings(data=(DATA,), max_upload=1 << 20)
    with served(create_app(settings), settings) as address:
        yield address


def validate(address: str, body: bytes, parameters: str = "", **headers: str) -> httpx.Response:
    """Post a body, as Turtle unless the headers say something else."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(
        f"{address}/validate?{parameters}", content=body, headers=TURTLE | named, timeout=60
    )


def findings(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == httpx.codes.OK, response.text
    listed: list[dict[str, Any]] = response.json()["findings"]
    return listed


def problem(response: httpx.Response, name: str, status: int) -> dict[str, Any]:
    assert (response.status_code, response.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    document: dict[str, Any] = response.json()
    assert document["type"].endswith(f"/problem/{name}"), document
    assert "Traceback" not in response.text
    return document


@pytest.mark.parametrize("media_type", SYNTAXES)
def test_every_syntax_is_validated(address: str, media_type: str) -> None:
    triples = pyoxigraph.parse(WARRANT, format=pyoxigraph.RdfFormat.TURTLE)
    body = pyoxigraph.serialize((each.triple for each in triples), format=SYNTAXES[media_type])
    assert body is not None
    response = validate(address, body, Content_Type=media_type, Accept="application/json")
    assert {each["rule"].rpartition("#")[2] for each in findings(response)} == {
        "ArrestWarrant-isIssued",
        "ArrestWarrant-namesSubject",
        "Labelled-label",
    }
    assert response.headers["validation-result"] == "conforms=?0, violations=3, warnings=0, infos=0"


@pytest.mark.parametrize(
    "media_type", ["Text/Turtle;charset=UTF-8", 'text/turtle; charset="utf-8"']
)
def test_a_type_may_name_its_charset(address: str, media_type: str) -> None:
    body = WARRANT + "# für alle".encode()
    assert validate(address, body, Content_Type=media_type).is_success


def read(report: httpx.Response) -> Graph:
    """The triples of a report."""
    media_type = report.headers["content-type"].partition(";")[0]
    graph = Graph()
    for quad in pyoxigraph.parse(report.content, format=SYNTAXES[media_type]):
        subject, predicate, value = map(as_rdflib, (quad.subject, quad.predicate, quad.object))
        graph.add((subject, predicate, value))
    return graph


@pytest.mark.parametrize("media_type", RDF_REPORTS)
def test_the_report_is_rdf_in_every_syntax(address: str, media_type: str) -> None:
    response = validate(address, WARRANT, Accept=media_type)
    assert response.headers["content-type"].partition(";")[0] == media_type
    report = read(response)
    ((node, _, _),) = report.triples((None, RDF.type, SH.ValidationReport))
    assert list(report.objects(node, SH.conforms)) == [Literal(False)]
    focus_nodes = [report.value(each, SH.focusNode) for each in report.objects(node, SH.result)]
    assert focus_nodes == [URIRef("urn:warrant")] * 3
    assert isomorphic(report, read(validate(address, WARRANT)))


def test_findings_have_their_place_in_what_was_sent(address: str) -> None:
    body = b"# a line before\n" + WARRANT
    response = validate(address, body, "file=/../claims/a.ttl", Accept="application/json")
    assert {
        tuple(each["place"][name] for name in ("file", "line", "column"))
        for each in findings(response)
    } == {("claims/a.ttl", 3, 1)}


def test_a_program_takes_sarif(address: str) -> None:
    response = validate(address, WARRANT, "file=claims.ttl", Accept="application/sarif+json")
    assert response.headers["content-type"] == "application/sarif+json"
    (run,) = response.json()["runs"]
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    assert {each["artifactLocation"]["uri"] for each in places} == {"claims.ttl"}
    assert {each["region"]["startLine"] for each in places} == {2}


def test_a_person_takes_text(address: str) -> None:
    response = validate(address, WARRANT, Accept="text/plain")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "<urn:warrant> a wg:ArrestWarrant ." in response.text
    assert "\x1b" not in response.text


def test_a_browser_takes_a_page_that_runs_nothing(address: str) -> None:
    wants = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    body = WARRANT + b"<urn:warrant> wg:namesSubject <urn:a%3Cscript%3E>, '<script>x</script>' ."
    response = validate(address, body, Accept=wants)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text.startswith("<!DOCTYPE html>")
    assert "<script" not in response.text
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_a_report_that_conforms_is_told_with_the_same_status(address: str) -> None:
    response = validate(address, b"", Accept="application/json")
    assert findings(response) == []
    assert response.headers["validation-result"] == "conforms=?1, violations=0, warnings=0, infos=0"


def test_the_report_is_sent_compressed_to_who_takes_it(address: str) -> None:
    body = b"".join(WARRANT.replace(b"urn:warrant", b"urn:w%d" % n) for n in range(9))
    accept = "application/json"
    response = validate(address, body, Accept=accept, Accept_Encoding="gzip")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    plain = validate(address, body, Accept=accept, Accept_Encoding="identity")
    assert "content-encoding" not in plain.headers
    assert response.text == plain.text


def test_without_the_ontology_nothing_follows_by_it(address: str) -> None:
    issued = WARRANT + b"<urn:issuance> wg:producedInstrument <urn:warrant> ."
    with_it = findings(validate(address, issued, Accept="application/json"))
    without = findings(validate(address, issued, "ontology=false", Accept="application/json"))
    assert {each["rule"] for each in without} < {each["rule"] for each in with_it}


def test_the_limit_shortens_the_list_and_not_the_counts(address: str) -> None:
    many = b"".join(
        b"<urn:w%d> a <https://w3id.org/warrantgraph/ontology#ArrestWarrant> ." % n
        for n in range(120)
    )
    lengths = [
        len(findings(validate(address, many, parameters, Accept="application/json")))
        for parameters in ("limit=2", "", "limit=0")
    ]
    assert lengths == [6, 300, 360]
    response = validate(address, many, "limit=2")
    assert response.headers["validation-result"].startswith("conforms=?0, violations=360,")


@pytest.mark.parametrize(
    "parameters",
    [
        "ontology=no",
        "limit=-1",
        "limit=all",
        "timeout=0",
        "timeout=1e3",
        "file=",
        "file=a%0Ab",
        "fail-on=warning",
        "query=ASK%7B%7D",
        "limit=1&limit=2",
        "file=%FF",
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused(address: str, parameters: str) -> None:
    told = problem(validate(address, WARRANT, parameters), "validation-request", 400)
    name = parameters.partition("=")[0]
    assert name in told["detail"] or "UTF-8" in told["detail"] or "twice" in told["detail"]


@pytest.mark.parametrize(
    ("media_type", "body", "place"),
    [
        ("text/turtle", b"<urn:a> a <urn:b> .\n<urn:a> a nothing:x .", (2, 11)),
        ("application/trig", b"{ <urn:a> a\n <urn: b> }", (2, 2)),
        ("application/n-triples", b"<urn:a> <urn:p> <urn:b> .\n<urn:a> x", (2, 9)),
        ("application/n-quads", b"<urn:a>\n", (2, 1)),
        ("application/ld+json", b'{"@id":\n "urn:a",, }', (2, 10)),
    ],
)
def test_a_mistake_is_told_with_its_place(
    address: str, media_type: str, body: bytes, place: tuple[int, int]
) -> None:
    response = validate(address, body, "file=made/up.ttl", Content_Type=media_type)
    told = problem(response, "input", 400)
    assert (told["line"], told["column"]) == place
    assert told["detail"].startswith(f"made/up.ttl:{place[0]}:{place[1]}: not ")


def test_xml_that_is_wrong_is_told(address: str) -> None:
    response = validate(address, b"<rdf:RDF>", Content_Type="application/rdf+xml")
    assert "not RDF/XML" in problem(response, "input", 400)["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json"},
        {"Content-Type": "text/plain"},
        {"Content-Type": ""},
        {"Content-Type": "text/turtle; charset=iso-8859-1"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "multipart/form-data; boundary=" + "x" * 71},
        {"Content-Encoding": "br"},
    ],
    ids=str,
)
def test_what_is_not_validated_is_refused(address: str, headers: Mapping[str, str]) -> None:
    response = httpx.post(f"{address}/validate", content=WARRANT, headers=TURTLE | dict(headers))
    problem(response, "upload-type", 415)


def test_a_format_that_there_is_not_is_refused(address: str) -> None:
    told = problem(validate(address, WARRANT, Accept="image/png"), "not-acceptable", 406)
    assert "text/turtle" in told["detail"]


def test_too_much_is_refused(address: str) -> None:
    assert validate(address, b"#" * (1 << 20)).is_success
    problem(validate(address, b"#" * ((1 << 20) + 1)), "upload-too-long", 413)

    def pieces() -> Iterator[bytes]:
        for _ in range(17):
            yield b"#" * (1 << 16)

    response = httpx.post(f"{address}/validate", content=pieces(), headers=TURTLE)
    problem(response, "upload-too-long", 413)


def test_gzip_is_unpacked_within_the_same_bound(address: str) -> None:
    sent = validate(
        address, gzip.compress(WARRANT), Content_Encoding="gzip", Accept="application/json"
    )
    assert len(findings(sent)) == 3
    bomb = gzip.compress(b"#" * (100 << 20))
    response = validate(address, bomb, Content_Encoding="gzip")
    problem(response, "upload-too-long", 413)


@pytest.mark.parametrize(
    "body",
    [b"", b"none", GZIPPED[:-9], GZIPPED * 2],
    ids=["empty", "plain", "cut", "twice"],
)
def test_broken_gzip_is_told(address: str, body: bytes) -> None:
    assert (
        "gzip" in problem(validate(address, body, Content_Encoding="gzip"), "input", 400)["detail"]
    )


def post_files(address: str, *parts: tuple[str, tuple[str | None, bytes, str]]) -> httpx.Response:
    headers = {"Accept": "application/json"}
    return httpx.post(f"{address}/validate", files=list(parts), headers=headers, timeout=60)


def test_shapes_of_their_own_stand_in_for_ours(address: str) -> None:
    response = post_files(
        address,
        ("data", ("a.ttl", WARRANT, "text/turtle")),
        ("shapes", ("shapes.bin", SHAPES, "text/turtle")),
    )
    assert [each["message"] for each in findings(response)] == ["no p"]


def test_files_are_validated_as_one_graph(address: str) -> None:
    """The type of a file is what it is sent as, or where that says nothing, what its name says."""
    response = post_files(
        address,
        ("data", ("a.TTL", WARRANT, "application/octet-stream")),
        ("data", (None, b"<urn:warrant> <urn:p> _:a .", "application/n-triples")),
        ("shapes", ("s.ttl", SHAPES, "text/plain")),
    )
    assert findings(response) == []


def test_blank_nodes_of_two_files_are_two(address: str) -> None:
    both = b"_:x <urn:p> <urn:a> .", b"_:x <urn:p> <urn:b> ."
    shapes = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ;
            sh:property [ sh:path <urn:p> ; sh:maxCount 1 ] ."""
    response = post_files(
        address,
        *(("data", (f"{n}.nt", each, "")) for n, each in enumerate(both)),
        ("shapes", ("s.ttl", shapes, "")),
    )
    assert findings(response) == []


def test_a_form_without_shapes_means_ours(address: str) -> None:
    """A browser sends an empty part for a file that was not chosen."""
    body = (
        b'--B\r\nContent-Disposition: form-data; name="data"; filename="w.ttl"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + WARRANT + b"\r\n"
        b'--B\r\nContent-Disposition: form-data; name="shapes"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--B--\r\n"
    )
    content_type = "multipart/form-data; boundary=B"
    response = validate(address, body, Content_Type=content_type, Accept="application/json")
    assert len(findings(response)) == 3


PART = (
    b'--B\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n'
    b"<urn:a> a <urn:b> .\r\n"
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the last boundary"),
        (b"--B--\r\n", "nothing to validate"),
        (PART % (b"data", b"a.ttl"), "the last boundary"),
        (PART % (b"data", b"a.ttl") + b"--C--\r\n", "the last boundary"),
        (PART % (b"other", b"a.ttl") + b"--B--", 'neither data nor shapes: "other"'),
        (PART % (b"data", b"a.doc") + b"--B--", "a.doc: a file is no RDF"),
        (PART % (b"data", b"") + b"--B--", "data-1: a file is no RDF"),
        (PART % (b"shapes", b"a.ttl") + b"--B--", "nothing to validate"),
        (
            PART % (b"data", b"a.ttl") + PART % (b"shapes", b"a.ttl") + b"--B--",
            "there are no SHACL shapes",
        ),
        (PART % (b"data", b"a.ttl") * 101 + b"--B--", "more than 100 parts"),
        (b"--B\r\nX: " + b"x" * 9000 + b"\r\n\r\n\r\n--B--", "a part has no head, or too long"),
        (b"--B\r\n--B--", "a part has no head"),
        (
            PART % (b"data", b"a.ttl")
            + (PART % (b"shapes", b"s.ttl")).replace(b" a", b"")
            + b"--B--",
            "s.ttl:1:",
        ),
    ],
)
def test_parts_that_cannot_be_read_are_told(address: str, body: bytes, words: str) -> None:
    response = validate(address, body, Content_Type="multipart/form-data; boundary=B")
    assert words in problem(response, "input", 400)["detail"]


def test_the_page_has_a_form(address: str) -> None:
    response = httpx.get(f"{address}/validate", headers={"Accept": "text/html"})
    assert '<form action="/validate" method="post" enctype="multipart/form-data">' in response.text
    assert httpx.head(f"{address}/validate").is_success
    only_json = httpx.get(f"{address}/validate", headers={"Accept": "application/json"})
    problem(only_json, "not-acceptable", 406)


def test_pages_of_other_origins_may_post(address: str) -> None:
    headers = {"Origin": "https://e/", "Access-Control-Request-Method": "POST"}
    preflight = httpx.options(f"{address}/validate", headers=headers)
    assert "POST" in preflight.headers["access-control-allow-methods"]
    response = validate(address, WARRANT)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "Validation-Result" in response.headers["access-control-expose-headers"]
    refused = httpx.put(f"{address}/validate", content=WARRANT, headers=TURTLE)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_what_became_of_validations_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log"
    settings = Settings(data=(DATA,), query_log=str(log))
    with served(create_app(settings), settings) as address:
        report = validate(address, WARRANT, Accept_Encoding="identity")
        validate(address, b"<")
        validate(address, WARRANT, Content_Type="text/plain")
        metrics = httpx.get(f"{address}/metrics").text
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    told = [[line[name] for name in ("upload", "outcome", "findings", "bytes")] for line in lines]
    assert told == [
        [len(WARRANT), "ok", 3, len(report.content)],
        [1, "input", None, None],
        [None, "upload-type", None, None],
    ]
    assert 'warrantgraph_validations_total{outcome="ok"} 1.0' in metrics
    assert 'warrantgraph_validations_total{outcome="input"} 1.0' in metrics
    assert "warrantgraph_validations_running 0.0" in metrics


@pytest.fixture(scope="module")
def narrow_address() -> Iterator[str]:
    """A server that lets nothing wait, and gives validations ten seconds."""
    settings = Settings(data=(DATA,), queue=0, validate_timeout=10)
    with served(create_app(settings), settings) as address:
        yield address


def post_endless(address: str, timeout: float) -> httpx.Response:
    files = [
        ("data", ("a.ttl", NEVER_MATCHED, "text/turtle")),
        ("shapes", ("s.ttl", ENDLESS, "text/turtle")),
    ]
    return httpx.post(
        f"{address}/validate", files=files, params={"timeout": f"{timeout}"}, timeout=60
    )


def running(address: str) -> str:
    metrics = httpx.get(f"{address}/metrics").text
    return metrics.partition("\nwarrantgraph_validations_running ")[2].partition("\n")[0]


def test_a_client_that_validates_at_length_hinders_no_other(narrow_address: str) -> None:
    """It has one place of two: its next is told 503, and another's is answered meanwhile."""
    replies: list[httpx.Response] = []
    thread = threading.Thread(target=lambda: replies.append(post_endless(narrow_address, 6)))
    thread.start()
    while running(narrow_address) != "1.0":
        assert thread.is_alive()
    busy = validate(narrow_address, WARRANT)
    assert int(busy.headers["retry-after"]) > 0
    problem(busy, "busy", 503)
    other = httpx.HTTPTransport(local_address="127.0.0.2")
    with httpx.Client(transport=other, timeout=60) as client:
        answered = client.post(f"{narrow_address}/validate", content=WARRANT, headers=TURTLE)
    assert answered.is_success
    assert thread.is_alive()
    thread.join()
    assert problem(replies[0], "validation-timeout", 504)["detail"].startswith("stopped after 6 s")
    assert validate(narrow_address, WARRANT).is_success
