"""Terms and triples of a report in Turtle, with blank nodes that are named in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef

from warrantgraph.namespaces import BASE
from warrantgraph.paths import PropertyPath, write_path
from warrantgraph.prefixes import sort_prefixes, used_prefixes
from warrantgraph.reports.formats.visible import UNSEEN, inert

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

__all__ = ["DC", "Term", "Terms"]

DC: Final = "http://purl.org/dc/elements/1.1/"

_NOT_AN_IRI: Final = f"{BASE}not-an-iri#"

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal


class Terms:
    """The triples written so far.

    Blank nodes of the data get names in the order in which they appear: their own are made up
    afresh by each run.
    """

    def __init__(self) -> None:
        self.triples: list[pyoxigraph.Triple] = []
        self._blank: dict[BNode, pyoxigraph.BlankNode] = {}
        self._waiting: list[pyoxigraph.Triple] = []

    def add(self, subject: pyoxigraph.BlankNode, predicate: str, object_: Term) -> None:
        """Add a triple."""
        self.triples.append(pyoxigraph.Triple(subject, self.iri(predicate), object_))

    def blank(self, name: str) -> pyoxigraph.BlankNode:
        """A blank node of the report itself."""
        return pyoxigraph.BlankNode(name)

    def iri(self, text: str) -> pyoxigraph.NamedNode:
        """An IRI. What is none, such as a rule named `1: a`, becomes one of this project."""
        try:
            return pyoxigraph.NamedNode(text)
        except ValueError:
            return pyoxigraph.NamedNode(_NOT_AN_IRI + quote(text, safe=""))

    def text(self, text: str) -> pyoxigraph.Literal:
        """A plain literal."""
        return pyoxigraph.Literal(text)

    def term(self, node: Node) -> Term:
        """A term of the data, as it is."""
        if isinstance(node, BNode):
            return self._blank.setdefault(node, self.blank(f"node{len(self._blank) + 1}"))
        if not isinstance(node, Literal):
            return self.iri(str(node))
        if node.language:
            return pyoxigraph.Literal(str(node), language=node.language)
        datatype = None if node.datatype is None else self.iri(str(node.datatype))
        return pyoxigraph.Literal(str(node), datatype=datatype)

    def path(self, path: PropertyPath, name: str) -> Term:
        """A property path; its own triples wait until `write_paths`, after those of the result."""
        graph = Graph()
        head = write_path(graph, path)
        if isinstance(head, URIRef):
            return self.iri(head)
        names: dict[Node, pyoxigraph.BlankNode] = {}
        self._walk(graph, head, name, names)
        return names[head]

    def serialize(self, prefixes: Mapping[str, str]) -> str:
        """Write Turtle with those of the prefixes that are used.

        Characters that cannot be seen are written as numeric escapes, which mean the same.
        """
        iris = {str(term) for triple in self.triples for term in triple if _is_iri(term)}
        used = used_prefixes(self.triples, prefixes)
        if any(UNSEEN.search(iri) for iri in iris):
            used = {}  # a name with a prefix cannot hold an escape
        content = pyoxigraph.serialize(
            self.triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=used
        )
        text = UNSEEN.sub(_number, sort_prefixes(content or b"").decode())
        return inert(text, ":", r"\u0023")

    def write_paths(self) -> None:
        """Add the triples of the paths that wait."""
        self.triples += self._waiting
        self._waiting = []

    def _walk(
        self, graph: Graph, node: Node, name: str, names: dict[Node, pyoxigraph.BlankNode]
    ) -> None:
        names.setdefault(node, self.blank(f"{name}1"))
        pairs = sorted(_pairs(graph, node), key=lambda pair: pair[0])
        inner = [object_ for _, object_ in pairs if isinstance(object_, BNode)]
        for blank in inner:
            names[blank] = self.blank(f"{name}{len(names) + 1}")
        for predicate, object_ in pairs:
            written = names.get(object_) or self.iri(str(object_))
            self._waiting.append(pyoxigraph.Triple(names[node], self.iri(predicate), written))
        for blank in inner:
            self._walk(graph, blank, name, names)


def _pairs(graph: Graph, node: Node) -> Iterator[tuple[str, Node]]:
    for predicate in graph.predicates(node):
        for object_ in graph.objects(node, predicate):
            yield str(predicate), object_


def _is_iri(term: object) -> bool:
    return isinstance(term, pyoxigraph.NamedNode)


def _number(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
