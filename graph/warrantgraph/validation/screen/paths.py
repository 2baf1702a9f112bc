"""Property paths over an index: from a focus node to its value nodes (SHACL, section 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import chain
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode

from warrantgraph.errors import InputError
from warrantgraph.paths import (
    Alternative,
    Inverse,
    Predicate,
    PropertyPath,
    Repeated,
    Sequence,
    read_path,
)

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from warrantgraph.validation.index import TripleIndex

__all__ = ["Values", "descendants", "known_path", "values_of_path"]

Values = Callable[[int], Collection[int]]
"""The value nodes of a focus node, each once."""

_DEEPEST: Final = 8
"""pySHACL refuses paths nested deeper than ten, each member of a sequence being one deeper."""


def known_path(graph: Graph, node: Node) -> PropertyPath | None:
    """Return the path that a node is; None where pySHACL may refuse it, or read it otherwise."""
    try:
        path = read_path(graph, node)
    except InputError:
        return None
    return path if _depth(path) <= _DEEPEST and _is_plain(graph, node) else None


def _is_plain(graph: Graph, node: Node) -> bool:
    """Whether each node of a path says one thing only, so that no reader has to choose."""
    if not isinstance(node, BNode):
        return True
    said = list(graph.predicate_objects(node))
    predicates = {predicate for predicate, _ in said}
    if RDF.first in predicates:
        rest = graph.value(node, RDF.rest)
        if predicates != {RDF.first, RDF.rest} or not (rest == RDF.nil or isinstance(rest, BNode)):
            return False
    return len(said) == len(predicates) <= 2 and all(_is_plain(graph, value) for _, value in said)


def _depth(path: PropertyPath) -> int:
    if isinstance(path, Predicate):
        return 0
    if isinstance(path, Sequence | Alternative):
        if len(path.paths) < 2:
            return _DEEPEST + 1
        return len(path.paths) + max(map(_depth, path.paths))
    return 1 + _depth(path.path)


def values_of_path(index: TripleIndex, path: PropertyPath) -> Values:
    """Return what leads from a focus node along the path.

    >>> from rdflib import Graph, URIRef
    >>> from warrantgraph.validation.index import TripleIndex
    >>> graph = Graph().parse(data="<urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> <urn:a> .")
    >>> index = TripleIndex.from_graph(graph)
    >>> around = Repeated(Predicate(URIRef("urn:p")), "+")
    >>> sorted(str(index.term(v)) for v in values_of_path(index, around)(0))
    ['urn:a', 'urn:b']
    """
    return _values(index, path, inverse=False)


def _values(index: TripleIndex, path: PropertyPath, *, inverse: bool) -> Values:
    if isinstance(path, Predicate):
        return _step(index, path, inverse=inverse)
    if isinstance(path, Inverse):
        return _values(index, path.path, inverse=not inverse)
    if isinstance(path, Repeated):
        return _repeated(_values(index, path.path, inverse=inverse), path.sign)
    # pySHACL walks the members of an inverted sequence in their own order; so does this.
    members = [_values(index, each, inverse=inverse) for each in path.paths]
    if isinstance(path, Alternative):
        return lambda focus: set(chain.from_iterable(member(focus) for member in members))

    def one_after_the_other(focus: int) -> Collection[int]:
        found: Collection[int] = (focus,)
        for member in members:
            found = set(chain.from_iterable(map(member, found)))
        return found

    return one_after_the_other


def _step(index: TripleIndex, path: Predicate, *, inverse: bool) -> Values:
    predicate = index.id_of(path.iri)
    if predicate is None:
        return lambda _: ()
    if inverse:
        index.values_of(predicate)  # builds the table once, before processes part
        return lambda focus: index.subjects(predicate, focus)
    return lambda focus: index.objects(focus, predicate)


def _repeated(step: Values, sign: str) -> Values:
    if sign == "?":
        return lambda focus: {focus, *step(focus)}

    def around(focus: int) -> Collection[int]:
        found: set[int] = {focus} if sign == "*" else set()
        waiting = list(step(focus))
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(step(node))
        return found

    return around


def descendants(index: TripleIndex, top: int, predicate: int | None) -> set[int]:
    """Return what leads to `top` by any number of steps along the predicate, and `top` itself."""
    found, waiting = {top}, [top]
    while predicate is not None and waiting:
        for each in index.subjects(predicate, waiting.pop()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
