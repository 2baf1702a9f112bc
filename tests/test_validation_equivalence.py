"""What the engine reports is what plain pySHACL reports: on W3C's suites and on generated shapes.

W3C's suites lie beside the checkout, where they are at all; `make conformance` runs them too, and
holds them to what they expect.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from conformance.shacl import ShaclCase, find_shacl_suite, ours, plain, read_shacl
from shape_graphs import KINDS_OF_CONSTRAINTS, data_graphs, shape_graphs, shapes_with_one
from warrantgraph.resources import CHECKOUT
from warrantgraph.triples import TripleIndex, graph_of
from warrantgraph.validation import load_shapes
from warrantgraph.validation.completing import add_vocabulary
from warrantgraph.validation.running import our_vocabulary

SUITE = find_shacl_suite(Path(__file__).parents[2] / "shared/w3c")
CASES = read_shacl(SUITE) if SUITE else []


@pytest.mark.skipif(SUITE is None, reason="W3C's data-shapes are not in ../shared/w3c")
def test_the_suites_are_whole() -> None:
    assert len(CASES) == 120


@pytest.mark.filterwarnings("ignore")  # pySHACL's own
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_results_on_the_suites_are_those_of_plain_pyshacl(case: ShaclCase) -> None:
    data, shapes = case.graphs()
    assert ours(data, shapes) == plain(data, shapes)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data_graphs, shape_graphs())
def test_results_on_generated_shapes_are_those_of_plain_pyshacl(data: Graph, shapes: Graph) -> None:
    assert ours(data, shapes) == plain(data, shapes)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", range(len(KINDS_OF_CONSTRAINTS)))
def test_results_of_each_constraint_are_those_of_plain_pyshacl(kind: int) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data_graphs, shapes_with_one(KINDS_OF_CONSTRAINTS[kind]))
    def check(data: Graph, shapes: Graph) -> None:
        assert ours(data, shapes) == plain(data, shapes)

    check()


@pytest.mark.skipif(not CHECKOUT, reason="the generator of data is in a checkout only")
@pytest.mark.filterwarnings("ignore")
def test_results_on_data_of_our_model_are_those_of_plain_pyshacl(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parents[1] / "benchmarks"), *sys.path])
    sources = import_module("generated_data").sources
    text = "".join(sources(500, faults=0.03))
    index = TripleIndex.from_graph(Graph().parse(data=text, format="turtle"))
    add_vocabulary(index, *our_vocabulary())
    data, shapes = graph_of(index), load_shapes()
    found = ours(data, shapes)
    assert found == plain(data, shapes)
    assert len(found) > 10
