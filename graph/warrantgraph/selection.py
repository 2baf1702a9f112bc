"""Takes some claims out of a source, with what they speak of and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph

from warrantgraph.namespaces import ID, SCHEMA, WG

if TYPE_CHECKING:
    from collections.abc import Set

    from rdflib import URIRef
    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["CONTENT", "DESCRIPTIVE", "SAYING", "select"]

DESCRIPTIVE = frozenset(
    {RDF.type, RDFS.label, SKOS.altLabel, SKOS.editorialNote, SCHEMA.sameAs, DCTERMS.identifier}
)
"""Properties that name a thing; they state nothing that a source would have to say."""

CONTENT = (WG.hasContent, WG.allegesConduct, WG.answersMatter)
"""Properties of a claim whose values are there because claims speak of them."""

SAYING = (*CONTENT, WG.characterizes, WG.rejects, WG.respondsTo, WG.respondsToQuestion)
"""Properties without any of which a claim says nothing."""


def select(source: Source, claims: Set[URIRef]) -> Graph:
    """The triples of these claims, and those about their contents that their words support."""
    return _Selection(source.claims.graph, ID[f"claim/{source.slug}/"], claims).run()


class _Selection:
    """One walk from the chosen claims to everything that they lead to."""

    def __init__(self, graph: Graph, prefix: str, chosen: Set[URIRef]) -> None:
        self.graph = graph
        self.chosen = chosen
        self.owners: dict[Node, set[Node]] = {}
        for term in CONTENT:
            for claim, content in graph.subject_objects(term):
                self.owners.setdefault(content, set()).add(claim)
        self.others = {
            node for node in graph.subjects() if str(node).startswith(prefix) and node not in chosen
        }

    def run(self) -> Graph:
        found = Graph()
        waiting: list[Node] = list(self.chosen)
        seen = set(waiting)
        while waiting:
            node = waiting.pop()
            for triple in self.graph.triples((node, None, None)):
                _, predicate, value = triple
                if not self._is_kept(node, predicate, value):
                    continue
                found.add(triple)
                if value not in seen:
                    seen.add(value)
                    waiting.append(value)
        self._drop_unstated(found)
        return found

    def _is_kept(self, subject: Node, predicate: Node, value: Node) -> bool:
        if value in self.others:
            return False
        if value in self.owners and not self.owners[value] & self.chosen:
            return False
        if subject not in self.owners or subject in self.chosen or predicate in DESCRIPTIVE:
            return True
        return any(self._supports(claim, predicate) for claim in self.owners[subject] & self.chosen)

    def _supports(self, claim: Node, predicate: Node) -> bool:
        stated = set(self.graph.objects(claim, WG.statesProperty))
        return not stated or predicate in stated

    def _drop_unstated(self, found: Graph) -> None:
        """A claim names only properties that its contents still have."""
        for claim, predicate in list(found.subject_objects(WG.statesProperty)):
            contents = {value for term in CONTENT for value in found.objects(claim, term)}
            if not any((content, predicate, None) in found for content in contents):
                found.remove((claim, WG.statesProperty, predicate))
