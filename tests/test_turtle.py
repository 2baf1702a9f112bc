"""Turtle files that people curate: each statement has its place, or the file is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, RDFS, BNode, Literal, URIRef

from warrantgraph.errors import TurtleSyntaxError
from warrantgraph.turtle import read_turtle

if TYPE_CHECKING:
    from pathlib import Path

A, P, Q = URIRef("x:a"), URIRef("x:p"), URIRef("x:q")


def test_statements_come_in_the_order_of_the_file_without_those_of_lists(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text('@prefix x: <x:> .\nx:a x:p [ x:q "1" ] ;\n  x:q ( x:b "c" ) .\n')
    file = read_turtle(path)
    statements = [
        [None if isinstance(term, BNode) else term for term in triple] for triple in file.in_order()
    ]
    assert statements == [[A, P, None], [None, Q, Literal("1")], [A, Q, None]]
    assert len(file.graph) == 7
    assert (None, RDF.first, Literal("c")) in file.graph
    assert file.place(A) == {"file": path, "line": 2, "column": 5}
    assert file.place(A, Q) == {"file": path, "line": 3, "column": 3}
    (node,) = file.graph.objects(A, P)
    assert file.place(A, P, node) == {"file": path, "line": 2, "column": 9}
    assert file.place_of(Literal("1")) == {"file": path, "line": 2, "column": 15}
    assert file.place(A, RDFS.label) == {"file": path, "line": None, "column": None}
    assert dict(file.graph.namespaces())["x"] == URIRef("x:")


def test_literals_stay_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<x:a> <x:p> 01 .")
    assert [str(value) for value in read_turtle(path).graph.objects(A, P)] == ["01"]


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("_:a <x:p> _:a .")
    (first,), (second,) = (read_turtle(path).graph for _ in range(2))
    assert first[0] == first[2]
    assert first != second


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<x:a> <x:p> <<( <x:a> <x:p> 1 )>> .", "a.ttl: triple terms"),
        ("<x:a> <x:p> 1 {| <x:q> 2 |} .", "a.ttl: triple terms"),
        ("<x:a> <x:p> 1 .\nBASE <x:b> <#c> <x:p> 1 .", "a.ttl:2: this cannot be read; write IRIs"),
        ("<x:a> <x:p> <b> .", "a.ttl:1:13: this is not Turtle: No scheme found"),
        ("<x:a> <x:p> 1 .\n<x:a> <x:p>", "a.ttl:2:12: this is not Turtle"),
    ],
)
def test_what_cannot_be_placed_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(text)
    with pytest.raises(TurtleSyntaxError) as caught:
        read_turtle(path)
    assert str(caught.value).startswith(f"{tmp_path}/{message}")
