"""The competency questions: each gives exactly its rows, in rdflib and in Oxigraph alike.

`ontology/competency/NN-name.rq` asks, `NN-name.csv` beside it holds the rows of the release, in
order. Questions that no source answers yet, and the audit, which must find nothing, are also asked
of planted data: `cases/competency/<data>/NN.csv` holds what question NN finds in its `data.ttl`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib import XSD, Dataset, Literal
from rdflib.util import guess_format

from warrantgraph.resources import COMPETENCY

if TYPE_CHECKING:
    from rdflib.term import Identifier

    from warrantgraph.release import Release

CASES = Path(__file__).parent / "cases" / "competency"
QUESTIONS = sorted(COMPETENCY.glob("*.rq"))
PLANTED = sorted(CASES.glob("*/*.csv"))
STAND_INS = {
    "state:ukraine": "<https://example.org/agent/state>",
    "person:vladimir-putin": "<https://example.org/agent/person>",
}
"""Planted data speak of nobody real: what a reader may change in a question, they change."""

Table = list[list[str]]

# rdflib's own parsers and SPARQL still use what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")


@dataclass(frozen=True)
class Engines:
    """The same data in both engines; the default graph is the union of the named ones."""

    rdflib: Dataset
    oxigraph: pyoxigraph.Store

    @staticmethod
    def load(file: Path) -> Engines:
        oxigraph, rdflib = pyoxigraph.Store(), Dataset(default_union=True)
        oxigraph.bulk_load(path=file)
        rdflib.parse(data=file.read_bytes(), format=guess_format(file.name))
        return Engines(rdflib, oxigraph)

    def ask_rdflib(self, query: str) -> Table:
        result = self.rdflib.query(query)
        assert result.vars is not None
        rows = [[_cell(row.get(name)) for name in result.vars] for row in result.bindings]
        return [[str(name) for name in result.vars], *rows]

    def ask_oxigraph(self, query: str) -> Table:
        result = self.oxigraph.query(query, use_default_graph_as_union=True)
        assert isinstance(result, pyoxigraph.QuerySolutions)
        content = result.serialize(format=pyoxigraph.QueryResultsFormat.CSV)
        assert content is not None
        return _table(content.decode())


def _cell(term: Identifier | None) -> str:
    """The term as SPARQL's CSV has it; rdflib writes the Z of a time as +00:00."""
    if isinstance(term, Literal) and term.datatype == XSD.dateTime:
        return str(term).replace("+00:00", "Z")
    return "" if term is None else str(term)


def _table(text: str) -> Table:
    return list(csv.reader(io.StringIO(text, newline="")))


def check(engines: Engines, query: str, expected: Path) -> None:
    rows = _table(expected.read_text(encoding="utf-8"))
    for answer in (engines.ask_oxigraph(query), engines.ask_rdflib(query)):
        assert answer[0] == rows[0]
        assert sorted(answer[1:]) == sorted(rows[1:])
        assert answer == rows, "the rows are right, their order is not"


@pytest.fixture(scope="module")
def engines(release: Release) -> Engines:
    return Engines.load(release.dataset)


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_rows_of_the_release(engines: Engines, file: Path) -> None:
    check(engines, file.read_text(encoding="utf-8"), file.with_suffix(".csv"))


@pytest.mark.parametrize("expected", PLANTED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_rows_of_planted_data(expected: Path) -> None:
    (file,) = COMPETENCY.glob(f"{expected.stem}-*.rq")
    query = file.read_text(encoding="utf-8")
    for name, stand_in in STAND_INS.items():
        query = query.replace(name, stand_in)
    check(Engines.load(expected.with_name("data.ttl")), query, expected)


def test_questions_are_numbered_without_a_gap() -> None:
    numbers = [file.stem.partition("-")[0] for file in QUESTIONS]
    assert numbers == [f"{number:02}" for number in range(1, 36)]
    assert {file.stem for file in COMPETENCY.glob("*.csv")} == {file.stem for file in QUESTIONS}


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_question_is_fit_to_be_copied(file: Path) -> None:
    """It opens with the question, says what answers it, and declares the prefixes it uses."""
    text = file.read_text(encoding="utf-8")
    question, answerable, *_ = text.splitlines()
    assert re.fullmatch(r"# [A-Z].+\?", question)
    assert re.match("# answerable: (article|background|growth)", answerable)
    code = re.sub(r'^#.*|"[^"]*"', "", text, flags=re.MULTILINE)
    declared = re.findall(r"^PREFIX ([\w-]+): <.+>$", code, flags=re.MULTILINE)
    used = re.findall(r"([\w-]+):\w", re.sub(r"^PREFIX.*", "", code, flags=re.MULTILINE))
    assert declared == sorted(set(used))


def test_the_audit_finds_nothing() -> None:
    assert len(_table((COMPETENCY / "30-audit.csv").read_text(encoding="utf-8"))) == 1


def test_questions_without_rows_are_asked_of_planted_data() -> None:
    silent = {
        file.stem.partition("-")[0]
        for file in COMPETENCY.glob("*.csv")
        if len(_table(file.read_text(encoding="utf-8"))) == 1
    }
    assert silent <= {file.stem for file in PLANTED}
