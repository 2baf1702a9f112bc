"""Where triples are written: each place agrees with the term, in pyoxigraph's order, or is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turtle_documents import line_documents, turtle_documents
from warrantgraph.positions import (
    AlignedReader,
    find_statements,
    lines_and_columns,
    scan_statements,
)
from warrantgraph.positions.turtle import TurtleScanner

ROOT = Path(__file__).parents[1]
SUITE = ROOT.parent / "shared" / "w3c" / "rdf-tests"
CASES = tomllib.loads(
    (ROOT / "tests" / "cases" / "positions" / "statements.toml").read_text(encoding="utf-8")
)
FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
}
ENDS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}
BASE = "http://base/a/b"


def rows(text: str, rdf_format: ox.RdfFormat) -> list[str]:
    found: list[str] = []
    for _, statement in AlignedReader(text, rdf_format, BASE):
        if statement is None:
            found.append("-")
            continue
        places = lines_and_columns(text, [term[0] for term in statement])
        found.append(
            "  ".join(
                f"{places[start][0]}:{places[start][1]} {text[start:end]}"
                for start, end, _ in statement
            )
        )
    return found


@pytest.mark.parametrize("name", CASES)
def test_each_term_is_where_it_is_written(name: str) -> None:
    case = CASES[name]
    assert rows(case["text"], FORMATS[case["format"]]) == case["expected"]


def check_aligned(text: str, rdf_format: ox.RdfFormat) -> int:
    """Fail where a triple has no place; return the number of triples."""
    count = 0
    for quad, statement in AlignedReader(text, rdf_format, BASE):
        assert statement is not None, f"triple {count}: {quad}"
        count += 1
    return count


def rdf_files(folder: Path) -> list[Path]:
    # Reports show the lines of files that nobody parses, broken ones too.
    left_out = {".venv", ".git", "build", "node_modules", "reports"}
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in ENDS and path.is_file() and not left_out & set(path.parts)
    ]


def test_every_file_of_the_repository_is_aligned() -> None:
    counts = [
        check_aligned(path.read_text(encoding="utf-8-sig"), ENDS[path.suffix])
        for path in rdf_files(ROOT)
    ]
    assert sum(counts) > 1_000


def test_every_file_of_the_w3c_suite_is_aligned() -> None:
    if not SUITE.is_dir():
        pytest.skip(f"W3C's test suites are not at {SUITE}")
    for path in rdf_files(SUITE):
        text = path.read_text(encoding="utf-8")
        quads = list(ox.parse(input=text, format=ENDS[path.suffix], base_iri=BASE))
        if not any(isinstance(quad.object, ox.Triple) for quad in quads):
            assert check_aligned(text, ENDS[path.suffix]) == len(quads), path


@given(turtle_documents())
def test_any_turtle_is_aligned(text: str) -> None:
    check_aligned(text, ox.RdfFormat.TURTLE)


@given(turtle_documents(graphs=True))
def test_any_trig_is_aligned(text: str) -> None:
    check_aligned(text, ox.RdfFormat.TRIG)


@given(line_documents())
def test_any_ntriples_are_aligned(text: str) -> None:
    check_aligned(text, ox.RdfFormat.N_TRIPLES)


@given(line_documents(graphs=True))
def test_any_nquads_are_aligned(text: str) -> None:
    check_aligned(text, ox.RdfFormat.N_QUADS)


@given(turtle_documents(graphs=True), st.data())
def test_single_statements_are_found_where_all_are(text: str, data: st.DataObject) -> None:
    read = list(AlignedReader(text, ox.RdfFormat.TRIG, BASE))
    if not read:
        return
    chosen = data.draw(st.sets(st.integers(0, len(read) - 1)))
    numbers: dict[ox.BlankNode, int] = {}
    for quad, _ in read:
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.BlankNode):
                numbers.setdefault(term, len(numbers))
    wanted = {number: read[number][0] for number in chosen}
    found = find_statements(text, ox.RdfFormat.TRIG, BASE, wanted, numbers)
    assert found == {number: read[number][1] for number in chosen}


def test_a_quad_that_is_not_there_has_no_place() -> None:
    text = "<s> <p> [ <q> 1 ] , [ <q> 1 ] ."
    quads = list(ox.parse(input=text, format=ox.RdfFormat.TURTLE, base_iri=BASE))
    nodes = {quads[0].subject: 0, quads[2].subject: 1}
    swapped = {quads[0].subject: 1, quads[2].subject: 0}

    def find(
        wanted: dict[int, ox.Quad], numbers: dict[ox.BlankNode, int], text: str = text
    ) -> set[int]:
        return set(find_statements(text, ox.RdfFormat.TURTLE, BASE, wanted, numbers))

    assert find(dict(enumerate(quads)), nodes) == {0, 1, 2, 3}
    assert not find({0: quads[0]}, swapped)
    assert not find({1: quads[0]}, {})
    assert not find({0: quads[0], 4: quads[0]}, {})
    assert not find({0: quads[0]}, {}, text.replace("1", "01"))


def test_a_line_that_is_not_there_has_no_place() -> None:
    text = "<x:s> <x:p> 'o' .\n"
    quad = ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("o"))
    with pytest.raises(ValueError, match="at offset 0"):
        list(scan_statements(text))
    assert not find_statements(text, ox.RdfFormat.N_TRIPLES, None, {0: quad}, {})
    moved = '<x:s> <x:p> "p" .\n<x:s> <x:p> "o" .\n'
    assert not find_statements(moved, ox.RdfFormat.N_TRIPLES, None, {0: quad}, {})
    assert set(find_statements(moved, ox.RdfFormat.N_TRIPLES, None, {18: quad}, {})) == {18}


@given(st.text("a\r\n\u2028\U0001f600"), st.data())
def test_lines_end_at_lf_cr_lf_and_cr(text: str, data: st.DataObject) -> None:
    offsets = data.draw(st.lists(st.integers(0, len(text))))
    expected: dict[int, tuple[int, int]] = {}
    line, start = 1, 0
    for offset in range(len(text) + 1):
        before = text[max(offset - 1, 0) : offset]
        if before == "\n" or (before == "\r" and text[offset : offset + 1] != "\n"):
            line, start = line + 1, offset
        expected[offset] = line, offset - start + 1
    assert lines_and_columns(text, offsets) == {each: expected[each] for each in offsets}


QUAD = ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.NamedNode("x:o"))
LARGE = 2_000_000
DEEP = 100_000
HOSTILE = {
    "a long literal": ('<s> <p> "' + "x" * LARGE + '" .', 1),
    "escapes": ('<s> <p> "' + "\\n" * LARGE + '" .', 1),
    "quotes": ('<s> <p> """' + '" "" ' * LARGE + ' """ .', 1),
    "a literal that does not end": ('<s> <p> """' + '" ' * LARGE, 0),
    "an IRI that does not end": ("<s> <p> <" + "x" * LARGE, 0),
    "brackets that do not end": ("<s> <p> " + "[<q> " * DEEP, 0),
    "brackets that nobody opened": ("<s> <p> " + ")]" * DEEP, 0),
    "nested property lists": ("<s> <p> " + "[<q> " * DEEP + "1" + "]" * DEEP + " .", DEEP + 1),
    "nested lists": ("<s> <p> " + "(" * DEEP + ")" * DEEP + " .", 2 * DEEP - 1),
    "white space": (" \n" * LARGE, 0),
    "comments": ("#\n" * LARGE, 0),
    "digits": ("<s> <p> " + "1" * LARGE + " .", 1),
    "dots in a name": (":" + "a." * LARGE, 0),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_in_one_walk(name: str) -> None:
    text, count = HOSTILE[name]
    statements = list(TurtleScanner(text, BASE))
    assert len(statements) == count
    assert not find_statements(text, ox.RdfFormat.TRIG, BASE, {count: QUAD}, {})
    assert not find_statements(text, ox.RdfFormat.N_QUADS, BASE, {1: QUAD}, {})
