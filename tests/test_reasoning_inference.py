"""The entailments: a folder of `cases/reasoning/inference/` says what is given, what follows."""

# owlrl carries no types.
# pyright: reportUnknownMemberType=false, reportIncompatibleMethodOverride=false

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import owlrl  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl.Closure import Core  # type: ignore[import-untyped]
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from warrantgraph.namespaces import WG
from warrantgraph.reasoning import infer
from warrantgraph.reasoning.inference import add_inferred
from warrantgraph.resources import ONTOLOGY
from warrantgraph.triples import TripleIndex
from warrantgraph.triples.store import graph_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

CASES = sorted((Path(__file__).parent / "cases" / "reasoning" / "inference").iterdir())


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "warrantgraph.ttl")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_follows(case: Path, ontology: Graph) -> None:
    inferred = infer(Graph().parse(case / "given.ttl"), ontology)
    assert isomorphic(inferred, Graph().parse(case / "inferred.ttl"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_owl_rl_without_domains_and_ranges_agrees(case: Path, ontology: Graph) -> None:
    given = Graph().parse(case / "given.ttl")
    closed = given + ontology
    for predicate in (RDFS.domain, RDFS.range):
        closed.remove((None, predicate, None))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    names = {term for triple in given for term in triple if isinstance(term, URIRef)}
    known = set(given) | set(ontology)
    declared = set(ontology.subjects(RDF.type))
    named_classes = {term for term in declared if isinstance(term, URIRef)}
    follows = {
        (subject, predicate, value)
        for subject, predicate, value in closed
        if (subject, predicate, value) not in known
        and subject in names
        and predicate in declared | {RDF.type}
        and value in (named_classes if predicate == RDF.type else names)
    }
    assert set(infer(given, ontology)) == follows


def test_inputs_stay_as_they_are_and_equal_inputs_give_equal_results(ontology: Graph) -> None:
    given = Graph()
    for case in CASES:
        given.parse(case / "given.ttl")
    sizes = len(given), len(ontology)
    first, second = infer(given, ontology), infer(given, ontology)
    assert set(first) == set(second)
    assert not set(first) & (set(given) | set(ontology))
    assert (len(given), len(ontology)) == sizes


def test_what_follows_is_complete(ontology: Graph) -> None:
    given = Graph()
    for case in CASES:
        given.parse(case / "given.ttl")
    assert len(infer(given + infer(given, ontology), ontology)) == 0


# ---- against owlrl


CLASSES = [URIRef(f"urn:class:{name}") for name in "ABC"]
PROPERTIES = [URIRef(f"urn:property:{name}") for name in "pqr"]
NODES = [URIRef(f"urn:node:{name}") for name in "abcd"]
LINKS: list[URIRef] = [*PROPERTIES, RDFS.subClassOf, RDFS.subPropertyOf]
CHARACTERISTICS = [OWL.SymmetricProperty, OWL.TransitiveProperty]

axioms = st.one_of(
    st.tuples(st.sampled_from(CLASSES), st.just(RDF.type), st.just(OWL.Class)),
    st.tuples(st.sampled_from(CLASSES), st.just(RDFS.subClassOf), st.sampled_from(CLASSES)),
    st.tuples(
        st.sampled_from(PROPERTIES),
        st.just(RDFS.subPropertyOf),
        st.sampled_from([*LINKS, RDF.type]),
    ),
    st.tuples(st.sampled_from(PROPERTIES), st.just(RDF.type), st.sampled_from(CHARACTERISTICS)),
)
facts = st.one_of(
    axioms,
    st.tuples(st.sampled_from(NODES), st.just(RDF.type), st.sampled_from(CLASSES)),
    st.tuples(
        st.sampled_from([*NODES, *CLASSES, BNode("x")]),
        st.sampled_from(PROPERTIES),
        st.sampled_from([*NODES, *CLASSES, BNode("x"), Literal("a")]),
    ),
)


def graph_with(triples: Sequence[tuple[Node, Node, Node]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


class Owlrl(Core):  # type: ignore[misc]
    """The four rules as owlrl runs them: on every triple, until nothing new comes."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, axioms=False, daxioms=False)
        self.facts = graph

    def rules(self, t: tuple[Node, Node, Node], cycle_num: int) -> None:
        subject, predicate, value = t
        if predicate == RDF.type:
            for parent in self.facts.objects(value, RDFS.subClassOf):
                self.store_triple((subject, RDF.type, parent))
            return
        for parent in self.facts.objects(predicate, RDFS.subPropertyOf):
            self.store_triple((subject, parent, value))
        if (predicate, RDF.type, OWL.SymmetricProperty) in self.facts:
            self.store_triple((value, predicate, subject))
        if (predicate, RDF.type, OWL.TransitiveProperty) in self.facts:
            for further in self.facts.objects(value, predicate):
                self.store_triple((subject, predicate, further))


@settings(max_examples=100, deadline=None)
@given(st.lists(facts, max_size=15).map(graph_with), st.lists(axioms, max_size=10).map(graph_with))
def test_owlrl_finds_the_same(given: Graph, ontology: Graph) -> None:
    known = Graph()
    for triple in [*given, *ontology]:
        # Declarations of classes are no axioms of the rules.
        if not isinstance(triple[2], Literal) and (triple in given or triple[2] != OWL.Class):
            known.add(triple)
    closed = Graph()
    closed += known
    Owlrl(closed).closure()
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    expected = {
        triple
        for triple in closed
        if triple not in known
        and triple[1] not in (RDFS.subClassOf, RDFS.subPropertyOf)
        and isinstance(triple[0], URIRef)
        and isinstance(triple[2], URIRef)
        and (triple[1] != RDF.type or triple[2] in classes)
    }
    assert set(infer(given, ontology)) == expected
    index = TripleIndex.from_graph(given)
    assert add_inferred(index, ontology) == len(expected)
    assert set(graph_of(index)) == set(given) | expected


def test_a_long_chain_is_closed(ontology: Graph) -> None:
    links = [(URIRef(f"urn:{n}"), WG.conveysClaim, URIRef(f"urn:{n + 1}")) for n in range(300)]
    assert len(infer(graph_with(links), ontology)) == 300 * 299 // 2
