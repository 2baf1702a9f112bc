"""Shapes as pySHACL harvests them from their graph, and what it makes of their results.

pySHACL alone decides what is a shape and what is a result. This module and `judge` are the only
ones that use its inner names; its version is pinned for that.
"""

# pySHACL is typed in part.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportFunctionMemberAccess=false

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import rdflib
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.errors import ReportableRuntimeError
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from pyshacl.rdfutil.stringify import stringify_blank_node
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef

from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from pyshacl.shape import Shape
    from rdflib.term import Node

__all__ = ["Harvest", "HarvestedShape", "Query", "pyshacl_at_work"]

LOGGER: Final = logging.getLogger(f"{__name__}.pyshacl")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False


@dataclass(frozen=True, slots=True)
class HarvestedShape:
    """A shape, and where it looks for its focus nodes."""

    node: Node
    path: Node | None
    """None: a node shape."""

    deactivated: bool
    target_nodes: frozenset[Node]
    target_classes: frozenset[Node]
    """Among them the shape itself, where it is a class too (SHACL, section 2.1.3.3)."""

    target_subjects_of: frozenset[Node]
    target_objects_of: frozenset[Node]


@dataclass(frozen=True, slots=True)
class Query:
    """A constraint in SPARQL (SHACL, section 5.2)."""

    text: str
    prefixes: Mapping[str, str]


@dataclass(slots=True)
class Harvest:
    """All shapes of a graph.

    Raises InputError when pySHACL cannot use them.
    """

    graph: Graph
    """The shapes graph, as pySHACL completes it; a copy of the one given."""

    shapes: Mapping[Node, HarvestedShape] = field(init=False)
    pyshacl: ShapesGraph = field(init=False)

    def __post_init__(self) -> None:
        given, self.graph = self.graph, Graph(identifier=self.graph.identifier)
        for prefix, namespace in given.namespaces():
            self.graph.bind(prefix, namespace, override=True, replace=True)
        with pyshacl_at_work():
            rdflib_bool_patch()  # type: ignore[no-untyped-call]
            try:
                for subject, predicate, value in given:
                    self.graph.add((subject, predicate, _as_loaded(value)))
            finally:
                rdflib_bool_unpatch()  # type: ignore[no-untyped-call]
            self.pyshacl = ShapesGraph(self.graph, False, LOGGER)
            found = sorted(self.pyshacl.shapes, key=lambda shape: str(shape.node))
            self.shapes = {shape.node: _harvested(shape) for shape in found}

    def custom_parameters(self) -> frozenset[Node] | None:
        """Return the properties that constraint components of somebody's own ask for.

        None: pySHACL refuses one of them. They have to be harvested before they are used.
        """
        if not any(
            not str(component).startswith(str(SH))
            for kind in (SH.ConstraintComponent, *self._kinds_of_components())
            for component in self.graph.subjects(RDF.type, kind)
        ):
            return frozenset()
        try:
            with pyshacl_at_work():
                components = self.pyshacl.custom_constraints
        except InputError:
            return None
        return frozenset(
            parameter.path() for component in components for parameter in component.parameters
        )

    def _kinds_of_components(self) -> list[Node]:
        return list(self.graph.subjects(RDFS.subClassOf, SH.ConstraintComponent))

    def queries(self, shape: Node) -> tuple[Query, ...] | None:
        """Return the active SPARQL constraints of a shape; None: pySHACL refuses one of them."""
        try:
            with pyshacl_at_work():
                constraint = SPARQLBasedConstraint(self.pyshacl.lookup_shape_from_node(shape))
                helpers = [h for h in constraint.sparql_constraints if not h.deactivated]
                for helper in helpers:
                    # It does so for every focus node, whatever the data say.
                    helper.pre_bind_variables(URIRef("urn:any"))
        except InputError:
            return None
        return tuple(
            Query(helper.select_text, {str(p): str(n) for p, n in helper.prefixes.items()})
            for helper in helpers
        )


def _as_loaded(node: Node) -> Node:
    """Return a term as pySHACL has it where it loads the shapes itself.

    It wants `true` of a boolean, and holds `1` to be false, as W3C's tests do.
    """
    if isinstance(node, Literal) and node.datatype == XSD.boolean:
        return Literal(str(node), datatype=XSD.boolean, normalize=False)
    return node


def _harvested(shape: Shape) -> HarvestedShape:
    nodes, classes, implicit, objects_of, subjects_of = shape.target()  # type: ignore[no-untyped-call]
    return HarvestedShape(
        node=shape.node,
        path=shape.path(),  # type: ignore[no-untyped-call]
        deactivated=shape.deactivated,
        target_nodes=frozenset(nodes),
        target_classes=frozenset((*classes, *implicit)),
        target_subjects_of=frozenset(subjects_of),
        target_objects_of=frozenset(objects_of),
    )


@contextmanager
def pyshacl_at_work() -> Generator[None]:
    """Let pySHACL work as `pyshacl.validate` would, quietly; all is left as it was found.

    Not for parallel threads. Raises InputError for whatever pySHACL raises.
    """
    normalize, cache = rdflib.NORMALIZE_LITERALS, stringify_blank_node.dict_cache
    rdflib.NORMALIZE_LITERALS = True
    stringify_blank_node.dict_cache = _Unwritten()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (InputError, MemoryError):
        raise
    except ReportableRuntimeError as error:
        raise _unusable(str(error)) from error
    except RecursionError as error:
        raise _unusable("something in the shapes or the data is nested too deep") from error
    except Exception as error:  # what pySHACL does not foresee, such as a literal for a list
        raise _unusable(f"{type(error).__name__}: {error}") from error
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        stringify_blank_node.dict_cache = cache


class _Unwritten(dict[Any, str]):
    """Says of each blank node that it is one.

    pySHACL writes out all that hangs on a blank node for texts that nobody reads here; where
    blank nodes lead to each other, that takes for ever.
    """

    def __missing__(self, key: object) -> str:
        return "[]"


def _unusable(reason: str) -> InputError:
    if reason.startswith("Validation path too deep"):
        reason = "they lead from shape to shape more than 14 times, perhaps back to the first"
    return InputError(f"the shapes cannot be used: {reason}")
