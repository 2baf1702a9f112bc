"""Strategies for small graphs of data and of shapes that use every kind of constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from warrantgraph.paths import (
    Alternative,
    Inverse,
    Predicate,
    PropertyPath,
    Repeated,
    Sequence,
    write_path,
)

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn
    from rdflib.term import Node

__all__ = ["KINDS_OF_CONSTRAINTS", "data_graphs", "shape_graphs", "shapes_with_one"]

EX = Namespace("https://example.org/")
NODES = [EX[name] for name in "abcd"] + [BNode("x"), BNode("y")]
CLASSES = [EX.A, EX.B, EX.C]
PROPERTIES = [EX.p, EX.q, EX.r]
LITERALS = [
    Literal("5", datatype=XSD.integer),
    Literal("05", datatype=XSD.integer, normalize=False),
    Literal("7", datatype=XSD.int),
    Literal("five", datatype=XSD.integer),
    Literal("5.0", datatype=XSD.decimal),
    Literal("true", datatype=XSD.boolean),
    Literal("2020-01-01", datatype=XSD.date),
    Literal("2020-13-01", datatype=XSD.date),
    Literal("2020-01-01T00:00:00", datatype=XSD.dateTime),
    Literal("2020-01-01T00:00:00Z", datatype=XSD.dateTime),
    Literal("a"),
    Literal("a", datatype=XSD.string),
    Literal("abc"),
    Literal("abc", lang="en"),
    Literal("a", lang="en-GB"),
    Literal("a", lang="de"),
    Literal(""),
    Literal("x", datatype=EX.type),
]
DATATYPES = [
    *(XSD[name] for name in ("integer", "int", "decimal", "boolean", "date", "dateTime", "string")),
    RDF.langString,
    RDFS.Literal,
    RDFS.Datatype,
    EX.type,
]
KINDS = ["BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
MEMBERS: list[Node] = [*NODES, *LITERALS]

triples = st.one_of(
    st.tuples(st.sampled_from(NODES), st.just(RDF.type), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(MEMBERS)),
    st.tuples(st.sampled_from(CLASSES), st.just(RDFS.subClassOf), st.sampled_from(CLASSES)),
)


def _graph(triples: abc.Sequence[tuple[Node, Node, Node]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


data_graphs = st.lists(triples, min_size=3, max_size=25).map(_graph)

steps = st.sampled_from(PROPERTIES).map(Predicate)
paths: st.SearchStrategy[PropertyPath] = st.recursive(
    steps,
    lambda inner: st.one_of(
        inner.map(Inverse),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Sequence(tuple(each))),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Alternative(tuple(each))),
        st.builds(Repeated, inner, st.sampled_from("*+?")),
    ),
    max_leaves=4,
)


class Writer:
    """Writes one shape after another into a graph."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.graph = Graph()
        self.count = 0

    def pick(self, values: list[Node]) -> Node:
        return self.draw(st.sampled_from(values))

    def number(self, most: int = 3) -> Literal:
        return Literal(self.draw(st.integers(0, most)))

    def boolean(self) -> Literal:
        return Literal(self.draw(st.booleans()))

    def list_of(self, nodes: list[Node]) -> Node:
        return Collection(self.graph, BNode(), nodes).uri

    def some(self, values: list[Node]) -> list[Node]:
        return self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True))

    def shape(self, depth: int, *, with_path: bool | None = None) -> Node:
        self.count += 1
        named = self.draw(st.booleans())
        node: Node = EX[f"shape{self.count}"] if named else BNode(f"shape{self.count}")
        has_path = self.draw(st.booleans()) if with_path is None else with_path
        kind = SH.PropertyShape if has_path else SH.NodeShape
        self.graph.add((node, RDF.type, kind))
        if has_path:
            self.graph.add((node, SH.path, write_path(self.graph, self.draw(paths))))
        if self.draw(st.integers(0, 9)) == 0:
            self.graph.add((node, SH.deactivated, Literal(True)))
        if self.draw(st.integers(0, 3)) == 0:
            self.graph.add((node, SH.severity, SH.Warning))
        makers = [*VALUES, *(ONLY_PATHS if has_path else ()), *(NESTED if depth else ())]
        for make in self.draw(st.lists(st.sampled_from(makers), min_size=1, max_size=3)):
            make(self, node, depth)
        return node

    def add(self, node: Node, parameter: str, value: Node) -> None:
        self.graph.add((node, SH[parameter], value))

    def shapes(self, depth: int) -> list[Node]:
        return [self.shape(depth - 1) for _ in range(self.draw(st.integers(1, 3)))]

    def target(self, node: Node) -> None:
        kind = self.draw(st.sampled_from(["Class", "Node", "SubjectsOf", "ObjectsOf", "implicit"]))
        if kind == "implicit":
            if isinstance(node, URIRef):
                self.graph.add((node, RDF.type, RDFS.Class))
            kind = "Class"
        values = {"Class": CLASSES, "Node": MEMBERS}.get(kind, PROPERTIES)
        for each in self.some(list(values)):
            self.add(node, f"target{kind}", each)


