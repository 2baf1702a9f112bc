"""Findings get file, line and column; where those are not certain, the file; else nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from rdflib import SH, BNode, Graph, URIRef

from turtle_documents import line_documents
from warrantgraph.paths import Predicate, Sequence, read_path
from warrantgraph.reports import Finding, Place, Severity
from warrantgraph.triples import as_rdflib
from warrantgraph.validation.inputs import Input
from warrantgraph.validation.places.locating import locate

if TYPE_CHECKING:
    from rdflib.term import Node

FOLDER = Path(__file__).parent / "cases" / "locating"
CASES = tomllib.loads((FOLDER / "findings.toml").read_text(encoding="utf-8"))
FILES = [
    Input.of(FOLDER / name)
    for name in ("people.ttl", "graphs.trig", "lines.nt", "quads.nq", "other.rdf", "other.jsonld")
]
PREFIXES = """
@prefix e: <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def term(text: str) -> Node:
    if text.startswith("_:"):
        return BNode(text[2:])
    quad = next(ox.parse(input=f"{PREFIXES}<x:> <x:> {text} .", format=ox.RdfFormat.TURTLE))
    return as_rdflib(quad.object)


def finding(case: dict[str, str]) -> Finding:
    path = None
    if "path" in case:
        shape = Graph().parse(data=f"{PREFIXES}<x:> sh:path {case['path']} .", format="turtle")
        node = shape.value(URIRef("x:"), SH.path)
        assert node is not None
        path = read_path(shape, node)
    return Finding(
        "a rule",
        Severity.VIOLATION,
        "wrong",
        focus_node=term(case["focus"]),
        path=path,
        value=term(case["value"]) if "value" in case else None,
        constraint=SH[f"{case['constraint']}ConstraintComponent"] if "constraint" in case else None,
    )


def written(place: Place | None) -> str | None:
    if place is None:
        return None
    if place.line is None:
        return place.file.name
    span = f"{place.line}:{place.column}-{place.end_line}:{place.end_column}"
    return f"{place.file.name}:{span}"


@pytest.mark.parametrize("name", CASES)
def test_a_finding_is_where_it_has_to_be_mended(name: str) -> None:
    case = CASES[name]
    (located,) = locate([finding(case)], FILES)
    assert written(located.place) == case.get("place")
    assert written(located.focus_place) == case.get("focus_place")


def test_many_findings_are_located_at_once_in_their_order() -> None:
    located = locate([finding(case) for case in CASES.values()], FILES)
    assert [written(each.place) for each in located] == [
        case.get("place") for case in CASES.values()
    ]


@dataclass
class Changing:
    """Something that is another one each time it is read."""

    name: Path
    format: ox.RdfFormat
    contents: list[str]
    base: str | None = None

    def read(self) -> bytes:
        if not self.contents:
            raise FileNotFoundError(self.name)
        return self.contents.pop(0).encode()


BEFORE = '<x:s> <x:p> "o" .'


@pytest.mark.parametrize("rdf_format", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES], ids=str)
@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ([BEFORE, BEFORE], "-:1:1-1:6"),
        (["\ufeff" + BEFORE, "\ufeff" + BEFORE], "-:1:1-1:6"),
        ([BEFORE, BEFORE.replace("o", "u")], "-"),
        ([BEFORE, BEFORE.replace("x:p", "x:q")], "-"),
        ([BEFORE, "\n" + BEFORE.replace("x:s", "x:t")], "-"),
        ([BEFORE, '<x:s> <x:p> "o'], "-"),
        ([BEFORE, ""], "-"),
        ([BEFORE], "-"),
        ([], None),
        (['<x:s> <x:p> "o" . oops'], None),
        (["\x00", BEFORE], None),
    ],
)
def test_what_has_changed_has_no_line(
    rdf_format: ox.RdfFormat, contents: list[str], expected: str | None
) -> None:
    file = Changing(Path("-"), rdf_format, list(contents))
    found = Finding("a rule", Severity.INFO, "wrong", focus_node=URIRef("x:s"))
    (located,) = locate([found], [file])
    assert written(located.focus_place) == expected


@given(line_documents())
def test_lines_are_found_as_turtle_is(text: str) -> None:
    numbers: dict[ox.BlankNode, int] = {}
    findings: list[Finding] = []
    for quad in ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES):
        subject, value = (
            BNode(f"f0.b{numbers.setdefault(each, len(numbers))}")
            if isinstance(each, ox.BlankNode)
            else as_rdflib(each)
            for each in (quad.subject, quad.object)
        )
        path = Predicate(URIRef(quad.predicate.value))
        for node, way in ((subject, path), (value, None), (BNode(), Sequence((path, path)))):
            findings.append(
                Finding("r", Severity.INFO, "wrong", focus_node=node, path=way, value=value)
            )
    as_lines, as_turtle = (
        locate(findings, [Changing(Path("-"), each, [text, text])])
        for each in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE)
    )
    assert as_lines == as_turtle
    assert all(each.place is not None and each.place.line for each in as_lines[::3])
    assert all(each.focus_place is not None for each in as_lines[1::3])


def test_the_words_that_a_node_rests_on_are_quoted() -> None:
    graph = Graph().parse(
        format="turtle",
        data="""
        @prefix wg: <https://w3id.org/warrantgraph/ontology#> .
        <x:claim> wg:hasContent <x:s> ; wg:expressedIn <x:passage> .
        <x:passage> wg:exactText "the words" .""",
    )
    found = Finding("a rule", Severity.INFO, "wrong", focus_node=URIRef("x:s"))
    file = Changing(Path("-"), ox.RdfFormat.TURTLE, [BEFORE, BEFORE])
    (located,) = locate([found], [file], graph=graph)
    assert located.quote == "the words"
    assert written(located.place) == "-:1:1-1:6"
    (kept,) = locate([replace(found, quote="others")], [], graph=graph)
    assert kept.quote == "others"


def test_what_could_not_be_read_is_not_looked_at() -> None:
    file = Changing(Path("-"), ox.RdfFormat.N_TRIPLES, [BEFORE, BEFORE])
    found = Finding("a rule", Severity.INFO, "wrong", focus_node=URIRef("x:s"))
    (located,) = locate([found], [file], unread={0})
    assert located == found


def test_a_place_that_is_known_already_is_kept() -> None:
    place = Place(Path("source.toml"), 3)
    found = Finding("a rule", Severity.INFO, "wrong", place=place, focus_place=place)
    assert locate([found], FILES) == [found]
