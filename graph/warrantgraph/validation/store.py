"""A triple index as a store of rdflib's, so that pySHACL and rdflib's SPARQL can ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from rdflib import Graph, URIRef
from rdflib.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.graph import _TriplePatternType, _TripleType

    from warrantgraph.validation.index import TripleIndex

__all__ = ["IndexStore", "graph_of"]


def graph_of(index: TripleIndex) -> Graph:
    """Return a graph that reads from the index, of which nothing is copied.

    >>> from rdflib import RDF, Graph
    >>> from warrantgraph.validation.index import TripleIndex
    >>> graph = Graph().parse(data="<urn:a> a <urn:c> .", format="turtle")
    >>> list(graph_of(TripleIndex.from_graph(graph)).subjects(RDF.type, URIRef("urn:c")))
    [rdflib.term.URIRef('urn:a')]
    """
    return Graph(store=IndexStore(index))


class IndexStore(Store):
    """Reads what an index holds; prefixes may be bound, and all else stays as it is."""

    context_aware = True
    graph_aware = True
    """pySHACL wraps what it reads in a dataset, which asks that its store says so."""

    def __init__(self, index: TripleIndex) -> None:
        super().__init__()
        self.index = index
        self._whole = Graph(store=self, bind_namespaces="none")
        self._prefixes: dict[str, URIRef] = {}

    def triples(
        self, triple_pattern: _TriplePatternType, context: Graph | None = None
    ) -> Iterator[tuple[_TripleType, Iterator[Graph]]]:
        """Give the triples that fit, each once."""
        wanted: list[int | None] = []
        for node in triple_pattern:
            number = None if node is None else self.index.id_of(node)
            if node is not None and number is None:
                return
            wanted.append(number)
        term = self.index.term
        for subject, predicate, value in self._matches(*wanted):
            # rdflib asks that subjects are nodes of any kind, and predicates are IRIs.
            yield (
                (term(subject), term(predicate), term(value)),
                iter((self._whole if context is None else context,)),
            )

    def _matches(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> Iterable[tuple[int, int, int]]:
        index = self.index
        if predicate is None:
            if subject is not None:
                predicates: Iterable[int] = index.predicates_of(subject)
            else:
                predicates = index.predicates()
            for each in list(predicates):
                yield from self._matches(subject, each, value)
        elif subject is not None and value is not None:
            if index.has(subject, predicate, value):
                yield subject, predicate, value
        elif subject is not None:
            for each in index.objects(subject, predicate):
                yield subject, predicate, each
        elif value is not None:
            for each in index.subjects(predicate, value):
                yield each, predicate, value
        else:
            for each, found in index.pairs(predicate):
                yield each, predicate, found

    def __len__(self, context: Graph | None = None) -> int:
        return len(self.index)

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Remember a prefix."""
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def namespace(self, prefix: str) -> URIRef | None:
        """Return what a prefix stands for."""
        return self._prefixes.get(prefix)

    def prefix(self, namespace: URIRef) -> str | None:
        """Return the prefix that stands for a namespace."""
        return next((name for name, each in self._prefixes.items() if each == namespace), None)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Give all prefixes."""
        yield from self._prefixes.items()

    def add(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
        """Raise TypeError: an index is read here, not written."""
        raise TypeError("a graph over an index cannot be changed")

    def remove(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
        """Raise TypeError: an index is read here, not written."""
        raise TypeError("a graph over an index cannot be changed")
