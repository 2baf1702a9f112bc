"""The embedded engine through the interface that every engine has."""

from __future__ import annotations

import gc
import json
import threading
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from warrantgraph.engine import (
    BOOLEAN_FORMATS,
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    AnswerFormats,
    EmbeddedEngine,
    QueryDataset,
    QueryForm,
    formats_of,
)
from warrantgraph.errors import (
    InputError,
    MissingFileError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QuerySyntaxError,
    ServiceRefusedError,
)

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.engine import Format

DATA = """
PREFIX ex: <http://example.org/>
ex:d ex:p "default" .
ex:one { ex:a ex:p "one", "both" . [] ex:p "somebody" }
ex:two { ex:a ex:p "two", "both" }
"""
EVERYTHING = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
LONG = "SELECT * { " + " ".join(f"VALUES ?{name} {{ {'1 ' * 100} }}" for name in "abc") + "}"
"""A million rows, more than fits between writer and reader."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.trig"
    path.write_text(DATA, encoding="utf-8")
    return path


def column(engine: EmbeddedEngine, query: str, dataset: QueryDataset | None = None) -> list[str]:
    rows = json.loads(engine.evaluate(query, dataset=dataset).read())["results"]["bindings"]
    return [cell["value"] for row in rows for cell in row.values()]


def test_graphs_of_a_file_stay_graphs(file: Path) -> None:
    engine = EmbeddedEngine.load([file])
    assert column(engine, EVERYTHING) == ["default"]
    assert column(
        engine, "SELECT ?o { GRAPH <http://example.org/two> { ?s ?p ?o } } ORDER BY ?o"
    ) == [
        "both",
        "two",
    ]


def test_the_union_is_a_merge_and_graphs_stay_visible(file: Path) -> None:
    engine = EmbeddedEngine.load([file], union_default_graph=True)
    assert column(engine, EVERYTHING) == ["both", "default", "one", "somebody", "two"]
    query = "SELECT ?g { ?s ?p 'both' GRAPH ?g { ?s ?p 'both' } } ORDER BY ?g"
    assert column(engine, query) == ["http://example.org/one", "http://example.org/two"]


def test_a_blank_node_is_the_same_in_the_union_and_in_its_graph(file: Path) -> None:
    engine = EmbeddedEngine.load([file], union_default_graph=True)
    query = "SELECT ?o { ?s ?p 'somebody' GRAPH ?g { ?s ?p ?o } FILTER(ISBLANK(?s)) }"
    assert column(engine, query) == ["somebody"]


def test_from_chooses_also_where_the_default_graph_is_a_union(file: Path) -> None:
    engine = EmbeddedEngine.load([file], union_default_graph=True)
    query = EVERYTHING.replace("{", "FROM <http://example.org/two> {")
    assert column(engine, query) == ["both", "two"]
    assert column(engine, EVERYTHING.replace("{", "FROM NAMED <http://example.org/two> {")) == []


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    files = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for path in files:
        path.write_text("_:b <http://example.org/p> 1 .", encoding="utf-8")
    assert len(column(EmbeddedEngine.load(files), EVERYTHING)) == len(files)


@pytest.mark.parametrize("form", list(QueryForm))
def test_every_format_can_be_read_again(file: Path, form: QueryForm) -> None:
    query = {
        QueryForm.SELECT: EVERYTHING,
        QueryForm.ASK: "ASK { ?s ?p ?o }",
        QueryForm.CONSTRUCT: "CONSTRUCT WHERE { ?s ?p ?o }",
        QueryForm.DESCRIBE: "DESCRIBE <http://example.org/d>",
    }[form]
    engine = EmbeddedEngine.load([file])
    for each in formats_of(form).values():
        answer = engine.evaluate(query, formats=only(each))
        assert (answer.form, answer.format) == (form, each)
        content = answer.read()
        if each in GRAPH_FORMATS.values():
            syntax = pyoxigraph.RdfFormat.from_media_type(each.media_type)
            assert len(list(pyoxigraph.parse(content, format=syntax))) == 1
        elif each.name not in ("csv",):
            media_type = pyoxigraph.QueryResultsFormat.from_media_type(each.media_type)
            results = pyoxigraph.parse_query_results(content, format=media_type)
            assert bool(results) if isinstance(results, pyoxigraph.QueryBoolean) else list(results)


def only(each: Format) -> AnswerFormats:
    name = each.name
    return AnswerFormats(
        SOLUTION_FORMATS.get(name), BOOLEAN_FORMATS.get(name), GRAPH_FORMATS.get(name)
    )


@pytest.mark.parametrize("name", ["csv", "tsv", "turtle"])
def test_an_ask_has_no_csv(name: str) -> None:
    formats = AnswerFormats(boolean=BOOLEAN_FORMATS.get(name))
    with pytest.raises(NotAcceptableError, match="JSON or XML"):
        EmbeddedEngine.load([]).evaluate("ASK {}", formats=formats)


def test_prefixes_are_those_that_are_used_and_sorted() -> None:
    query = (
        "PREFIX wg: <https://w3id.org/warrantgraph/ontology#> "
        "PREFIX person: <https://w3id.org/warrantgraph/id/person/> "
        'CONSTRUCT { person:x a wg:Person ; wg:p "x", "y"@en, 1 } {}'
    )
    turtle = EmbeddedEngine.load([]).evaluate(query).read().decode()
    prefixes = [line.split()[1] for line in turtle.splitlines() if line.startswith("@prefix")]
    assert prefixes == ["person:", "wg:", "xsd:"]


def test_no_service_is_called_whatever_the_dataset(file: Path) -> None:
    query = "ASK { SERVICE SILENT <http://127.0.0.1:9/> {} }"
    with pytest.raises(ServiceRefusedError, match="line 1 column 7"):
        EmbeddedEngine.load([file]).evaluate(query, dataset=QueryDataset(("http://e/",)))


def test_a_dataset_names_graphs_by_iris(file: Path) -> None:
    with pytest.raises(QueryError, match='not by "one"'):
        EmbeddedEngine.load([file]).evaluate("ASK {}", dataset=QueryDataset(("one",)))


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT * {\n  ?s ?p }", 2, 9, '"}" cannot stand here'),
        ("SELECT * { ?s ?p ?o", 1, 18, "ends too early"),
        ("SELECT * { ?s ?p ?o } ORDER ?s", 1, 29, "expected BY"),
        ("SELECT * {\r\n ?s ?p ?o . }\r\n}", 3, 1, '"}" cannot stand here'),
        ("SELECT ?x WHERE { BIND(1 ?x) }", 1, 26, "cannot stand here"),
        ("SELECT * { GRAPH { } }", 1, 18, "cannot stand here"),
        ("SELECT * {\n  ?s wg:nope ?o }", 2, 6, 'the prefix "wg:" is not declared'),
        ("SELECT * { ?s ?p ?o ] }", 1, 21, '"]" cannot stand here'),
        ("SELECT ?s (1 AS ?s) { ?s ?p ?o }", 1, 32, "overrides an existing variable"),
        ("SELECT ?z { } GROUP BY ?x", 1, 24, "unbound"),
    ],
)
def test_a_syntax_error_says_where(query: str, line: int, column: int, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=words) as raised:
        EmbeddedEngine.load([]).evaluate(query)
    assert (raised.value.line, raised.value.column) == (line, column)


def test_a_failure_before_the_first_bytes_is_raised_at_once() -> None:
    unknown = " ".join(f"BIND(<http://example.org/f{n}>(1) AS ?x{n})" for n in range(101))
    with pytest.raises(QueryEvaluationError, match="is not supported"):
        EmbeddedEngine.load([]).evaluate(f"SELECT * {{ {unknown} }}")


def test_an_unknown_function_fails_where_it_is_called(file: Path) -> None:
    engine = EmbeddedEngine.load([file])
    query = "SELECT (COALESCE(<http://example.org/f>(?o), 'failed') AS ?x) { ?s ?p ?o }"
    assert column(engine, query) == ["failed"]
    assert column(engine, "SELECT ?o { ?s ?p ?o FILTER(<http://example.org/f>(?o)) }") == []


def test_an_answer_that_nobody_reads_ends() -> None:
    engine = EmbeddedEngine.load([])
    answer = engine.evaluate(LONG)
    (thread,) = (each for each in threading.enumerate() if each.name == "query")
    assert next(answer.chunks)
    answer.close()
    thread.join(30)
    assert not thread.is_alive()
    assert list(answer.chunks) == []


def test_an_answer_that_is_dropped_ends() -> None:
    engine = EmbeddedEngine.load([])
    answer = engine.evaluate(LONG)
    (thread,) = (each for each in threading.enumerate() if each.name == "query")
    del answer
    gc.collect()
    thread.join(30)
    assert not thread.is_alive()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such file"):
        EmbeddedEngine.load([tmp_path / "none.ttl"])


def test_an_unknown_extension_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no RDF syntax has this extension .*\.ttl"):
        EmbeddedEngine.load([tmp_path / "data.zip"])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"PREFIX ex: <http://e/>\nex:a ex:b nope:c .", 2),
        (b"<http://e/a> <http://e/b> '\xff' .", 1),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "broken.ttl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not Turtle") as raised:
        EmbeddedEngine.load([path])
    assert (raised.value.file, raised.value.line) == (path, line)
