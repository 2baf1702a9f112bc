"""A small graph to ask by subject and predicate, for manifests and result sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["RDF", "RDFS", "Facts", "Node", "text"]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

Node = NamedNode | BlankNode | Literal | pyoxigraph.Triple
"""Any RDF term."""


class Facts:
    """Triples by subject and predicate; predicates are given as text.

    >>> facts = Facts.parse(b"<s> <p> (1 2) .", pyoxigraph.RdfFormat.TURTLE, "http://example.org/")
    >>> (subject,) = facts.subjects("http://example.org/p")
    >>> [item.value for item in facts.items(facts.one(subject, "http://example.org/p"))]
    ['1', '2']
    """

    def __init__(self, triples: Iterable[pyoxigraph.Triple]) -> None:
        self._objects: dict[tuple[Node, str], list[Node]] = {}
        self._subjects: dict[str, list[Node]] = {}
        for triple in triples:
            predicate = triple.predicate.value
            self._objects.setdefault((triple.subject, predicate), []).append(triple.object)
            self._subjects.setdefault(predicate, []).append(triple.subject)

    @classmethod
    def parse(cls, content: bytes, syntax: pyoxigraph.RdfFormat, base: str) -> Self:
        """Parse a document; raises SyntaxError."""
        return cls(quad.triple for quad in pyoxigraph.parse(content, format=syntax, base_iri=base))

    def all(self, subject: Node, predicate: str) -> list[Node]:
        """Every object of a subject and a predicate."""
        return self._objects.get((subject, predicate), [])

    def one(self, subject: Node, predicate: str) -> Node | None:
        """The object of a subject and a predicate; None when there is none."""
        return next(iter(self.all(subject, predicate)), None)

    def subjects(self, predicate: str) -> list[Node]:
        """Every subject that a predicate is said of."""
        return self._subjects.get(predicate, [])

    def items(self, head: Node | None) -> Iterator[Node]:
        """The members of an RDF list; nothing for None."""
        while head is not None and text(head) != f"{RDF}nil":
            first = self.one(head, f"{RDF}first")
            if first is None:
                return
            yield first
            head = self.one(head, f"{RDF}rest")


def text(node: Node | None) -> str:
    """The IRI or the lexical form; empty for anything else."""
    return node.value if isinstance(node, NamedNode | Literal) else ""
