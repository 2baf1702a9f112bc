"""The entailments that queries need, materialised once by `owlrl`.

Four rules, run to a fixed point: types by `rdfs:subClassOf`, statements by
`rdfs:subPropertyOf`, `owl:TransitiveProperty` (who passes on whose claim, at any remove) and
`owl:SymmetricProperty`. On 5,000 triples the whole of OWL 2 RL takes owlrl seven seconds and
adds twenty thousand triples that no query asks for, such as that everything is itself.

Domains and ranges are left out on purpose. They would give any node a type from the place
where it is used: a claim whose type was forgotten would become a claim by being reported, and
SHACL could no longer find the mistake.
"""

# owlrl carries no types; only `Core` is used, whose fixed-point loop calls `rules`.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from typing import TYPE_CHECKING

from owlrl.Closure import Core  # type: ignore[import-untyped]
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["infer"]

_HIERARCHIES = (RDFS.subClassOf, RDFS.subPropertyOf)
_CHARACTERISTICS = (OWL.SymmetricProperty, OWL.TransitiveProperty)


def infer(asserted: Graph, ontology: Graph) -> Graph:
    """Return what follows from the asserted triples by the ontology and is not among them.

    Only statements about IRIs come back: types that the ontology declares as classes, and
    links between two IRIs. Neither input changes, and equal inputs give equal results.
    """
    known = _axioms(ontology)
    for subject, predicate, value in asserted:
        if not isinstance(value, Literal):
            known.add((subject, predicate, value))
    closed = Graph()
    closed += known
    _Closure(closed).closure()
    classes = set(ontology.subjects(RDF.type, OWL.Class)) - {OWL.Thing, OWL.Nothing}
    inferred = Graph()
    for subject, predicate, value in closed:
        new = (subject, predicate, value) not in known and predicate not in _HIERARCHIES
        named = isinstance(subject, URIRef) and isinstance(value, URIRef)
        if new and named and (predicate != RDF.type or value in classes):
            inferred.add((subject, predicate, value))
    return inferred


def _axioms(ontology: Graph) -> Graph:
    """Return the axioms that the rules read, between names only."""
    axioms = Graph()
    for predicate in _HIERARCHIES:
        for subject, value in ontology.subject_objects(predicate):
            if isinstance(subject, URIRef) and isinstance(value, URIRef):
                axioms.add((subject, predicate, value))
    for characteristic in _CHARACTERISTICS:
        for subject in ontology.subjects(RDF.type, characteristic):
            axioms.add((subject, RDF.type, characteristic))
    return axioms


class _Closure(Core):  # type: ignore[misc]
    """The four rules; owlrl applies them to every triple until nothing new comes."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, axioms=False, daxioms=False)
        self._facts = graph

    def rules(self, t: tuple[Node, Node, Node], cycle_num: int) -> None:
        subject, predicate, value = t
        if predicate == RDF.type:
            for parent in self._facts.objects(value, RDFS.subClassOf):
                self.store_triple((subject, RDF.type, parent))
            return
        for parent in self._facts.objects(predicate, RDFS.subPropertyOf):
            self.store_triple((subject, parent, value))
        if (predicate, RDF.type, OWL.SymmetricProperty) in self._facts:
            self.store_triple((value, predicate, subject))
        if (predicate, RDF.type, OWL.TransitiveProperty) in self._facts:
            for further in self._facts.objects(value, predicate):
                self.store_triple((subject, predicate, further))
