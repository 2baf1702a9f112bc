"""The index and the store over it hold what a graph of rdflib's would hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from warrantgraph.errors import InputError
from warrantgraph.validation import TripleIndex
from warrantgraph.validation.completing import add_vocabulary
from warrantgraph.validation.store import graph_of

if TYPE_CHECKING:
    from rdflib.term import Node

IRIS = [URIRef(f"urn:{name}") for name in ("a", "b", "two words", "c")]
NODES: list[Node] = [*IRIS, BNode("f0.b1"), BNode("not a label")]
LITERALS: list[Node] = [
    Literal("x"),
    Literal("x", datatype=XSD.string),
    Literal("x", lang="en"),
    Literal("x", lang="EN"),
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("1", datatype=XSD.integer),
    Literal("one", datatype=XSD.integer),
]
triples = st.tuples(
    st.sampled_from(NODES), st.sampled_from(IRIS), st.sampled_from(NODES + LITERALS)
)


def graph_with(triples: list[tuple[Node, Node, Node]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


@given(st.lists(triples, max_size=40))
def test_index_holds_what_a_graph_holds(given_triples: list[tuple[Node, Node, Node]]) -> None:
    graph = graph_with(given_triples)
    index = TripleIndex.from_graph(graph)
    over = graph_of(index)
    assert set(over) == set(graph)
    assert len(over) == len(index) == len(graph)
    for subject, predicate, value in [*graph, (URIRef("urn:no"), RDF.type, Literal("no"))]:
        for pattern in [
            (subject, None, None),
            (None, predicate, None),
            (None, None, value),
            (subject, predicate, None),
            (subject, None, value),
            (None, predicate, value),
            (subject, predicate, value),
        ]:
            found = list(over.triples(pattern))
            assert len(found) == len(set(found))
            assert set(found) == set(graph.triples(pattern))


@given(st.lists(triples, max_size=40))
def test_what_is_added_after_a_question_is_found(triples: list[tuple[Node, Node, Node]]) -> None:
    index = TripleIndex()
    for count, (subject, predicate, value) in enumerate(triples, start=1):
        ids = index.intern(subject), index.intern(predicate), index.intern(value)
        index.add(*ids)
        assert ids[0] in index.subjects(ids[1], ids[2])
        assert ids[0] in index.subjects_of(ids[1])
        assert ids[2] in index.values_of(ids[1])
        assert ids[1] in index.predicates_of(ids[0])
        assert index.has(*ids)
        assert len(index) == len(set(triples[:count]))


def test_a_term_keeps_its_number_and_its_form() -> None:
    index = TripleIndex()
    numbers = [index.intern(term) for term in LITERALS]
    assert [str(index.term(number)) for number in numbers] == [*"xxxx", "01", "1", "one"]
    assert numbers[2] == numbers[3]  # a language has no case
    assert [index.language(number) for number in numbers[:3]] == ["", "", "en"]
    assert index.datatype(numbers[4]) == str(XSD.integer)
    assert len(set(numbers)) == len(numbers) - 1


def test_many_values_of_one_subject_stay_in_order() -> None:
    lines = "".join(f"<urn:a> <urn:p> {n} .\n<urn:a> <urn:p> {n} .\n" for n in range(100))
    index = TripleIndex()
    index.add_quads(ox.parse(lines, format=ox.RdfFormat.TURTLE))
    subject, predicate = index.intern(URIRef("urn:a")), index.intern(URIRef("urn:p"))
    values = [index.text(value) for value in index.objects(subject, predicate)]
    assert values == [str(n) for n in range(100)]
    assert len(index) == 100


@given(st.lists(triples, max_size=30), st.sets(st.sampled_from(NODES), max_size=3))
def test_subjects_can_be_dropped(
    given_triples: list[tuple[Node, Node, Node]], dropped: set[Node]
) -> None:
    index = TripleIndex.from_graph(graph_with(given_triples))
    for predicate in list(index.predicates()):
        index.values_of(predicate)
    index.drop_subjects([*dropped, URIRef("urn:unknown")])
    left = {triple for triple in given_triples if triple[0] not in dropped}
    assert set(graph_of(index)) == left
    assert len(index) == len(left)
    assert {triple for node in NODES for triple in graph_of(index).triples((None, None, node))} == {
        triple for triple in left if triple[2] in NODES
    }


def test_our_vocabulary_replaces_another_copy_of_it() -> None:
    ontology = graph_with([(IRIS[0], RDF.type, OWL.Class), (IRIS[0], RDFS.subClassOf, IRIS[1])])
    ontology.add((IRIS[1], RDF.type, OWL.Class))
    index = TripleIndex.from_graph(
        graph_with([(IRIS[0], RDFS.label, Literal("old")), (IRIS[3], RDF.type, IRIS[0])])
    )
    add_vocabulary(index, ontology, Graph())
    found = {(IRIS[3], RDF.type, IRIS[0]), (IRIS[3], RDF.type, IRIS[1])}
    assert set(graph_of(index)) == {*ontology, *found}


def test_blank_nodes_are_counted_as_they_appear() -> None:
    index = TripleIndex()
    text = "_:z <urn:p> _:y .\n<urn:a> <urn:p> _:z ."
    for scope in ("f0.b", "f1.b"):
        index.add_quads(ox.parse(text, format=ox.RdfFormat.N_TRIPLES), scope)
    names = [index.text(number) for triple in index for number in triple if index.is_blank(number)]
    assert sorted(names) == ["f0.b0", "f0.b0", "f0.b1", "f1.b0", "f1.b0", "f1.b1"]


def test_tokens_are_one_where_rdflib_makes_them_one() -> None:
    token = f"<{XSD.token}>"
    index = TripleIndex()
    quads = f'<urn:a> <urn:p> "x  y"^^{token}, "x y"^^{token} .'
    index.add_quads(ox.parse(quads, format=ox.RdfFormat.TURTLE))
    assert [str(value) for _, _, value in graph_of(index)] == ["x y"]


@pytest.mark.parametrize("value", ["<<( <urn:c> <urn:d> 1 )>>", '"a"@en--ltr'])
def test_what_rdf_1_2_adds_is_refused(value: str) -> None:
    quads = ox.parse(f"<urn:a> <urn:b> {value} .", format=ox.RdfFormat.TURTLE)
    with pytest.raises(InputError, match=r"RDF 1\.2"):
        TripleIndex().add_quads(quads)


def test_a_graph_over_an_index_is_only_read() -> None:
    graph = graph_of(TripleIndex.from_graph(graph_with([(IRIS[0], IRIS[1], IRIS[3])])))
    for change in (graph.add, graph.remove):
        with pytest.raises(TypeError, match="cannot be changed"):
            change((IRIS[0], IRIS[1], IRIS[1]))
    graph.bind("u", "urn:")
    assert ("u", URIRef("urn:")) in graph.namespaces()
    assert bool(graph.query("ASK { u:a ?p u:c }").askAnswer)
