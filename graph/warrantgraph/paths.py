"""SHACL property paths (SHACL, section 2.3) as values, read from RDF and written to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection

from warrantgraph.errors import InputError
from warrantgraph.namespaces import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

__all__ = [
    "Alternative",
    "Inverse",
    "Predicate",
    "PropertyPath",
    "Repeated",
    "Sequence",
    "read_path",
    "write_path",
]

_REPEATS: Final = {"*": SH.zeroOrMorePath, "+": SH.oneOrMorePath, "?": SH.zeroOrOnePath}

_DEEPEST: Final = 64
"""Paths inside paths; a path that contains itself goes deeper than any."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate path: one step along one property."""

    iri: URIRef

    def __str__(self) -> str:
        return compact(str(self.iri))

    def predicates(self) -> Iterator[tuple[URIRef, bool]]:
        """Each property of the path, and whether it is walked against its direction."""
        yield self.iri, False


@dataclass(frozen=True, slots=True)
class Inverse:
    """An inverse path: from object to subject."""

    path: PropertyPath

    def __str__(self) -> str:
        return f"^{_step(self.path)}"

    def predicates(self) -> Iterator[tuple[URIRef, bool]]:
        """Each property of the path, and whether it is walked against its direction."""
        for iri, inverse in self.path.predicates():
            yield iri, not inverse


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence path: one path after the other."""

    paths: tuple[PropertyPath, ...]

    def __str__(self) -> str:
        return "/".join(map(_step, self.paths))

    def predicates(self) -> Iterator[tuple[URIRef, bool]]:
        """Each property of the path, and whether it is walked against its direction."""
        for path in self.paths:
            yield from path.predicates()


@dataclass(frozen=True, slots=True)
class Alternative:
    """An alternative path: any of several paths."""

    paths: tuple[PropertyPath, ...]

    def __str__(self) -> str:
        return "|".join(map(_step, self.paths))

    def predicates(self) -> Iterator[tuple[URIRef, bool]]:
        """Each property of the path, and whether it is walked against its direction."""
        for path in self.paths:
            yield from path.predicates()


@dataclass(frozen=True, slots=True)
class Repeated:
    """A zero-or-more (`*`), one-or-more (`+`) or zero-or-one (`?`) path."""

    path: PropertyPath
    sign: str

    def __str__(self) -> str:
        return f"{_step(self.path)}{self.sign}"

    def predicates(self) -> Iterator[tuple[URIRef, bool]]:
        """Each property of the path, and whether it is walked against its direction."""
        return self.path.predicates()


PropertyPath = Predicate | Inverse | Sequence | Alternative | Repeated


def _step(path: PropertyPath) -> str:
    """Write a path inside another, in brackets where it is not a single step."""
    return str(path) if isinstance(path, Predicate | Inverse) else f"({path})"


def read_path(graph: Graph, node: Node) -> PropertyPath:
    """Read the path that `node` is in a shapes graph.

    Raises InputError when it is none that SHACL knows, or when it contains itself.

    >>> graph = Graph().parse(format="turtle", data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     @prefix wg: <https://w3id.org/warrantgraph/ontology#> .
    ...     <urn:x> sh:path ( [ sh:inversePath wg:allegesConduct ] wg:assertedBy ) .''')
    >>> path = read_path(graph, graph.value(URIRef("urn:x"), SH.path))
    >>> str(path), [inverse for _, inverse in path.predicates()]
    ('^wg:allegesConduct/wg:assertedBy', [True, False])
    """
    return _read(graph, node, _DEEPEST)


def _read(graph: Graph, node: Node, depth: int) -> PropertyPath:
    if isinstance(node, URIRef):
        return Predicate(node)
    if depth == 0:
        raise InputError("the shapes cannot be used: a path contains itself or is nested too deep")
    if (node, RDF.first, None) in graph:
        return Sequence(_members(graph, node, depth))
    alternatives = graph.value(node, SH.alternativePath)
    if alternatives is not None:
        return Alternative(_members(graph, alternatives, depth))
    inverse = graph.value(node, SH.inversePath)
    if inverse is not None:
        return Inverse(_read(graph, inverse, depth - 1))
    for sign, predicate in _REPEATS.items():
        inner = graph.value(node, predicate)
        if inner is not None:
            return Repeated(_read(graph, inner, depth - 1), sign)
    raise InputError("the shapes cannot be used: a path is none that SHACL knows")


def _members(graph: Graph, head: Node, depth: int) -> tuple[PropertyPath, ...]:
    members: list[PropertyPath] = []
    seen: set[Node] = set()
    node: Node | None = head
    while node is not None and node != RDF.nil:
        if node in seen:
            raise InputError("the shapes cannot be used: a list in a path has no end")
        seen.add(node)
        first = graph.value(node, RDF.first)
        if first is None:
            raise InputError("the shapes cannot be used: a list in a path lacks a member")
        members.append(_read(graph, first, depth - 1))
        node = graph.value(node, RDF.rest)
    return tuple(members)


def write_path(graph: Graph, path: PropertyPath) -> URIRef | BNode:
    """Add a path to a graph as SHACL writes it; return the node that it is.

    >>> graph = Graph()
    >>> inverse = Inverse(Predicate(RDF.type))
    >>> read_path(graph, write_path(graph, inverse)) == inverse
    True
    """
    if isinstance(path, Predicate):
        return path.iri
    node = BNode()
    if isinstance(path, Sequence):
        Collection(graph, node, [write_path(graph, each) for each in path.paths])
    elif isinstance(path, Alternative):
        members = Collection(graph, BNode(), [write_path(graph, each) for each in path.paths])
        graph.add((node, SH.alternativePath, members.uri))
    elif isinstance(path, Inverse):
        graph.add((node, SH.inversePath, write_path(graph, path.path)))
    else:
        graph.add((node, _REPEATS[path.sign], write_path(graph, path.path)))
    return node
