"""What findings speak of, and where in the files it was met first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, Literal, URIRef

from warrantgraph.paths import Alternative, Inverse, Predicate, Repeated, Sequence
from warrantgraph.triples import as_oxigraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from warrantgraph.paths import PropertyPath
    from warrantgraph.reports import Finding
    from warrantgraph.validation.places.skimming import OxTerm, Skimmed

__all__ = ["Sighting", "Spot", "Wanted", "as_term"]

_TYPE: Final = ox.NamedNode(str(RDF.type))
_Key = tuple[object, ...]
"""What is looked for: its kind, then the terms, as `_shown` gives them."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A quad that was met in a file."""

    file: int
    skimmed: Skimmed


class Spot(NamedTuple):
    """A term of a sighting: its subject (0) or its object (2)."""

    sighting: Sighting
    part: int


class Wanted:
    """Collects what findings speak of; then takes what each file shows of it, in order.

    The first sighting of a thing stands. Nothing is kept of what nobody asked for.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.nodes: set[OxTerm] = set()
        """The terms whose quads are to be looked at."""
        self.blank: dict[int, dict[int, ox.BlankNode]] = defaultdict(dict)
        """Of each file, what findings call which of its blank nodes."""
        self._keys: set[_Key] = set()
        self._met: dict[_Key, list[Sighting]] = {}
        for finding in findings:
            self._want(finding)

    def _want(self, finding: Finding) -> None:
        focus = as_term(finding.focus_node)
        if focus is None:
            return
        self.nodes.add(focus)
        self._count(focus)
        self._keys.update((("typed", focus), ("subject", focus), ("object", focus)))
        value = as_term(finding.value)
        if value is not None:
            self._count(value)
        for key, _ in _offending(finding):
            self._keys.add(key)
            if value is not None and key[0] != "triple":
                self.nodes.add(value)

    def _count(self, name: OxTerm) -> None:
        """Note `f3.b7`: the eighth blank node of the fourth file."""
        if not isinstance(name, ox.BlankNode):
            return
        file, point, number = name.value.partition(".b")
        if point and file[:1] == "f" and file[1:].isdecimal() and number.isdecimal():
            self.blank[int(file[1:])][int(number)] = name

    def take(self, file: int, skimmed: Iterable[Skimmed]) -> None:
        """Note what a file shows; nothing of it when reading it raises, as its iterator may."""
        met: dict[_Key, list[Sighting]] = {}
        for each in skimmed:
            for key in _shown(each):
                if key in self._keys:
                    _note(met.setdefault(key, []), Sighting(file, each))
        for key, sightings in met.items():
            for sighting in sightings:
                _note(self._met.setdefault(key, []), sighting)

    def sightings(self) -> Iterator[Sighting]:
        """All that was met."""
        for sightings in self._met.values():
            yield from sightings

    def focus(self, finding: Finding) -> Spot | None:
        """Where the focus node is: where it is typed, else a subject, else where it is named."""
        focus = as_term(finding.focus_node)
        for kind, part in (("typed", 0), ("subject", 0), ("object", 2)):
            found = self._met.get((kind, focus))
            if found:
                return Spot(found[0], part)
        return None

    def offending(self, finding: Finding) -> Spot | None:
        """Where the offending triple is, or None where there is none or none is certain.

        Of too many values, it is the second. A value at the end of several steps is certain
        where a single triple leads to it.
        """
        for key, part in _offending(finding):
            found = self._met.get(key, [])
            if found and (key[0] == "triple" or finding.value is None or len(found) == 1):
                return Spot(found[-1], part)
        return None


def _note(sightings: list[Sighting], sighting: Sighting) -> None:
    """Keep the first sighting, and the first that shows another triple than that."""
    if not sightings or (
        len(sightings) == 1 and _triple(sightings[0].skimmed) != _triple(sighting.skimmed)
    ):
        sightings.append(sighting)


def _triple(skimmed: Skimmed) -> tuple[OxTerm, OxTerm, OxTerm]:
    return skimmed.subject, skimmed.quad.predicate, skimmed.value


def _shown(skimmed: Skimmed) -> Iterator[_Key]:
    """Yield what a quad is an answer to."""
    subject, predicate, value = _triple(skimmed)
    if predicate == _TYPE:
        yield "typed", subject
    yield "subject", subject
    yield "object", value
    yield "triple", subject, predicate, value
    yield "to", predicate, value
    yield "from", predicate, subject


def _offending(finding: Finding) -> Iterator[tuple[_Key, int]]:
    """Yield what to look for of the offending triple, the best first, and which part it is of."""
    focus, value, path = as_term(finding.focus_node), as_term(finding.value), finding.path
    if focus is None or path is None:
        return
    single = isinstance(path, Predicate) or (
        isinstance(path, Inverse) and isinstance(path.path, Predicate)
    )
    for iri, inverse in _last_steps(path):
        predicate = as_term(iri)
        if predicate is None:
            continue
        part = 0 if inverse else 2
        if value is not None:
            if not isinstance(path, Sequence):
                ends = (value, focus) if inverse else (focus, value)
                yield ("triple", ends[0], predicate, ends[1]), part
            if not single:
                yield ("from" if inverse else "to", predicate, value), part
        elif single and finding.constraint == SH.MaxCountConstraintComponent:
            yield ("to" if inverse else "from", predicate, focus), part


def _last_steps(path: PropertyPath) -> Iterator[tuple[URIRef, bool]]:
    """Yield the steps of a path that may be the one that leads to its value."""
    if isinstance(path, Alternative):
        for each in path.paths:
            yield from _last_steps(each)
    elif isinstance(path, Sequence) and not isinstance(path.paths[-1], Repeated):
        yield from _last_steps(path.paths[-1])
    else:
        yield from path.predicates()


def as_term(node: Node | None) -> OxTerm | None:
    """Return rdflib's term as pyoxigraph's parsers give it, or None where they never do.

    >>> as_term(Literal("Haag", lang="nl")), as_term(URIRef("two words"))
    (<Literal value=Haag language=nl>, None)
    """
    if node is None:
        return None
    if isinstance(node, Literal) and node.datatype == XSD.string:
        node = Literal(str(node))
    return as_oxigraph(node)
