"""pySHACL for the focus nodes that the screen could not let pass: it alone makes results."""

# pySHACL is typed in part.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import SH, Literal, URIRef
from rdflib.term import IdentifiedNode

from warrantgraph.paths import PropertyPath, read_path
from warrantgraph.validation.harvest import LOGGER, Harvest, pyshacl_at_work
from warrantgraph.validation.prepared import PreparedGraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["FocusNode", "Judge", "Result"]

FocusNode = IdentifiedNode | Literal
"""What pySHACL takes as a node to validate."""

_Parts = dict["Node", dict["Node", list["Node"]]]


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result (SHACL, section 3.6), as pySHACL makes it."""

    shape: Node
    focus: Node
    path: PropertyPath | None
    value: Node | None
    severity: Node
    component: Node
    messages: tuple[Node, ...]
    source: Node | None
    """The `sh:sparql` constraint, where it is one."""

    details: tuple[Result, ...]
    """Why the value does not conform to another shape, where `sh:node` asks for it."""


class Judge:
    """pySHACL with one data graph and one shapes graph."""

    def __init__(self, data: Graph, harvest: Harvest) -> None:
        self._harvest = harvest
        with pyshacl_at_work():
            self._data = DataGraph.from_rdflib(PreparedGraph(data))
            validator = Validator(self._data, shacl_graph=harvest.graph, options={"logger": LOGGER})
            self._executor = validator.make_executor()

    def results(
        self, shape: Node, focus_nodes: Sequence[IdentifiedNode | Literal]
    ) -> Iterator[Result]:
        """Give what pySHACL finds when it validates these nodes against a shape.

        Raises InputError when it refuses the shape.
        """
        if not focus_nodes:
            return
        with pyshacl_at_work():
            found = self._harvest.pyshacl.lookup_shape_from_node(shape)
            _, reports = found.validate(self._executor, self._data, focus=list(focus_nodes))
        for _, node, triples in reports:
            yield self._result(node, _parts(triples))

    def _result(self, node: Node, parts: _Parts) -> Result:
        def first(predicate: URIRef) -> Node | None:
            return next(iter(parts[node].get(predicate, ())), None)

        def required(predicate: URIRef) -> Node:
            return parts[node][predicate][0]

        path = first(SH.resultPath)
        return Result(
            shape=required(SH.sourceShape),
            focus=required(SH.focusNode),
            path=None if path is None else read_path(self._harvest.graph, path),
            value=first(SH.value),
            severity=required(SH.resultSeverity),
            component=required(SH.sourceConstraintComponent),
            messages=tuple(parts[node].get(SH.resultMessage, ())),
            source=first(SH.sourceConstraint),
            details=tuple(self._result(each, parts) for each in parts[node].get(SH.detail, ())),
        )


def _parts(triples: Sequence[tuple[Node, Node, Any]]) -> _Parts:
    """Return the triples of a result by subject and predicate.

    pySHACL gives nodes of the two graphs as pairs with the graph they are from.
    """
    parts: _Parts = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        parts[subject][predicate].append(value[1] if isinstance(value, tuple) else value)
    return parts
