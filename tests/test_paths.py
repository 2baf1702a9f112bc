"""SHACL property paths: each kind as SPARQL writes it, and what is no path."""

from __future__ import annotations

import pytest
from rdflib import SH, Graph, URIRef

from warrantgraph.errors import InputError
from warrantgraph.paths import read_path, write_path

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("wg:hasTime", "wg:hasTime"),
        ("[ sh:inversePath wg:hasContent ]", "^wg:hasContent"),
        ("( wg:hasTime wg:earliest )", "wg:hasTime/wg:earliest"),
        ("[ sh:alternativePath ( wg:earliest wg:latest ) ]", "wg:earliest|wg:latest"),
        ("[ sh:zeroOrMorePath wg:reportsClaim ]", "wg:reportsClaim*"),
        ("[ sh:oneOrMorePath [ sh:inversePath wg:reportsClaim ] ]", "^wg:reportsClaim+"),
        ("[ sh:zeroOrOnePath wg:reportsClaim ]", "wg:reportsClaim?"),
        ("[ sh:inversePath ( wg:hasTime ex:p ) ]", "^(wg:hasTime/<https://example.org/p>)"),
    ],
)
def test_path_reads_as_in_sparql(path: str, text: str) -> None:
    graph = Graph().parse(data=PREFIXES + f"ex:shape sh:path {path} .", format="turtle")
    node = graph.value(URIRef("https://example.org/shape"), SH.path)
    assert node is not None
    assert str(read_path(graph, node)) == text
    copy = Graph()
    assert read_path(copy, write_path(copy, read_path(graph, node))) == read_path(graph, node)


@pytest.mark.parametrize(
    "path",
    [
        "[ sh:unknownPath wg:hasTime ]",
        "_:loop . _:loop sh:inversePath _:loop",
        "_:loop . _:loop rdf:first wg:hasTime ; rdf:rest _:loop",
        "( wg:hasTime [ ] )",
        '"hasTime"',
    ],
)
def test_what_is_no_path_is_refused(path: str) -> None:
    prefixes = PREFIXES + "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    graph = Graph().parse(data=prefixes + f"ex:shape sh:path {path} .", format="turtle")
    node = graph.value(URIRef("https://example.org/shape"), SH.path)
    assert node is not None
    with pytest.raises(InputError, match="the shapes cannot be used"):
        read_path(graph, node)
