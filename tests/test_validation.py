"""The validation package and its verb: what they report, and what they refuse to read."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pyshacl
import pytest
import rdflib
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from warrantgraph.errors import InputError, MissingFileError, TurtleSyntaxError
from warrantgraph.validation import (
    SHAPE,
    find_inputs,
    load_shapes,
    read_graph,
    validate,
)

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
WARRANT = PREFIXES + "ex:warrant a wg:ArrestWarrant .\n"
SHAPES = load_shapes()


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


# ---- validating


def test_results_are_those_of_plain_pyshacl() -> None:
    cases = Path(__file__).parent / "cases" / "shapes"
    data = Graph()
    for file in cases.glob("*/fail-*.trig"):
        data += read_graph(find_inputs(file)) - turtle("")
    ours = {
        (f.focus_node, f.value, URIRef(f.rule), f.severity.iri, f.constraint)
        for f in validate(data, SHAPES)
        if not isinstance(f.focus_node, BNode)
    }
    outcome = pyshacl.validate(data, shacl_graph=SHAPES)  # pyright: ignore
    _, results, _ = cast("tuple[bool, Graph, str]", outcome)
    theirs = {
        tuple(
            results.value(node, predicate)
            for predicate in (
                SH.focusNode,
                SH.value,
                SH.sourceShape,
                SH.resultSeverity,
                SH.sourceConstraintComponent,
            )
        )
        for node in results.objects(predicate=SH.result)
        if not isinstance(results.value(node, SH.focusNode), BNode)
    }
    assert ours == theirs
    assert len(ours) > 200


def test_validation_leaves_the_graphs_and_rdflib_as_they_were() -> None:
    data = turtle('ex:time a wg:TimeExtent ; wg:latest "2023-03-17T00:00:00Z"^^xsd:dateTime .')
    before, shapes_before = Graph() + data, Graph() + SHAPES
    for normalize in (False, True):
        rdflib.NORMALIZE_LITERALS = normalize
        validate(data, SHAPES)
        assert rdflib.NORMALIZE_LITERALS is normalize
    assert isomorphic(data, before)
    assert isomorphic(SHAPES, shapes_before)


def test_subclasses_count_when_the_data_have_the_ontology() -> None:
    data = turtle("ex:person a ex:Judge . ex:Judge rdfs:subClassOf wg:Person .")
    shapes = {f.rule for f in validate(data, SHAPES)}
    assert str(SHAPE["Person-publicRole"]) in shapes


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ("sh:path [ sh:unknownPath wg:hasTime ] ; sh:minCount 1", "cannot be used"),
        ('sh:path wg:hasTime ; sh:minCount "many"', "cannot be used"),
        ('sh:sparql [ sh:select "SELECT nothing" ]', "asks what is not SPARQL"),
        ('sh:sparql [ sh:select "SELECT $this { $this unknown:p ?x }" ]', "not SPARQL"),
        (
            'sh:sparql [ sh:select "SELECT $this FROM <http://127.0.0.1:9/> { $this ?p ?o }" ]',
            "asks for FROM",
        ),
        (
            'sh:sparql [ sh:select "SELECT $this {SERVICE<http://127.0.0.1:9/>{$this ?p ?o}}" ]',
            "SERVICE",
        ),
        (
            'sh:sparql [ sh:select "SELECT $this { #\\n\\\\u0053ERVICE ?s { $this ?p ?o } }" ]',
            "SERVICE|not SPARQL",
        ),
    ],
)
def test_wrong_shapes_are_an_error_and_reach_nowhere(shape: str, message: str) -> None:
    kind = "sh:PropertyShape" if "sh:path" in shape else "sh:NodeShape"
    shapes = turtle(f"ex:shape a {kind} ; sh:targetClass wg:ArrestWarrant ; {shape} .")
    with pytest.raises(InputError, match=message):
        validate(turtle("ex:warrant a wg:ArrestWarrant ."), shapes)


# ---- reading


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<urn:a> <urn:b> <urn:c> ."),
        ("a.nt", "<urn:a> <urn:b> <urn:c> ."),
        ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:g> ."),
        ("a.trig", "<urn:g> { <urn:a> <urn:b> <urn:c> . }"),
        ("a.jsonld", '{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/></rdf:Description>'
            "</rdf:RDF>",
        ),
    ],
)
def test_every_format_is_read(tmp_path: Path, name: str, text: str) -> None:
    file = write(tmp_path / name, text)
    assert list(read_graph(find_inputs(file))) == [
        (URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c"))
    ]


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        write(tmp_path / name, "_:a <urn:b> 1 .")
    assert len(read_graph(find_inputs(tmp_path))) == 2


def test_literals_keep_their_form(tmp_path: Path) -> None:
    file = write(tmp_path / "a.ttl", PREFIXES + 'ex:a ex:b "01"^^xsd:integer .')
    (value,) = read_graph(find_inputs(file)).objects()
    assert isinstance(value, Literal)
    assert str(value) == "01"


def test_syntax_error_has_a_place(tmp_path: Path) -> None:
    file = write(tmp_path / "a.ttl", "<urn:a> <urn:b> 1 .\n<urn:a> <urn:b\n")
    with pytest.raises(TurtleSyntaxError) as caught:
        read_graph(find_inputs(file))
    assert (caught.value.file, caught.value.line) == (file, 2)
    assert caught.value.column is not None


def test_triple_terms_are_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.ttl", "<urn:a> <urn:b> <<( <urn:c> <urn:d> 1 )>> .")
    with pytest.raises(InputError, match="triple terms"):
        read_graph(find_inputs(file))


def test_folders_are_searched_and_never_silently_empty(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no RDF files"):
        find_inputs(tmp_path)
    (tmp_path / "below").mkdir()
    files = (write(tmp_path / "below" / "a.nt", ""), write(tmp_path / "z.ttl", ""))
    write(tmp_path / "notes.txt", "")
    assert tuple(given.name for given in find_inputs(tmp_path)) == files
    with pytest.raises(MissingFileError, match="no such file"):
        find_inputs(tmp_path / "gone.ttl")
    with pytest.raises(InputError, match="not an RDF file"):
        find_inputs(tmp_path / "notes.txt")
