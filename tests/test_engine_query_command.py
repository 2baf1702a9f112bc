"""The verb `query`, as its users run it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command import run

if TYPE_CHECKING:
    from pathlib import Path

DATA = """
PREFIX person: <https://w3id.org/warrantgraph/id/person/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
person:x rdfs:label "[bold]Iks[/bold]"@en ; rdfs:seeAlso <http://example.org/> .
"""
LABELS = "SELECT ?s ?label { ?s rdfs:label ?label }"


@pytest.fixture
def data(tmp_path: Path) -> str:
    path = tmp_path / "data.ttl"
    path.write_text(DATA, encoding="utf-8")
    return str(path)


def test_where_nobody_looks_it_writes_csv_and_knows_the_prefixes(data: str) -> None:
    done = run("query", "--data", data, LABELS)
    assert (done.exit_code, done.error) == (0, "")
    assert done.output.splitlines() == [
        "s,label",
        "https://w3id.org/warrantgraph/id/person/x,[bold]Iks[/bold]",
    ]


def test_a_table_shortens_names_and_reads_no_markup(data: str) -> None:
    done = run("query", "--data", data, "--format", "table", LABELS)
    assert "person:x" in done.output
    assert "[bold]Iks[/bold]" in done.output
    assert "1 row" in done.output


def test_json(data: str) -> None:
    done = run("query", "--data", data, "--format", "json", LABELS)
    assert len(json.loads(done.output)["results"]["bindings"]) == 1


@pytest.mark.parametrize(
    ("query", "answer"), [("ASK { ?s ?p ?o }", "yes\n"), ("ASK { ?s ?p 1 }", "no\n")]
)
def test_ask(data: str, query: str, answer: str) -> None:
    assert run("query", "--data", data, query).output == answer


def test_a_graph_is_turtle(data: str) -> None:
    done = run("query", "--data", data, "DESCRIBE person:x")
    assert done.output.startswith("@prefix person:")


def test_a_query_from_standard_input_and_from_a_file(data: str, tmp_path: Path) -> None:
    file = tmp_path / "ask.rq"
    file.write_bytes(b"\xef\xbb\xbfASK {}")
    assert run("query", "--data", data, "-", stdin="ASK {}").output == "yes\n"
    assert run("query", "--data", data, "--file", str(file)).output == "yes\n"


def test_its_own_declaration_wins(data: str) -> None:
    query = "PREFIX person: <http://example.org/> ASK { ?s ?p person: }"
    assert run("query", "--data", data, query).output == "yes\n"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC", 'Syntax error at line 1 column 1: "SELEC" is not a word of SPARQL'),
        ("ASK {\n ?s nope:x ?o }", 'Syntax error at line 2 column 5: the prefix "nope:"'),
        ("ASK { ?s nope:x ?o }", 'Syntax error at line 1 column 10: the prefix "nope:"'),
        ("ASK { SERVICE wg:x {} }", "SERVICE at line 1 column 7 is refused"),
        ("CLEAR ALL", "line 1 column 1: CLEAR begins an update"),
    ],
)
def test_a_wrong_query_says_where_in_the_user_s_text(data: str, query: str, message: str) -> None:
    done = run("query", "--data", data, query)
    assert (done.exit_code, done.output) == (3, "")
    assert message in done.error


def test_a_format_that_does_not_fit(data: str) -> None:
    done = run("query", "--data", data, "--format", "turtle", LABELS)
    assert done.exit_code == 3
    assert "a SELECT is answered in JSON, XML, CSV or TSV" in done.error


def test_wrong_use(data: str) -> None:
    assert run("query", "--data", data, "--file", "x.rq", "ASK {}").exit_code == 2
    assert run("query", "--data", data).exit_code == 2
    assert run("query", "--data", "none.ttl", "ASK {}").exit_code == 3
    assert run("query", "--data", data, "--file", "none.rq").exit_code == 3


def test_without_a_release_it_says_how_to_get_one(tmp_path: Path) -> None:
    done = run("query", "--release", str(tmp_path), "ASK {}")
    assert done.exit_code == 3
    assert "warrantgraph build" in done.error
