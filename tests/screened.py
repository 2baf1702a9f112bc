"""Queries of shapes, asked twice: of the screen, and of rdflib as pySHACL asks it."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from warrantgraph.paths import PropertyPath, read_path, write_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rdflib.term import Node

    from warrantgraph.validation.prepared import PreparedGraph

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


class Index:
    """The triples of a graph as numbers: what a screen needs, and as plain as can be."""

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        self._ids: dict[Node, int] = {}
        self._terms: list[Node] = []
        self._forward: dict[int, dict[int, dict[int, None]]] = {}
        self._inverse: dict[int, dict[int, dict[int, None]]] = {}
        for triple in triples:
            self.add(*triple)

    def add(self, subject: Node, predicate: Node, value: Node) -> None:
        first, along, last = map(self.number, (subject, predicate, value))
        self._forward.setdefault(along, {}).setdefault(first, {})[last] = None
        self._inverse.setdefault(along, {}).setdefault(last, {})[first] = None

    def number(self, term: Node) -> int:
        if term not in self._ids:
            self._ids[term] = len(self._terms)
            self._terms.append(term)
        return self._ids[term]

    def id_of(self, term: Node) -> int | None:
        return self._ids.get(term)

    def term(self, id: int) -> Node:  # noqa: A002
        return self._terms[id]

    def objects(self, subject: int, predicate: int) -> Collection[int]:
        return self._forward.get(predicate, {}).get(subject, {})

    def subjects(self, predicate: int, value: int) -> Collection[int]:
        return self._inverse.get(predicate, {}).get(value, {})

    def predicates(self) -> Collection[int]:
        return self._forward

    def predicates_of(self, subject: int) -> Iterator[int]:
        return (each for each, table in self._forward.items() if subject in table)

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        for subject, values in self._forward.get(predicate, {}).items():
            for value in values:
                yield subject, value

    def has(self, subject: int, predicate: int, value: int) -> bool:
        return value in self.objects(subject, predicate)


@dataclass(frozen=True)
class Asked:
    """A `sh:select` as a shape has it, and who it is asked of."""

    shape: URIRef
    text: str
    prefixes: Mapping[str, str]
    path: PropertyPath | None
    targets: tuple[tuple[URIRef, Node], ...] = ()

    def focus_nodes(self, data: Graph) -> set[Node]:
        found: set[Node] = set()
        for kind, target in self.targets:
            if kind == SH.targetClass:
                found.update(data.subjects(RDF.type, target))
            elif kind == SH.targetSubjectsOf:
                found.update(subject for subject, _ in data.subject_objects(cast("Any", target)))
            else:
                found.update(data.objects(None, cast("Any", target)))
        return found


def rows(asked: Asked, data: PreparedGraph, focus: Node) -> int:
    """How many rows rdflib finds for a focus node, asked as pySHACL asks."""
    paths = Graph()
    node = None if asked.path is None else write_path(paths, asked.path)
    shapes = SimpleNamespace(graph=paths, objects=paths.objects)
    shape = SimpleNamespace(sg=shapes, path=lambda: node, node=asked.shape)
    helper = cast("Any", SPARQLQueryHelper)(cast("Any", shape), BNode(), asked.text)
    helper.prefixes.update({name: URIRef(iri) for name, iri in asked.prefixes.items()})
    bindings, text = helper.pre_bind_variables(focus)
    return len(data.query(helper.apply_prefixes(text), initBindings=bindings).bindings)


def queries(shapes: Graph) -> list[Asked]:
    """All queries of the shapes, with the prefixes that the shapes declare."""
    declared = {
        str(shapes.value(each, SH.prefix)): str(shapes.value(each, SH.namespace))
        for ontology in shapes.subjects(RDF.type, OWL.Ontology)
        for each in shapes.objects(ontology, SH.declare)
    }
    found: list[Asked] = []
    for shape, constraint in shapes.subject_objects(SH.sparql):
        path = shapes.value(shape, SH.path)
        targets = tuple((kind, each) for kind in TARGETS for each in shapes.objects(shape, kind))
        if (shape, RDF.type, RDFS.Class) in shapes:
            targets = (*targets, (SH.targetClass, shape))
        found.append(
            Asked(
                URIRef(str(shape)),
                str(cast("Literal", shapes.value(constraint, SH.select))),
                declared,
                None if path is None else read_path(shapes, path),
                targets,
            )
        )
    return sorted(found, key=lambda each: (each.shape, each.text))
