"""The entailments that queries and shapes need, materialised once.

Four rules, run to a fixed point: types by `rdfs:subClassOf`, statements by
`rdfs:subPropertyOf`, `owl:TransitiveProperty` (who passes on whose claim, at any remove) and
`owl:SymmetricProperty`. The whole of OWL 2 RL would add twenty thousand triples to five thousand
that no query asks for, such as that everything is itself.

Domains and ranges are left out on purpose. They would give any node a type from the place
where it is used: a claim whose type was forgotten would become a claim by being reported, and
SHACL could no longer find the mistake.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from warrantgraph.triples.index import TripleIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["add_inferred", "infer"]

_HIERARCHIES = (RDFS.subClassOf, RDFS.subPropertyOf)
_CHARACTERISTICS = (OWL.SymmetricProperty, OWL.TransitiveProperty)

_Triple = tuple[int, int, int]


def infer(asserted: Graph, ontology: Graph) -> Graph:
    """Return what follows from the asserted triples by the ontology and is not among them.

    Only statements about IRIs come back: types that the ontology declares as classes, and
    links between two IRIs. Neither input changes, and equal inputs give equal results.
    """
    index = TripleIndex.from_graph(asserted)
    inferred = Graph()
    for triple in _inferred(index, ontology):
        subject, predicate, value = map(index.term, triple)
        inferred.add((subject, predicate, value))
    return inferred


def add_inferred(index: TripleIndex, ontology: Graph) -> int:
    """Add to an index what `infer` returns for its triples; return how many there are."""
    found = list(_inferred(index, ontology))
    for triple in found:
        index.add(*triple)
    return len(found)


def _inferred(index: TripleIndex, ontology: Graph) -> Iterator[_Triple]:
    classes = set(ontology.subjects(RDF.type, OWL.Class)) - {OWL.Thing, OWL.Nothing}
    closure = _Closure(index, ontology)
    declared = {index.id_of(node) for node in classes}
    for triple in closure.run():
        subject, predicate, value = triple
        named = index.is_iri(subject) and index.is_iri(value)
        asked = predicate not in closure.hierarchies
        if named and asked and (predicate != closure.type or value in declared):
            yield triple


class _Closure:
    """The four rules, each applied to what is new alone.

    What follows by transitivity is kept apart from the steps that it follows from: a path need be
    prolonged by single steps only, so that the work grows with the number of paths.
    """

    def __init__(self, given: TripleIndex, ontology: Graph) -> None:
        self._given = given
        self._steps = TripleIndex()
        self._paths = TripleIndex()
        self._new: list[_Triple] = []
        self._waiting: list[_Triple] = []
        self.type = given.intern(RDF.type)
        self._subclass, self._subproperty = map(given.intern, _HIERARCHIES)
        self._symmetric, self._transitive = map(given.intern, _CHARACTERISTICS)
        self.hierarchies = (self._subclass, self._subproperty)
        self._begin(ontology)

    def _begin(self, ontology: Graph) -> None:
        """Let the axioms wait; the facts are found from them."""
        given = self._given
        for hierarchy, predicate in zip(_HIERARCHIES, self.hierarchies, strict=True):
            for subject, value in ontology.subject_objects(hierarchy):
                if isinstance(subject, URIRef) and isinstance(value, URIRef):
                    self._steps.add(given.intern(subject), predicate, given.intern(value))
            for pair in given.pairs(predicate):
                self._steps.add(pair[0], predicate, pair[1])
        for characteristic, number in zip(
            _CHARACTERISTICS, (self._symmetric, self._transitive), strict=True
        ):
            for subject in ontology.subjects(RDF.type, characteristic):
                self._steps.add(given.intern(subject), self.type, number)
            for known in given.subjects(self.type, number):
                self._steps.add(known, self.type, number)
        self._waiting = [triple for triple in self._steps if not given.is_literal(triple[2])]

    def run(self) -> list[_Triple]:
        """Return what follows and is neither given nor an axiom."""
        while self._waiting:
            triple = self._waiting.pop()
            if triple[1] == self.type:
                self._by_type(*triple)
            else:
                self._by_link(*triple)
        return self._new

    def _by_type(self, subject: int, _: int, kind: int) -> None:
        for parent in list(self._objects(kind, self._subclass)):
            self._add(subject, self.type, parent)
        if subject == self.type:
            return
        if kind == self._symmetric:
            for one, other in list(self._pairs(subject)):
                self._add(other, subject, one)
        elif kind == self._transitive:
            for one, other in list(self._pairs(subject)):
                self._prolong(one, subject, other)

    def _by_link(self, subject: int, predicate: int, value: int) -> None:
        is_path = self._paths.has(subject, predicate, value)
        for parent in list(self._objects(predicate, self._subproperty)):
            # The steps of the path are steps of the parent too, which makes its own paths of them.
            if not (is_path and self._is(parent, self._transitive)):
                self._add(subject, parent, value)
        if not is_path and self._is(predicate, self._symmetric):
            self._add(value, predicate, subject)
        if self._is(predicate, self._transitive):
            self._prolong(subject, predicate, value)
            if not is_path:
                for before in list(self._subjects(predicate, subject)):
                    self._add(before, predicate, value, is_path=True)
        if predicate == self._subclass:
            for each in list(self._subjects(self.type, subject)):
                self._add(each, self.type, value)
        elif predicate == self._subproperty and subject != self.type:
            for one, other in list(self._pairs(subject)):
                self._add(one, value, other)

    def _prolong(self, subject: int, predicate: int, value: int) -> None:
        """Follow each single step that begins where the path ends."""
        for index in (self._given, self._steps):
            for further in list(index.objects(value, predicate)):
                self._add(subject, predicate, further, is_path=True)

    def _add(self, subject: int, predicate: int, value: int, *, is_path: bool = False) -> None:
        if self._given.is_literal(value) or any(
            index.has(subject, predicate, value)
            for index in (self._given, self._steps, self._paths)
        ):
            return
        (self._paths if is_path else self._steps).add(subject, predicate, value)
        self._new.append((subject, predicate, value))
        self._waiting.append((subject, predicate, value))

    # ---- what is known, given or not; literals are nobody's subject and follow from nothing

    def _is(self, predicate: int, characteristic: int) -> bool:
        return self._steps.has(predicate, self.type, characteristic)

    def _objects(self, subject: int, predicate: int) -> Iterable[int]:
        return chain.from_iterable(
            index.objects(subject, predicate) for index in (self._given, self._steps, self._paths)
        )

    def _subjects(self, predicate: int, value: int) -> Iterable[int]:
        return chain.from_iterable(
            index.subjects(predicate, value) for index in (self._given, self._steps, self._paths)
        )

    def _pairs(self, predicate: int) -> Iterator[tuple[int, int]]:
        literal = self._given.is_literal
        for index in (self._given, self._steps, self._paths):
            for pair in index.pairs(predicate):
                if not literal(pair[1]):
                    yield pair
