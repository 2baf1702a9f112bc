"""Reads the claims of a source folder for comparison: words, speakers, contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from warrantgraph.claims import CURATORS, expand
from warrantgraph.evaluation.coverage.kinds import kind_of_class, name_group
from warrantgraph.evaluation.names import normalize
from warrantgraph.namespaces import CURATION, WG
from warrantgraph.sentences import Span
from warrantgraph.statuses import read_statuses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rdflib.term import Node

    from warrantgraph.source import Source
    from warrantgraph.statuses import Status

__all__ = ["Claim", "Content", "Reading", "read_claims"]

_UNNAMED = " (unnamed)"
"""What drafts add to the label of somebody whom the text only describes."""


@dataclass(frozen=True)
class Content:
    """One thing that a claim speaks of; `kind` is the class itself where no kind holds it."""

    node: URIRef
    class_name: str
    kind: str


@dataclass(frozen=True)
class Claim:
    """One claim; `number` is the end of its IRI, `stated` the properties that it names as said."""

    node: URIRef
    number: str
    class_name: str
    spans: tuple[Span, ...]
    words: str
    gloss: str
    speaker: Node | None
    contents: tuple[Content, ...]
    stated: frozenset[Node]

    @property
    def topics(self) -> frozenset[str]:
        """What can make it the counterpart of another: kinds of contents, a telling class."""
        own = () if self.class_name == "Claim" else (self.class_name,)
        return frozenset((*own, *(content.kind for content in self.contents)))

    @property
    def group(self) -> str:
        """Where it is counted."""
        return self._group()[0]

    @property
    def is_looked_for(self) -> bool:
        """Whether extractors have a type of fact for it."""
        return self._group()[1]

    def _group(self) -> tuple[str, bool]:
        return name_group(self.class_name, (content.class_name for content in self.contents))


@dataclass(frozen=True)
class Reading:
    """The claims of a source in the order of its text; `graph` tells all that is known of it.

    `by_curators` counts the claims that curators make themselves, which are not among the claims.
    """

    source: Source
    graph: Graph
    claims: tuple[Claim, ...]
    by_curators: int

    def names(self, node: Node) -> frozenset[str]:
        """The names of somebody or something, normalized."""
        found = (*self.graph.objects(node, RDFS.label), *self.graph.objects(node, SKOS.altLabel))
        return frozenset(normalize(str(each).removesuffix(_UNNAMED)) for each in found) - {""}

    def values(self, node: Node, path: str) -> set[Node]:
        """What a property of a node has for values; `/` in it leads on to theirs."""
        nodes = {node}
        for name in path.split("/"):
            nodes = {value for each in nodes for value in self.graph.objects(each, WG[name])}
        return nodes


def read_claims(source: Source, authority: Graph, wanted: Collection[Status]) -> Reading:
    """The claims of a source that have one of some statuses.

    Raises:
        InputError: a claim, a quote or a date is wrong; says file and line.
    """
    labels = {node: str(label) for node, label in authority.subject_objects(RDFS.label)}
    graph = expand(source, labels) + authority
    statuses = read_statuses(source)
    quotes = source.claims.graph.subjects(CURATION.quote, unique=True)
    quoted = set(quotes) & {node for node, status in statuses.items() if status in wanted}
    own = {node for node in quoted if graph.value(node, WG.assertedBy) == CURATORS}
    claims = (_read(source, graph, node) for node in quoted - own if isinstance(node, URIRef))
    return Reading(source, graph, tuple(sorted(claims, key=_place)), len(own))


def _place(claim: Claim) -> tuple[int, int, str]:
    first = claim.spans[0]
    return first.start, first.end, claim.number


def _read(source: Source, graph: Graph, node: URIRef) -> Claim:
    spans = tuple(sorted(_spans(graph, node)))
    contents = (_content(graph, each) for each in graph.objects(node, WG.hasContent, unique=True))
    return Claim(
        node=node,
        number=node.rsplit("/", 1)[-1],
        class_name=_class(graph, node) or "Claim",
        spans=spans,
        words=" … ".join(source.text[start:end] for start, end in spans),
        gloss=str(graph.value(node, WG.curatorGloss) or ""),
        speaker=graph.value(node, WG.assertedBy),
        contents=tuple(sorted((each for each in contents if each), key=lambda each: each.node)),
        stated=frozenset(graph.objects(node, WG.statesProperty)),
    )


def _spans(graph: Graph, claim: URIRef) -> Iterable[Span]:
    for passage in graph.objects(claim, WG.expressedIn):
        start, end = (graph.value(passage, term) for term in (WG.startOffset, WG.endOffset))
        if isinstance(start, Literal) and isinstance(end, Literal):
            yield Span(int(start), int(end))


def _content(graph: Graph, node: Node) -> Content | None:
    name = _class(graph, node)
    if name is None or not isinstance(node, URIRef):
        return None
    kind = kind_of_class(name)
    return Content(node, name, kind.name if kind else name)


def _class(graph: Graph, node: Node) -> str | None:
    """The class of a node; of several the one that has a kind, or the first by name."""
    found = sorted(str(each) for each in graph.objects(node, RDF.type))
    names = [each.removeprefix(WG) for each in found if each.startswith(WG)]
    return next((name for name in names if kind_of_class(name)), next(iter(names), None))
