"""Finds the entities of the authority by their labels."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, URIRef

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.folding import fold, name_parts
from warrantgraph.namespaces import WG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.authority import Authority

__all__ = ["Labels"]

_KINDS = {
    WG.Person: EntityKind.PERSON,
    WG.State: EntityKind.STATE,
    WG.Place: EntityKind.PLACE,
    WG.Court: EntityKind.COURT,
    WG.InternationalCourt: EntityKind.COURT,
    WG.NationalCourt: EntityKind.COURT,
}
_NO_KIND = frozenset(["office", "group"])
_MARKS = re.compile(r"[^\w\s]+")
_FEWEST = 2


class Labels:
    """The labels of an authority by kind: which entity a name is."""

    def __init__(self, authority: Authority) -> None:
        self._by: dict[tuple[EntityKind, str], set[URIRef]] = defaultdict(set)
        for file in authority.files:
            graph = file.graph
            for subject in set(graph.subjects(RDF.type)):
                kind = self._kind(subject, graph.objects(subject, RDF.type))
                if kind is None or not isinstance(subject, URIRef):
                    continue
                for label in (RDFS.label, SKOS.altLabel):
                    for value in graph.objects(subject, label):
                        self._by[kind, _plain(str(value))].add(subject)

    @staticmethod
    def _kind(subject: object, types: Iterable[object]) -> EntityKind | None:
        if any(f"/{sort}/" in str(subject) for sort in _NO_KIND):
            return None
        for found in types:
            if found in _KINDS:
                return _KINDS[URIRef(str(found))]
        return EntityKind.ORGANIZATION if "/organization/" in str(subject) else None

    def find(self, kind: EntityKind, forms: Iterable[str]) -> URIRef | None:
        """The one entity of a kind that has one of the names; None if none or several.

        Of a person a name with several parts is needed: many have the same surname.
        """
        found: set[URIRef] = set()
        for form in forms:
            if kind is not EntityKind.PERSON or len(name_parts(form)) >= _FEWEST:
                found |= self._by.get((kind, _plain(form)), set())
        return found.pop() if len(found) == 1 else None


def _plain(name: str) -> str:
    words = _MARKS.sub("", fold(name).replace("-", " ")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
