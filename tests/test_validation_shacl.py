"""What findings say: rules with names, words that need no SHACL, the same on any processes."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import Graph

from warrantgraph.errors import InputError, WarrantgraphError
from warrantgraph.validation import Input, read_data, shacl, validate
from warrantgraph.validation.parallel import in_processes

if TYPE_CHECKING:
    from warrantgraph.reports import Finding

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PERSONS = "\n".join(
    f"ex:p{n} a ex:Person ; ex:name 'n{n}' ; ex:knows [ a ex:Person ; ex:age {n} ] ."
    for n in range(50)
)
SHAPES = """
ex:Person a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] ;
    sh:property [ sh:path ex:age ; sh:minCount 1 ; sh:maxInclusive 30 ] .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def findings(data: str, shapes: str) -> list[Finding]:
    return list(validate(turtle(data), turtle(shapes)))


# ---- processes


def test_any_number_of_processes_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shacl, "_ENOUGH", 1)
    content = (PREFIXES + PERSONS).encode()
    index = read_data([Input(Path("persons"), ox.RdfFormat.TURTLE, content)]).index
    shapes = turtle(SHAPES)
    one, two, three = (validate(index, shapes, processes=number) for number in (1, 2, 3))
    assert one.total == 50 + 50 + 19
    assert one.findings == two.findings == three.findings
    assert one == validate(index, shapes)


def test_an_error_in_a_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shacl, "_ENOUGH", 1)
    wrong = "ex:s sh:targetClass ex:Person ; sh:sparql [ sh:select 'SELECT nothing' ] ."
    with pytest.raises(InputError, match="not SPARQL"):
        validate(turtle(PERSONS), turtle(wrong), processes=2)


def test_a_process_that_dies_is_an_error() -> None:
    def work(part: int, _: int) -> list[int]:
        if part == 1:
            os._exit(3)
        return [part]

    with pytest.raises(WarrantgraphError, match="ended with 3"):
        in_processes(work, 2)


# ---- rules


def test_shapes_without_a_name_are_named_after_what_uses_them() -> None:
    shapes = """
    ex:Person a sh:NodeShape ; sh:targetClass ex:Person ;
        sh:property [ sh:path ex:name ; sh:minCount 1 ] ;
        sh:not [ sh:property [ sh:path ( ex:a [ sh:inversePath ex:b ] ) ; sh:minCount 1 ] ] .
    [] a sh:NodeShape ; sh:targetClass ex:Person ; sh:nodeKind sh:Literal .
    """
    rules = [finding.rule for finding in findings("ex:a a ex:Person .", shapes)]
    assert sorted(rules) == [
        "https://example.org/Person/property(<https://example.org/name>)",
        "shape of <https://example.org/Person>",
    ]


# ---- words


@pytest.mark.parametrize(
    ("constraint", "message", "mend"),
    [
        ("sh:minCount 2", "<https://example.org/p> has fewer than 2 values.", "Give at least 2."),
        ("sh:maxCount 0", "<https://example.org/p> has more than 0 values.", "Leave at most 0."),
        (
            "sh:class ex:C",
            '"v" is not of the type <https://example.org/C>.',
            "Give it that type, or another value.",
        ),
        ("sh:datatype xsd:date", '"v" is not a value of xsd:date.', "Write it as one."),
        ("sh:nodeKind sh:IRI", '"v" is not an IRI.', "Write an IRI instead."),
        ("sh:minLength 3", '"v" is too short.', "Give at least 3 characters."),
        (
            "sh:in ( 'a' 'b' 'c' )",
            '"v" is none of the values that may stand here.',
            'Give one of "a", "b" and "c".',
        ),
        (
            "sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:date ] )",
            '"v" conforms to none of an IRI and xsd:date.',
            "Make it conform to one of them.",
        ),
    ],
)
def test_shapes_without_a_message_get_plain_words(constraint: str, message: str, mend: str) -> None:
    shapes = f"ex:s sh:targetNode ex:x ; sh:path ex:p ; {constraint} ."
    (finding,) = findings("ex:x ex:p 'v' .", shapes)
    assert (finding.message, finding.mend) == (message, mend)


def test_shapes_with_a_message_keep_their_words() -> None:
    shapes = """ex:s sh:targetNode ex:x ; sh:path ex:p ; sh:minCount 1 ; sh:name "has p"@en ;
        sh:message "Give it one."@en , "Gib eins."@de ."""
    (finding,) = findings("", shapes)
    assert (finding.message, finding.mend, finding.label) == ("Give it one.", "", "has p")


def test_details_of_another_shape_are_told() -> None:
    shapes = """ex:s sh:targetNode ex:x ; sh:node ex:other .
        ex:other sh:property [ sh:path ex:p ; sh:minCount 1 ] ."""
    (finding,) = findings("", shapes)
    assert finding.message.endswith("<https://example.org/p> has no value.")


# ---- hostile shapes and data


def test_shapes_that_lead_back_end() -> None:
    data = "".join(f"ex:n{n} ex:p ex:n{n + 1} . " for n in range(40))
    shapes = "ex:s a sh:NodeShape ; sh:targetNode ex:n0 ; sh:property ex:p1 ."
    shapes += "ex:p1 a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:node ex:s ."
    # pySHACL gives up on a shape the third time that it leads back, and holds it to be true.
    assert findings(data, shapes) == []


def test_shapes_nested_too_deep_are_an_error() -> None:
    deep = "[ sh:not " * 20 + "[ sh:nodeKind sh:IRI ]" + " ]" * 20
    with pytest.raises(InputError, match="lead from shape to shape more than 14 times"):
        findings("", f"ex:s a sh:NodeShape ; sh:targetNode ex:x ; sh:not {deep} .")


def test_blank_nodes_that_lead_to_each_other_end() -> None:
    names = [f"_:b{n}" for n in range(25)]
    data = "".join(f"{one} ex:p {other} . " for one in names for other in names)
    shapes = "ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI ."
    assert len(findings(data, shapes)) == 25


def test_ill_formed_literals_are_found_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    shapes = "ex:s sh:targetNode ex:x ; sh:path ex:p ; sh:datatype xsd:integer ."
    with caplog.at_level(logging.DEBUG):
        content = (PREFIXES + "ex:x ex:p 'one'^^xsd:integer .").encode()
        data = read_data([Input(Path("x"), ox.RdfFormat.TURTLE, content)])
        (finding,) = validate(data.index, turtle(shapes))
    assert finding.value is not None
    assert not [record for record in caplog.records if record.exc_info]