def _simple(parameter: str, values: list[Node]) -> Callable[[Writer, Node, int], None]:
    return lambda writer, node, _: writer.add(node, parameter, writer.pick(values))


def _qualified(writer: Writer, node: Node, depth: int) -> None:
    writer.add(node, "qualifiedValueShape", writer.shape(depth - 1, with_path=False))
    for limit in writer.draw(st.sets(st.sampled_from(["Min", "Max"]), min_size=1)):
        writer.add(node, f"qualified{limit}Count", writer.number(2))
    if writer.draw(st.booleans()):
        writer.add(node, "qualifiedValueShapesDisjoint", Literal(True))


def _closed(writer: Writer, node: Node, _: int) -> None:
    writer.add(node, "closed", writer.boolean())
    if writer.draw(st.booleans()):
        ignored = writer.some([*PROPERTIES, RDF.type])
        writer.add(node, "ignoredProperties", writer.list_of(ignored))


def _sparql(writer: Writer, node: Node, _: int) -> None:
    constraint = BNode()
    writer.add(node, "sparql", constraint)
    text = f"SELECT $this ?value {{ $this <{writer.pick(list(PROPERTIES))}> ?value }}"
    writer.graph.add((constraint, SH.select, Literal(text)))


VALUES: list[Callable[[Writer, Node, int], None]] = [
    _simple("class", list(CLASSES)),
    _simple("datatype", list(DATATYPES)),
    _simple("nodeKind", [SH[kind] for kind in KINDS]),
    *(
        _simple(f"{end}{kind}", list(LITERALS))
        for end in ("min", "max")
        for kind in ("Inclusive", "Exclusive")
    ),
    lambda writer, node, _: writer.add(node, "minLength", writer.number()),
    lambda writer, node, _: writer.add(node, "maxLength", writer.number()),
    _simple("pattern", [Literal(each) for each in ("^a", "B", "c$", "org/[ab]$", "(")]),
    lambda writer, node, _: writer.add(
        node, "languageIn", writer.list_of(writer.some([Literal(each) for each in ("en", "de")]))
    ),
    _simple("equals", list(PROPERTIES)),
    _simple("disjoint", list(PROPERTIES)),
    _simple("hasValue", MEMBERS),
    lambda writer, node, _: writer.add(node, "in", writer.list_of(writer.some(MEMBERS))),
    _closed,
    _sparql,
]
ONLY_PATHS: list[Callable[[Writer, Node, int], None]] = [
    lambda writer, node, _: writer.add(node, "minCount", writer.number()),
    lambda writer, node, _: writer.add(node, "maxCount", writer.number()),
    lambda writer, node, _: writer.add(node, "uniqueLang", writer.boolean()),
    _simple("lessThan", list(PROPERTIES)),
    _simple("lessThanOrEquals", list(PROPERTIES)),
]
NESTED: list[Callable[[Writer, Node, int], None]] = [
    lambda writer, node, depth: writer.add(node, "not", writer.shape(depth - 1)),
    *(
        lambda writer, node, depth, name=name: writer.add(
            node, name, writer.list_of(writer.shapes(depth))
        )
        for name in ("and", "or", "xone")
    ),
    lambda writer, node, depth: writer.add(node, "node", writer.shape(depth - 1, with_path=False)),
    lambda writer, node, depth: writer.add(
        node, "property", writer.shape(depth - 1, with_path=True)
    ),
    _qualified,
]


@st.composite
def shape_graphs(draw: DrawFn) -> Graph:
    """A graph of one to three shapes with targets, and of those that they ask for."""
    writer = Writer(draw)
    for _ in range(draw(st.integers(1, 3))):
        writer.target(writer.shape(2))
    if draw(st.integers(0, 9)) == 0:  # one of them leads back to another
        named = sorted({node for node in writer.graph.subjects() if isinstance(node, URIRef)})
        if named:
            one, other = writer.pick(list(named)), writer.pick(list(named))
            writer.add(one, "node", other)
    return writer.graph


KINDS_OF_CONSTRAINTS = [*VALUES, *ONLY_PATHS, *NESTED]
"""Each writes one kind of constraint into a shape."""


@st.composite
def shapes_with_one(draw: DrawFn, make: Callable[[Writer, Node, int], None]) -> Graph:
    """A graph of one shape with one constraint, which all nodes and some literals have to meet."""
    writer = Writer(draw)
    shape = EX.shape
    has_path = make in ONLY_PATHS or make is _qualified or draw(st.booleans())
    kind = SH.PropertyShape if has_path else SH.NodeShape
    writer.graph.add((shape, RDF.type, kind))
    if has_path:
        path = draw(st.one_of(steps, paths))
        writer.graph.add((shape, SH.path, write_path(writer.graph, path)))
    for node in (*NODES, *LITERALS[::4]):
        writer.add(shape, "targetNode", node)
    make(writer, shape, 1)
    return writer.graph
