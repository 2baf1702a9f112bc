"""Turns curated claims into full ones: passages, defaults, reports and dates.

The curator writes what cannot be computed: the quote, whose claim it is, what it says. From that
follow the passage with its offsets, the usual modality and polarity, the claim of the publisher
that reports somebody else's claim, and the bounds of each date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Graph, Literal, URIRef

from warrantgraph.dates import resolve
from warrantgraph.errors import CurationError, InputError
from warrantgraph.namespaces import BASE, CURATION, ID, WG, compact
from warrantgraph.passages import Passage, locate
from warrantgraph.sentences import Span, sentence_numbers
from warrantgraph.terms import CURATION_TERMS

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["CURATORS", "expand", "find_quote", "find_words"]

CURATORS = ID["group/curators"]
"""The agent of claims that no source states but the curators read into it."""

_MODALITY = f"{BASE}scheme/modality/"
_POLARITY = f"{BASE}scheme/polarity/"
_STYLE = f"{BASE}scheme/attribution-style/"


_REVIEW = {
    CURATION.reviewedAt: WG.reviewedAt,
    CURATION.reviewedBy: WG.reviewedBy,
    CURATION.rule: WG.draftedBy,
    CURATION.status: WG.reviewStatus,
}


@dataclass
class _Chain:
    """Claims of one sentence that came to the publisher over the same agents."""

    speaker: URIRef
    reporters: tuple[URIRef, ...]
    span: Span
    claims: list[URIRef] = field(default_factory=list["URIRef"])


def expand(source: Source, labels: dict[Node, str]) -> Graph:
    """The full graph of a source; nothing of the curated format is left in it.

    `labels` names the agents of the authority, for the glosses of reports.

    Raises:
        QuoteNotFoundError, AmbiguousQuoteError, DateError, CurationError: say file and line.
    """
    graph = Graph()
    for triple in source.claims.graph:
        if triple[1] not in CURATION_TERMS:
            graph.add(triple)
    labels = labels | {s: str(o) for s, o in graph.subject_objects(RDFS.label)}
    chains: dict[tuple[int, Node, tuple[URIRef, ...]], _Chain] = {}
    for claim in _claims(source):
        span = _express(source, graph, claim)
        speaker = _complete(source, graph, claim)
        _review(source, graph, claim)
        if speaker not in (source.publisher, CURATORS):
            first = sentence_numbers(source.sentences, span)[0]
            reporters = _reporters(source, claim)
            key = (first, speaker, reporters)
            chain = chains.setdefault(key, _Chain(speaker, reporters, span))
            chain.claims.append(claim)
            chain.span = Span(min(chain.span.start, span.start), max(chain.span.end, span.end))
    for chain in chains.values():
        _report(source, graph, chain, labels)
    _date(source, graph)
    return graph


def _claims(source: Source) -> list[URIRef]:
    """The curated claims, in the order of the file."""
    places: dict[URIRef, int] = {}
    for subject in source.claims.graph.subjects(CURATION.quote, unique=True):
        if not isinstance(subject, URIRef) or not subject.startswith(ID[f"claim/{source.slug}/"]):
            raise _error(source, subject, f"a claim's IRI begins with id/claim/{source.slug}/")
        places[subject] = source.claims.place(subject)["line"] or 0
    for subject in source.claims.graph.subjects(WG.curatorGloss, unique=True):
        if subject not in places:
            raise _error(source, subject, "a claim needs words of the article", "add cur:quote")
    return sorted(places, key=places.__getitem__)


def _express(source: Source, graph: Graph, claim: URIRef) -> Span:
    """Add the passages of a claim; returns the stretch from the first to the last of them."""
    spans: list[Span] = []
    for quote in sorted(source.claims.graph.objects(claim, CURATION.quote), key=str):
        span = find_quote(source, claim, quote)
        spans.append(span)
        graph.add((claim, WG.expressedIn, _passage(source, graph, span)))
    return Span(min(spans).start, max(span.end for span in spans))


def find_quote(source: Source, claim: Node, quote: Node) -> Span:
    """The one place of a quote of a claim in the words of its source.

    Raises:
        QuoteNotFoundError, AmbiguousQuoteError, CurationError: say file and line.
    """
    within = _sentence(source, claim)
    try:
        return locate(source.text, str(quote), source.sentences, within)
    except InputError as error:
        raise error.at(source.claims.place(claim, CURATION.quote, quote)) from error


def _sentence(source: Source, claim: Node) -> int | None:
    """The number of the sentence to which the curator limits the search for quotes."""
    found = source.claims.graph.value(claim, CURATION.inSentence)
    if found is None:
        return None
    if not isinstance(found, Literal) or not isinstance(number := found.toPython(), int):
        place = source.claims.place(claim, CURATION.inSentence, found)
        raise CurationError("a sentence is given by its number", **place, value=str(found))
    return number


def _passage(source: Source, graph: Graph, span: Span) -> URIRef:
    numbers = sentence_numbers(source.sentences, span)
    return Passage(source.slug, span, numbers).describe(source.text, graph)


def _complete(source: Source, graph: Graph, claim: URIRef) -> URIRef:
    """Add what a claim leaves unsaid; returns its speaker."""
    speakers = _agents(source, graph, claim, WG.assertedBy)
    if len(speakers) > 1:
        raise _error(source, claim, "a claim has one speaker; write one claim for each")
    speaker = speakers[0] if speakers else source.publisher
    own = speaker == source.publisher
    if own:
        graph.add((claim, WG.assertedBy, speaker))
        graph.add((claim, WG.assertedIn, source.document))
    accusation = (claim, RDF.type, WG.Accusation) in graph
    _default(graph, claim, WG.modality, _MODALITY + ("alleged" if accusation else "as-fact"))
    _default(graph, claim, WG.polarity, _POLARITY + "affirmed")
    _default(graph, claim, WG.attributionStyle, _STYLE + ("own-voice" if own else "indirect"))
    for conduct in list(graph.objects(claim, WG.allegesConduct)):
        graph.add((claim, WG.hasContent, conduct))
    return speaker


def _review(source: Source, graph: Graph, claim: URIRef) -> None:
    """Add what drafted a claim, and who accepted it when."""
    for word, term in _REVIEW.items():
        for value in source.claims.graph.objects(claim, word):
            graph.add((claim, term, value))


def _default(graph: Graph, claim: URIRef, term: URIRef, value: str) -> None:
    if graph.value(claim, term) is None:
        graph.add((claim, term, URIRef(value)))


def _reporters(source: Source, claim: URIRef) -> tuple[URIRef, ...]:
    found = _agents(source, source.claims.graph, claim, CURATION.reportedBy)
    if len(found) > 1:
        raise _error(source, claim, "cur:reportedBy names one agent between speaker and article")
    return tuple(found)


def _agents(source: Source, graph: Graph, claim: URIRef, term: URIRef) -> list[URIRef]:
    """The agents that a property of a claim names."""
    agents: list[URIRef] = []
    for agent in graph.objects(claim, term):
        if not isinstance(agent, URIRef):
            place = source.claims.place(claim, term, agent)
            raise CurationError("an agent is named by its IRI", **place, value=str(agent))
        agents.append(agent)
    return agents


def _report(source: Source, graph: Graph, chain: _Chain, labels: dict[Node, str]) -> None:
    """Add the reports that hand claims on from their speaker to the article."""
    numbers = sentence_numbers(source.sentences, chain.span)
    sentences = [source.sentences[number - 1] for number in numbers]
    passage = _passage(source, graph, Span(sentences[0].start, sentences[-1].end))
    name = f"s{numbers[0]}-{_slug(chain.speaker)}"
    gloss = f"a claim of {labels.get(chain.speaker, compact(chain.speaker))}"
    reported = chain.claims
    for agent in (*chain.reporters, source.publisher):
        own = agent == source.publisher
        name += f"-reported-by-{'publisher' if own else _slug(agent)}"
        report = ID[f"claim/{source.slug}/{name}"]
        who = "The article" if own else labels.get(agent, compact(agent))
        graph.add((report, RDF.type, WG.Report))
        graph.add((report, WG.assertedBy, agent))
        graph.add((report, WG.expressedIn, passage))
        graph.add((report, WG.curatorGloss, Literal(f"{who} reports {gloss}.")))
        for claim in reported:
            graph.add((report, WG.reportsClaim, claim))
        _complete(source, graph, report)
        gloss = f"that {who} reports {gloss}"
        reported = [report]


def _slug(agent: URIRef) -> str:
    return agent.rsplit("/", 1)[-1]


def _date(source: Source, graph: Graph) -> None:
    """Add the bounds of every time that gives its EDTF."""
    for time, edtf in list(graph.subject_objects(WG.edtf)):
        try:
            bounds = resolve(str(edtf))
        except InputError as error:
            raise error.at(source.claims.place(time, WG.edtf, edtf)) from error
        for term, bound in zip((WG.earliest, WG.latest), bounds, strict=True):
            if bound is not None:
                graph.add((time, term, bound))
    for time, words in graph.subject_objects(WG.asWritten):
        find_words(source, time, words)


def find_words(source: Source, time: Node, words: Node) -> None:
    """Refuse words of a time that its source does not have; they may occur more than once.

    Raises:
        CurationError: says file and line.
    """
    if str(words) not in source.text:
        place = source.claims.place(time, WG.asWritten, words)
        raise CurationError("these words are not in the article", **place, value=str(words))


def _error(source: Source, claim: Node, message: str, hint: str | None = None) -> CurationError:
    place = source.claims.place(claim)
    return CurationError(message, **place, value=compact(str(claim)), hint=hint)
