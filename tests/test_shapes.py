"""Each shape against its cases: `cases/shapes/<shape>/pass.ttl` and `fail-*.trig`.

A failing case is a dataset: the data in its default graph, the exact results of that one shape
in the graph `<urn:expected>`. The data are the smallest that show the point, so that other
shapes may find fault with them too; only the results of the shape in question are compared.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib import OWL, RDF, SH, Graph, URIRef

from warrantgraph.namespaces import WG
from warrantgraph.paths import read_path
from warrantgraph.reports import Finding, Severity
from warrantgraph.resources import ONTOLOGY, SHAPES
from warrantgraph.term_conversion import as_rdflib
from warrantgraph.validation import SHAPE, load_shapes, validate

if TYPE_CHECKING:
    from rdflib.term import Identifier, Node

CASES = Path(__file__).parent / "cases" / "shapes"
PASSING = sorted(CASES.glob("*/pass.ttl"))
FAILING = sorted(CASES.glob("*/fail-*.trig"))
TARGETS = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
NO_CONSTRAINT = {RDF.type, SH.name, SH.message, SH.severity, SH.path, SH.flags, *TARGETS}

Result = tuple["Node | str | None", ...]


@cache
def shapes() -> Graph:
    return load_shapes()


def with_targets() -> set[Node]:
    return {shape for target in TARGETS for shape in shapes().subjects(target)}


def case_id(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def alone(shape: URIRef) -> Graph:
    """The shape with all that it is made of; the other shapes would only cost time."""
    graph = Graph()
    waiting: list[Node] = [shape]
    while waiting:
        node = waiting.pop()
        for _, predicate, value in shapes().triples((node, None, None)):
            if (node, predicate, value) not in graph:
                graph.add((node, predicate, value))
                waiting.append(value)
    return graph


def findings(data: Graph, file: Path) -> list[Finding]:
    shape = SHAPE[file.parent.name]
    found = validate(data, alone(shape)).findings
    assert all(finding.rule == str(shape) for finding in found)
    return list(found)


def component(parameter: Node) -> URIRef:
    """The constraint component that a parameter such as `sh:minCount` declares."""
    name = str(parameter).removeprefix(str(SH))
    name = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
    return URIRef(f"{SH}{name}ConstraintComponent")


def read_case(file: Path) -> tuple[Graph, Graph]:
    """The data, and the graph of the expected results; blank nodes are the same in both."""
    data, expected = Graph(), Graph()
    for quad in pyoxigraph.parse(path=file):
        subject, predicate, value = map(as_rdflib, (quad.subject, quad.predicate, quad.object))
        graph = data if quad.graph_name == pyoxigraph.DefaultGraph() else expected
        graph.add((subject, predicate, value))
    return data, expected


def expected_results(expected: Graph) -> list[Result]:
    """Focus node, path as text, value, component and severity of each result."""
    results: list[Result] = []
    for node in expected.subjects(RDF.type, SH.ValidationResult):
        path = expected.value(node, SH.resultPath)
        results.append(
            (
                expected.value(node, SH.focusNode),
                None if path is None else str(read_path(expected, path)),
                expected.value(node, SH.value),
                expected.value(node, SH.sourceConstraintComponent),
                expected.value(node, SH.resultSeverity),
            )
        )
    return results


def as_result(finding: Finding) -> Result:
    return (
        finding.focus_node,
        None if finding.path is None else str(finding.path),
        finding.value,
        finding.constraint,
        finding.severity.iri,
    )


@pytest.mark.parametrize("file", PASSING, ids=case_id)
def test_valid_data_pass(file: Path) -> None:
    data, shape = Graph().parse(file), SHAPE[file.parent.name]
    assert findings(data, file) == []
    # Without a node that the shape targets, the case would pass whatever the shape says.
    classes = shapes().objects(shape, SH.targetClass)
    subjects_of = shapes().objects(shape, SH.targetSubjectsOf)
    objects_of = shapes().objects(shape, SH.targetObjectsOf)
    assert (
        any((None, RDF.type, target) in data for target in classes)
        or any((None, target, None) in data for target in (*subjects_of, *objects_of))
        or shape == SHAPE["Identity-noOwlSameAs"]  # valid data have none of what it forbids
    )


@pytest.mark.parametrize("file", FAILING, ids=case_id)
def test_invalid_data_fail_as_expected(file: Path) -> None:
    data, expected = read_case(file)
    results = expected_results(expected)
    assert results, "the case expects nothing"
    assert file.read_text("utf-8").count("\n# ") == 1, "one comment says what is wrong"
    assert set(expected.objects(None, SH.sourceShape)) == {SHAPE[file.parent.name]}
    found = [as_result(finding) for finding in findings(data, file)]
    assert sorted(map(str, found)) == sorted(map(str, results))


def test_every_shape_has_cases() -> None:
    names = {str(shape).removeprefix(SHAPE) for shape in with_targets()}
    assert {file.parent.name for file in PASSING} == names
    assert {file.parent.name for file in FAILING} == names


def test_every_constraint_of_every_shape_has_a_failing_case() -> None:
    declared = {
        (shape, component(parameter))
        for shape in with_targets()
        for parameter in shapes().predicates(shape)
        if parameter not in NO_CONSTRAINT
    }
    provoked: set[tuple[Node, Identifier | Node | None]] = set()
    for file in FAILING:
        _, expected = read_case(file)
        for found in expected.objects(None, SH.sourceConstraintComponent):
            provoked.add((SHAPE[file.parent.name], found))
    assert declared - provoked == set()


def test_every_shape_is_named_and_says_what_to_do() -> None:
    everything = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes().subjects(RDF.type, kind)
    }
    for shape in everything:
        assert isinstance(shape, URIRef)
        assert shape.startswith(SHAPE)
        assert len(set(shapes().objects(shape, SH.name))) == 1, shape
        assert len(set(shapes().objects(shape, SH.severity))) == 1, shape
        (message,) = shapes().objects(shape, SH.message)
        assert re.match(r"[A-Zow].{20,}\.$", str(message)), shape
        is_property_shape = (shape, RDF.type, SH.PropertyShape) in shapes()
        assert is_property_shape == ((shape, SH.path, None) in shapes()), shape


def test_shapes_without_targets_are_parts_of_others() -> None:
    used = {
        node for predicate in (RDF.first, SH["not"]) for node in shapes().objects(None, predicate)
    }
    parts = set(shapes().subjects(RDF.type, SH.NodeShape)) - with_targets()
    assert parts <= used


def test_severities_are_those_of_the_report() -> None:
    known = {severity.iri for severity in Severity}
    assert set(shapes().objects(None, SH.severity)) == known


def test_terms_are_those_of_the_ontology() -> None:
    ontology = Graph().parse(ONTOLOGY / "warrantgraph.ttl")
    for file in sorted(SHAPES.glob("*.ttl")):
        for name in set(re.findall(r"\bwg:(\w+)", file.read_text("utf-8"))):
            assert (WG[name], RDF.type, None) in ontology, f"{file.name}: wg:{name}"


def test_concepts_are_those_of_the_schemes() -> None:
    schemes = Graph()
    for file in sorted((ONTOLOGY / "schemes").glob("*.ttl")):
        schemes.parse(file)
    named = re.compile(r"\b(attribution-style|modality|proof-standard|quantifier):([\w-]+)")
    for file in sorted(SHAPES.glob("*.ttl")):
        for scheme, name in set(named.findall(file.read_text("utf-8"))):
            concept = URIRef(f"https://w3id.org/warrantgraph/scheme/{scheme}/{name}")
            assert (concept, None, None) in schemes, f"{file.name}: {scheme}:{name}"


def test_every_object_property_is_on_the_path_of_a_shape() -> None:
    ontology = Graph().parse(ONTOLOGY / "warrantgraph.ttl")
    ours = {p for p in ontology.subjects(RDF.type, OWL.ObjectProperty) if str(p).startswith(WG)}
    text = "".join(file.read_text("utf-8") for file in SHAPES.glob("*.ttl"))
    missing = {
        str(p).removeprefix(WG) for p in ours if f"wg:{str(p).removeprefix(WG)} " not in text
    }
    # Inferred from reportsClaim, which has shapes of its own.
    assert missing == {"conveysClaim"}


@pytest.mark.parametrize("file", sorted(SHAPES.glob("*.ttl")), ids=lambda file: file.name)
def test_files_are_sorted(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    blocks = [line.split()[0].lower() for line in lines if line.startswith("shape:")]
    assert prefixes == sorted(prefixes)
    assert blocks == sorted(blocks)
