"""Triples as integers, for checks that look at each of them.

A term is held once and named by a small number; a triple is an entry under its predicate and
subject. That takes a fraction of the memory and time of a graph of rdflib's, whose terms are made
only when somebody asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef

from warrantgraph.triples.terms import OxTerm, as_oxigraph, as_rdflib

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["TripleIndex"]

_MANY: Final = 12
"""More values than this are kept where one is found without looking at all the others."""

_TIDIED: Final = {str(XSD.token), str(XSD.normalizedString)}
"""Datatypes of whose literals rdflib tidies the white space, so that it knows no other form."""

_Values = int | list[int] | dict[int, None]
_Table = dict[int, _Values]


class TripleIndex:
    """A set of triples whose terms are numbers; a term keeps its number for good.

    Two terms are one where rdflib's are equal, so that it holds what `rdflib.Graph` would hold.

    >>> from rdflib import RDFS, Graph
    >>> graph = Graph().parse(data='<urn:a> <urn:p> 1, "01"^^<urn:d> .', format="turtle")
    >>> index = TripleIndex.from_graph(graph)
    >>> subject, predicate = (index.id_of(URIRef(iri)) for iri in ("urn:a", "urn:p"))
    >>> sorted(str(index.term(value)) for value in index.objects(subject, predicate))
    ['01', '1']
    >>> len(index), index.id_of(RDFS.label)
    (2, None)
    """

    def __init__(self) -> None:
        self._ids: dict[OxTerm | Node, int] = {}
        self._terms: list[OxTerm | Node] = []
        self._nodes: dict[int, Node] = {}
        self._forward: dict[int, _Table] = {}
        self._inverse: dict[int, _Table] = {}
        self._size = 0

    @classmethod
    def from_graph(cls, graph: Graph) -> TripleIndex:
        """Return an index of what an rdflib graph holds."""
        index = cls()
        index.add_graph(graph)
        return index

    # ---- adding

    def add(self, subject: int, predicate: int, value: int) -> bool:
        """Add a triple of known terms; False when it is there already."""
        if not _put(self._forward.setdefault(predicate, {}), subject, value):
            return False
        if predicate in self._inverse:
            _put(self._inverse[predicate], value, subject)
        self._size += 1
        return True

    def add_graph(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        """Add triples of rdflib's."""
        for subject, predicate, value in triples:
            self.add(self.intern(subject), self.intern(predicate), self.intern(value))

    def add_quads(self, quads: Iterable[ox.Quad], scope: str = "") -> None:
        """Add what a parser yields, whatever graph it stands in.

        Blank nodes are named `scope` and their number, counted from 0 as they first appear,
        so that another parse of the same file finds the same names.

        Raises InputError for what RDF 1.2 adds; the triples before it stay.
        """
        ids, forward = self._ids, self._forward
        blank: dict[ox.BlankNode, int] = {}
        number: int | None
        for subject, predicate, value, _ in quads:
            if type(subject) is ox.BlankNode:
                first = blank.get(subject)
                if first is None:
                    first = blank[subject] = self._number(ox.BlankNode(f"{scope}{len(blank)}"))
            elif (first := ids.get(subject)) is None:
                first = self._new(subject)
            if type(value) is ox.BlankNode:
                last = blank.get(value)
                if last is None:
                    last = blank[value] = self._number(ox.BlankNode(f"{scope}{len(blank)}"))
            elif (last := ids.get(value)) is None:
                last = self._new(value)
            if (number := ids.get(predicate)) is None:
                number = self._number(predicate)
            if (table := forward.get(number)) is None:
                table = forward[number] = {}
            if first not in table:  # the commonest, and `add` would look up thrice
                table[first] = last
            elif not _put(table, first, last):
                continue
            self._size += 1
            if number in self._inverse:
                _put(self._inverse[number], last, first)

    def drop_subjects(self, nodes: Iterable[Node]) -> None:
        """Take out every triple that has one of these nodes as its subject."""
        for node in nodes:
            number = self.id_of(node)
            for table in self._forward.values():
                values = None if number is None else table.pop(number, None)
                if values is not None:
                    self._size -= 1 if isinstance(values, int) else len(values)
        self._inverse.clear()

    def intern(self, term: Node) -> int:
        """Return the number of a term, a new one where it has none yet."""
        key = as_oxigraph(term) or term
        number = self._ids.get(key)
        if number is None:
            number = self._number(key)
            self._nodes[number] = term
        return number

    def _new(self, term: ox.NamedNode | ox.Literal | ox.Triple) -> int:
        """Number a term that a parser yields; raises InputError when only RDF 1.2 knows it."""
        if isinstance(term, ox.NamedNode):
            return self._number(term)
        if isinstance(term, ox.Triple) or term.direction is not None:
            return self.intern(as_rdflib(term))  # which says what is wrong with it
        if term.datatype.value in _TIDIED:
            number = self._ids[term] = self.intern(as_rdflib(term))
            return number
        return self._number(term)

    def _number(self, key: OxTerm | Node) -> int:
        number = self._ids[key] = len(self._terms)
        self._terms.append(key)
        return number

    # ---- terms

    @property
    def terms(self) -> int:
        """How many terms have a number: those below it."""
        return len(self._terms)

    def id_of(self, term: Node) -> int | None:
        """Return the number of a term; None where no triple has had it."""
        return self._ids.get(as_oxigraph(term) or term)

    def term(self, id: int) -> Node:  # noqa: A002
        """Return the term that has this number."""
        node = self._nodes.get(id)
        if node is None:
            term = self._terms[id]
            node = as_rdflib(term) if isinstance(term, OxTerm) else term
            if not isinstance(node, Literal):  # there are too many of them to keep
                self._nodes[id] = node
        return node

    def is_iri(self, id: int) -> bool:  # noqa: A002
        """Whether the term is an IRI."""
        return isinstance(self._terms[id], ox.NamedNode | URIRef)

    def is_blank(self, id: int) -> bool:  # noqa: A002
        """Whether the term is a blank node."""
        return isinstance(self._terms[id], ox.BlankNode | BNode)

    def is_literal(self, id: int) -> bool:  # noqa: A002
        """Whether the term is a literal."""
        return isinstance(self._terms[id], ox.Literal | Literal)

    def text(self, id: int) -> str:  # noqa: A002
        """Return the IRI, the name of the blank node, or the text of the literal as written."""
        term = self._terms[id]
        return term.value if isinstance(term, OxTerm) else str(term)

    def language(self, id: int) -> str:  # noqa: A002
        """Return the language of a literal, in lower case; empty where it has none."""
        term = self._terms[id]
        language = term.language if isinstance(term, ox.Literal | Literal) else None
        return (language or "").lower()

    def datatype(self, id: int) -> str:  # noqa: A002
        """Return the IRI of a literal's datatype, and nothing for other terms."""
        term = self._terms[id]
        if isinstance(term, ox.Literal):
            return term.datatype.value
        return str(term.datatype or "") if isinstance(term, Literal) else ""

    # ---- triples

    def objects(self, subject: int, predicate: int) -> Collection[int]:
        """Return the objects of a subject under a predicate, each once, in the order they came."""
        return _values(self._forward.get(predicate), subject)

    def subjects(self, predicate: int, value: int) -> Collection[int]:
        """Return the subjects that have this value, each once, in the order they came."""
        return _values(self._inverted(predicate), value)

    def subjects_of(self, predicate: int) -> Collection[int]:
        """Return all that have a value under the predicate."""
        return self._forward.get(predicate, {}).keys()

    def values_of(self, predicate: int) -> Collection[int]:
        """Return all that are a value under the predicate."""
        return self._inverted(predicate).keys()

    def predicates(self) -> Collection[int]:
        """Return all predicates, in the order they came."""
        return self._forward.keys()

    def predicates_of(self, subject: int) -> Iterator[int]:
        """Give the predicates under which a subject has a value."""
        return (predicate for predicate, table in self._forward.items() if subject in table)

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        """Give subject and object of each triple with the predicate."""
        for subject, values in self._forward.get(predicate, {}).items():
            if isinstance(values, int):
                yield subject, values
            else:
                for value in values:
                    yield subject, value

    def has(self, subject: int, predicate: int, value: int) -> bool:
        """Whether a triple is there."""
        return value in _values(self._forward.get(predicate), subject)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        for predicate in self._forward:
            for subject, value in self.pairs(predicate):
                yield subject, predicate, value

    def _inverted(self, predicate: int) -> _Table:
        """Return values and their subjects, made when it is first asked for."""
        table = self._inverse.get(predicate)
        if table is None:
            table = dict[int, _Values]()
            for subject, value in self.pairs(predicate):
                _put(table, value, subject)
            if predicate in self._forward:
                self._inverse[predicate] = table
        return table


def _put(table: _Table, key: int, value: int) -> bool:
    """Add a value under a key; False when it is there already."""
    values = table.get(key)
    if values is None:
        table[key] = value
    elif isinstance(values, int):
        if values == value:
            return False
        table[key] = [values, value]
    elif value in values:
        return False
    elif isinstance(values, list):
        values.append(value)
        if len(values) > _MANY:
            table[key] = dict.fromkeys(values)
    else:
        values[value] = None
    return True


def _values(table: _Table | None, key: int) -> Collection[int]:
    values = None if table is None else table.get(key)
    if values is None:
        return ()
    if isinstance(values, int):
        return (values,)
    return values.keys() if isinstance(values, dict) else values
