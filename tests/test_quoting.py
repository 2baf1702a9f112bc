"""The words that a node rests on: those of its passage, of its claim, or of claims about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from warrantgraph.namespaces import CURATION, WG
from warrantgraph.validation.places.quoting import quote_of

SOURCE = Path(__file__).parents[1] / "graph" / "sources" / "icc-warrant-for-putin" / "claims.ttl"

EXPANDED = """
@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
<x:claim-1> a wg:Claim ; wg:hasContent <x:warrant>, <x:count> ; wg:expressedIn <x:late>, <x:early> .
<x:claim-2> a wg:Accusation ; wg:allegesConduct <x:conduct> ; wg:expressedIn <x:late> .
<x:claim-3> a wg:Claim ; wg:hasContent <x:unheard> .
<x:count> a wg:Count ; wg:allegesConduct <x:charged> .
<x:late> a wg:Passage ; wg:startOffset 120 ; wg:exactText "late words" .
<x:early> a wg:Passage ; wg:startOffset 9 ; wg:exactText "early words" .
<x:person> <x:involved-in> <x:conduct> .
"""

CURATED = """
@prefix cur: <https://w3id.org/warrantgraph/curation#> .
@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
<x:s10> cur:quote "ten" ; wg:hasContent <x:warrant> .
<x:s9> cur:quote "nine" ; wg:hasContent <x:warrant> .
"""


@pytest.mark.parametrize(
    ("text", "node", "expected"),
    [
        (EXPANDED, "x:late", "late words"),
        (EXPANDED, "x:claim-1", "early words"),
        (EXPANDED, "x:warrant", "early words"),
        (EXPANDED, "x:conduct", "late words"),
        (EXPANDED, "x:charged", "early words"),
        (EXPANDED, "x:person", None),
        (EXPANDED, "x:unheard", None),
        (EXPANDED, "x:nobody", None),
        (CURATED, "x:s10", "ten"),
        (CURATED, "x:warrant", "nine"),
    ],
)
def test_a_node_rests_on_the_words_that_come_first(
    text: str, node: str, expected: str | None
) -> None:
    assert quote_of(URIRef(node), Graph().parse(data=text, format="turtle")) == expected


def test_each_content_of_a_curated_file_rests_on_words() -> None:
    graph = Graph().parse(SOURCE)
    contents = set(graph.objects(None, WG.hasContent))
    quotes = {str(quote) for quote in graph.objects(None, CURATION.quote)}
    assert contents
    assert {quote_of(content, graph) for content in contents} <= quotes


def test_a_literal_rests_on_nothing() -> None:
    graph = Graph().add((URIRef("x:s"), RDF.value, Literal("o")))
    assert quote_of(Literal("o"), graph) is None
