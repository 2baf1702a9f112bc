"""The entailments: a folder of `cases/reasoning/inference/` says what is given, what follows."""

from __future__ import annotations

from pathlib import Path

import owlrl  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.compare import isomorphic

from warrantgraph.reasoning import infer
from warrantgraph.resources import ONTOLOGY

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
