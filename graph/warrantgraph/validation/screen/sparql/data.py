"""What a screened query reads: triples as numbers, and the terms behind the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from rdflib import BNode, URIRef, Variable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from rdflib.term import Node

    from warrantgraph.validation.screen.sparql.values import Outcome

__all__ = ["POSSIBLE", "Bindings", "Data", "Names", "Triples", "UndecidedError", "strip"]

Bindings = dict[int, int]
"""Variables, by number, and the terms they stand for, by number: one solution."""

POSSIBLE: Final = -1
"""A key of bindings that marks a solution which rdflib may not find."""

_REMEMBERED: Final = 50_000
"""Answers kept in memory at most."""


class UndecidedError(Exception):
    """Raised where the screen cannot tell what rdflib would do; the query is then asked."""


class Triples(Protocol):
    """The part of `TripleIndex` that queries need."""

    def id_of(self, term: Node) -> int | None:
        """Return the number of a term; None where no triple has it."""
        ...

    def term(self, id: int) -> Node:  # noqa: A002
        """Return the term that has this number."""
        ...

    def objects(self, subject: int, predicate: int) -> Collection[int]:
        """Return the objects of a subject under a predicate."""
        ...

    def subjects(self, predicate: int, value: int) -> Collection[int]:
        """Return the subjects that have this value."""
        ...

    def predicates(self) -> Collection[int]:
        """Return all predicates."""
        ...

    def predicates_of(self, subject: int) -> Iterator[int]:
        """Give the predicates under which a subject has a value."""
        ...

    def pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        """Give subject and object of each triple with the predicate."""
        ...

    def has(self, subject: int, predicate: int, value: int) -> bool:
        """Whether a triple is there."""
        ...


class Names:
    """Numbers for the variables and the constants of one query.

    A place in a pattern is one number: from 0 on a variable, below 0 a constant.

    >>> names = Names()
    >>> names.place(Variable("this")), names.place(URIRef("urn:a")), names.place(Variable("value"))
    (0, -1, 1)
    """

    def __init__(self) -> None:
        self._variables: dict[Node, int] = {}
        self._constants: dict[Node, int] = {}

    @property
    def constants(self) -> list[Node]:
        """The constants, in the order of their numbers."""
        return list(self._constants)

    def variable(self, node: Node) -> int:
        """Return the number of a variable; in a pattern, a blank node is one."""
        return self._variables.setdefault(node, len(self._variables))

    def place(self, node: Node) -> int:
        """Return the number of what stands in a pattern."""
        if isinstance(node, Variable | BNode):
            return self.variable(node)
        return ~self._constants.setdefault(node, len(self._constants))


class Data:
    """An index as one query sees it: its constants are looked up once.

    Terms that the index lacks get numbers below 0, which hold for one focus node.
    """

    __slots__ = ("_missing", "_odd", "_own", "_terms", "constants", "index", "memory")

    def __init__(self, index: Triples, constants: list[Node]) -> None:
        self.index = index
        self.constants: list[int] = []
        self.memory: dict[tuple[int, int], bool | Outcome] = {}
        self._odd = index.id_of(URIRef("")) is not None
        self._missing: dict[int, Node] = {}
        self._own: dict[Node, int] = {}
        self._terms: dict[int, Node] = {}
        for position, term in enumerate(constants):
            if index.id_of(term) is None:
                self._missing[position] = term
            self.constants.append(self.intern(term))

    def begin(self) -> None:
        """Forget the terms of the focus node before; the index may have grown meanwhile.

        Raises UndecidedError where an IRI is empty, which rdflib takes for none.
        """
        if self._odd:
            raise UndecidedError
        if self._own:
            self._own.clear()
            self._terms.clear()
            for position, term in list(self._missing.items()):
                number = self.constants[position] = self.intern(term)
                if number >= 0:
                    del self._missing[position]

    def intern(self, term: Node) -> int:
        """Return the number of any term."""
        number = self.index.id_of(term)
        if number is None:
            number = self._own.get(term)
        if number is None:
            number = self._own[term] = -2 - len(self._own)
            self._terms[number] = term
        return number

    def term(self, number: int) -> Node:
        """Return the term that has this number."""
        return self.index.term(number) if number >= 0 else self._terms[number]

    def at(self, place: int, bindings: Mapping[int, int]) -> int | None:
        """Return the number of the term at a place of a pattern; None where it is free."""
        return bindings.get(place) if place >= 0 else self.constants[~place]

    def is_false(self, number: int) -> bool:
        """Whether Python takes the term for false, as rdflib's paths then take it for none."""
        return not self.term(number)

    def remember(self, key: tuple[int, int], answer: bool | Outcome) -> None:
        """Keep an answer that depends on one term alone."""
        if len(self.memory) >= _REMEMBERED:
            self.memory.clear()
        self.memory[key] = answer


def strip(bindings: Bindings) -> Bindings:
    """Return the bindings without the mark of a solution that is only possible."""
    if POSSIBLE not in bindings:
        return bindings
    return {key: value for key, value in bindings.items() if key != POSSIBLE}
