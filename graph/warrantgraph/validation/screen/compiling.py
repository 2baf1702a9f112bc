"""Shapes as checks over an index: made once, then asked of every focus node."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, BNode

from warrantgraph.validation.screen.paths import descendants, known_path, values_of_path
from warrantgraph.validation.screen.queries import query_constraint
from warrantgraph.validation.screen.shapes import SHAPE_CONSTRAINTS
from warrantgraph.validation.screen.values import VALUE_CONSTRAINTS
from warrantgraph.validation.screen.verdict import Check, Constraint, Verdict, maybe, surely

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from warrantgraph.validation.harvest import Harvest, HarvestedShape
    from warrantgraph.validation.index import TripleIndex

__all__ = ["Compiling", "Screen"]

_MAKERS: Final = VALUE_CONSTRAINTS | SHAPE_CONSTRAINTS | {SH.sparql: query_constraint}

_NO_CONSTRAINTS: Final = {
    SH.deactivated,
    SH.defaultValue,
    SH.description,
    SH.flags,
    SH.group,
    SH.message,
    SH.name,
    SH.order,
    SH.path,
    SH.severity,
    SH.targetClass,
    SH.targetNode,
    SH.targetObjectsOf,
    SH.targetSubjectsOf,
}
"""What SHACL says of a shape that asks nothing of a node."""

_DEEPEST: Final = 12
"""Shapes inside shapes that are followed; pySHACL refuses to go deeper than 14."""


class Screen:
    """The checks of all shapes of one graph, over one index.

    Nodes that shapes name as targets get a number in the index, whether or not a triple has them.
    """

    def __init__(self, index: TripleIndex, harvest: Harvest) -> None:
        self.index = index
        self.harvest = harvest
        self.custom_parameters = harvest.custom_parameters()
        self.strangers: set[int] = set()
        """Blank nodes that shapes name and no triple has: pySHACL fails where it describes one."""

        self._made: dict[Node, tuple[Check, int]] = {}
        self._being_made: set[Node] = set()
        self._subclass = index.id_of(RDFS.subClassOf)
        self._type = index.id_of(RDF.type)

    def focus_nodes(self, shape: HarvestedShape) -> list[int]:
        """Return the focus nodes of a shape (SHACL, section 2.1.3), each once, in order."""
        index = self.index
        found: set[int] = set()
        for node in shape.target_nodes:
            known = index.id_of(node) is not None
            found.add(index.intern(node))
            if not known and isinstance(node, BNode):
                self.strangers.add(index.intern(node))
        for each in map(index.id_of, shape.target_classes):
            if each is not None and self._type is not None:
                for kind in descendants(index, each, self._subclass):
                    found.update(index.subjects(self._type, kind))
        for each in map(index.id_of, shape.target_subjects_of):
            found.update(() if each is None else index.subjects_of(each))
        for each in map(index.id_of, shape.target_objects_of):
            found.update(() if each is None else index.values_of(each))
        return sorted(found)

    def check(self, shape: HarvestedShape) -> Check:
        """Return what says whether a node conforms to the shape."""
        return self.made(shape.node)[0]

    def made(self, node: Node) -> tuple[Check, int]:
        """Return the check of a shape, and how deep shapes are nested in it."""
        if node in self._being_made:  # it leads back to itself
            return maybe, _DEEPEST
        if node not in self._made:
            self._being_made.add(node)
            try:
                self._made[node] = self._make(self.harvest.shapes[node])
            finally:
                self._being_made.remove(node)
        return self._made[node]

    def _make(self, shape: HarvestedShape) -> tuple[Check, int]:
        if shape.deactivated:
            return surely, 1
        compiling = Compiling(self, shape)
        check = compiling.check()
        depth = compiling.depth + 1
        return (maybe if depth > _DEEPEST else check), depth


class Compiling:
    """One shape while its check is made; the makers of constraints read it from here."""

    def __init__(self, screen: Screen, shape: HarvestedShape) -> None:
        self.index = screen.index
        self.graph: Graph = screen.harvest.graph
        self.node = shape.node
        self.path = shape.path
        self.depth = 0
        self._screen = screen

    def check(self) -> Check:
        """Return the check of the shape; `maybe` when one of its constraints is not known."""
        makers = self._makers()
        if makers is None:
            return maybe
        constraints = [constraint for make in makers if (constraint := make(self)) is not surely]
        if maybe in constraints:
            return maybe
        if not constraints:
            return surely
        if self.path is None:
            return _combine(constraints, lambda focus: (focus,))
        path = known_path(self.graph, self.path)
        return maybe if path is None else _combine(constraints, values_of_path(self.index, path))

    def _makers(self) -> Iterable[Callable[[Compiling], Constraint]] | None:
        custom = self._screen.custom_parameters
        makers: dict[Callable[[Compiling], Constraint], None] = {}
        for predicate in sorted(set(self.graph.predicates(self.node)), key=str):
            if custom is None or predicate in custom:
                return None
            if predicate in _MAKERS:
                makers[_MAKERS[predicate]] = None  # type: ignore[index]
            elif (predicate == SH.ignoredProperties and not self.objects(SH.closed)) or (
                str(predicate).startswith(str(SH))
                and predicate not in _NO_CONSTRAINTS
                and predicate != SH.ignoredProperties
            ):
                return None
        return makers

    # ---- what the makers of constraints ask

    def objects(self, parameter: Node) -> list[Node]:
        """Return the values of a parameter."""
        return list(self.graph.objects(self.node, parameter))

    def only(self, parameter: Node) -> Node | None:
        """Return the value of a parameter that has one, and else None."""
        values = self.objects(parameter)
        return values[0] if len(values) == 1 else None

    def members(self, head: Node | None) -> list[Node] | None:
        """Return the members of a list; None where it is none, or not well-formed."""
        members: list[Node] = []
        seen: set[Node] = set()
        while head is not None and head != RDF.nil:
            first = list(self.graph.objects(head, RDF.first))
            rest = list(self.graph.objects(head, RDF.rest))
            if len(first) != 1 or len(rest) != 1 or head in seen:
                return None
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return None if head is None else members

    def path_of(self, node: Node) -> Node | None:
        """Return the path of another shape; None where it is no property shape."""
        shape = self._screen.harvest.shapes.get(node)
        return None if shape is None else shape.path

    def checks(self, nodes: Iterable[Node]) -> list[Check] | None:
        """Return the checks of other shapes; None where one of them is no shape."""
        checks: list[Check] = []
        for node in nodes:
            if node not in self._screen.harvest.shapes:
                return None
            check, depth = self._screen.made(node)
            self.depth = max(self.depth, depth)
            checks.append(check)
        return checks

    def siblings(self, value_shape: Node) -> list[Node]:
        """Return the sibling shapes of a qualified one (SHACL, section 4.7.3)."""
        graph = self.graph
        properties = chain.from_iterable(
            graph.objects(parent, SH.property) for parent in graph.subjects(SH.property, self.node)
        )
        found = {
            sibling
            for each in properties
            for sibling in graph.objects(each, SH.qualifiedValueShape)
            if sibling != value_shape and sibling in self._screen.harvest.shapes
        }
        return sorted(found, key=str)

    def query_texts(self) -> Iterable[tuple[str, dict[str, str]]] | None:
        """Return the SPARQL constraints of the shape with their prefixes; None: maybe."""
        queries = self._screen.harvest.queries(self.node)
        return None if queries is None else [(q.text, dict(q.prefixes)) for q in queries]


def _combine(constraints: list[Constraint], values_of: Callable[[int], Iterable[int]]) -> Check:
    def check(focus: int) -> Verdict:
        values = values_of(focus)
        result: Verdict = True
        for constraint in constraints:
            verdict = constraint(focus, values)  # type: ignore[arg-type]
            if verdict is not True:
                if verdict is None:
                    return None
                result = False
        return result

    return check
