"""The graph says what to ask it: each competency question is an example query in the store.

`cases/examples/<name>.rq` is a file that is no example, `<name>.txt` what a build says of it.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from warrantgraph.build import build
from warrantgraph.engine import SOLUTION_FORMATS, AnswerFormats, EmbeddedEngine
from warrantgraph.errors import InputError, ValidationFailedError
from warrantgraph.namespaces import BASE, EXAMPLES_GRAPH, PREFIXES
from warrantgraph.release import Release
from warrantgraph.resources import COMPETENCY, ONTOLOGY, Inputs

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases" / "examples"
BASE_INPUTS = Path(__file__).parent / "cases" / "input-errors" / "base"
QUESTIONS = sorted(COMPETENCY.glob("*.rq"))

WHAT_EDITORS_ASK = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?example ?comment ?query ?language WHERE {
  ?example a sh:SPARQLExecutable ;
    rdfs:comment ?comment ;
    sh:select|sh:ask|sh:construct ?query .
  BIND(LANG(?comment) AS ?language)
} ORDER BY ?example"""
WHICH_PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?prefix ?namespace WHERE { [] sh:prefix ?prefix ; sh:namespace ?namespace }"""
WHERE_IT_RUNS = """
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?example ?target ?declared (GROUP_CONCAT(?keyword) AS ?keywords) WHERE {
  ?example a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;
    sh:prefixes/sh:declare/sh:prefix ?declared ;
    schema:target ?target ;
    schema:keywords ?keyword .
  FILTER(?declared = "wg")
} GROUP BY ?example ?target ?declared"""


@pytest.fixture(scope="module")
def ask(release: Release) -> Callable[[str], list[list[str]]]:
    engine = EmbeddedEngine.load([release.dataset], union_default_graph=True)
    formats = AnswerFormats(solutions=SOLUTION_FORMATS["csv"])

    def rows(query: str) -> list[list[str]]:
        answer = engine.evaluate(query, formats=formats).read().decode()
        return list(csv.reader(io.StringIO(answer, newline="")))

    return rows


def test_an_editor_finds_every_question_and_its_query(
    ask: Callable[[str], list[list[str]]],
) -> None:
    found = {example: rest for example, *rest in ask(WHAT_EDITORS_ASK)[1:]}
    assert list(found) == [f"{BASE}id/example/{file.stem}" for file in QUESTIONS]
    for file in QUESTIONS:
        question, _, text = file.read_text(encoding="utf-8").split("\n", 2)
        assert found[f"{BASE}id/example/{file.stem}"] == [question[2:], text, "en"]


def test_each_runs_as_it_stands_and_gives_its_rows(ask: Callable[[str], list[list[str]]]) -> None:
    for example, _, query, _ in ask(WHAT_EDITORS_ASK)[1:]:
        expected = (COMPETENCY / f"{example.rpartition('/')[2]}.csv").read_text(encoding="utf-8")
        assert ask(query) == list(csv.reader(io.StringIO(expected, newline="")))


def test_an_editor_finds_the_prefixes(ask: Callable[[str], list[list[str]]]) -> None:
    assert dict(ask(WHICH_PREFIXES)[1:]) == PREFIXES


def test_each_says_where_it_runs_and_what_it_is(ask: Callable[[str], list[list[str]]]) -> None:
    found = ask(WHERE_IT_RUNS)[1:]
    assert len(found) == len(QUESTIONS)
    for _, target, _, keywords in found:
        assert target == f"{BASE}sparql"
        assert "competency question" in keywords


def inputs(tmp_path: Path, *, questions: Path | None = None) -> Inputs:
    """A tiny source, and the ontology with one question, or none."""
    ontology = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY, ontology, ignore=shutil.ignore_patterns("competency"))
    if questions:
        (ontology / "competency").mkdir()
        shutil.copy(questions, ontology / "competency")
    return Inputs(BASE_INPUTS / "sources", BASE_INPUTS / "authority", ontology)


def test_a_release_without_questions_has_no_graph_of_them(tmp_path: Path) -> None:
    built = build(tmp_path / "out", inputs(tmp_path))
    assert str(EXAMPLES_GRAPH) not in built.manifest.graphs
    assert Release.open(tmp_path / "out").manifest.counts["claims"] > 0


@pytest.mark.parametrize("case", sorted(CASES.glob("*.rq")), ids=lambda case: case.stem)
def test_a_file_that_is_no_example_is_refused(tmp_path: Path, case: Path) -> None:
    given = inputs(tmp_path, questions=case)
    with pytest.raises(InputError) as refused:
        build(tmp_path / "out", given)
    file = given.ontology / "competency" / case.name
    expected = case.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
    assert str(refused.value) == expected.format(file=file)


def test_the_name_of_an_example_says_no_guilt_either(tmp_path: Path) -> None:
    question = tmp_path / "01-who-is-guilty.rq"
    question.write_text("# Who speaks?\n# answerable: article\nASK {}\n")
    given = inputs(tmp_path, questions=question)
    with pytest.raises(ValidationFailedError, match="the name says guilt"):
        build(tmp_path / "out", given)
