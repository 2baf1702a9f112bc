"""The claims of a source as a reviewer meets them: in the order of the text, with their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, Literal, URIRef

from warrantgraph.errors import InputError
from warrantgraph.namespaces import CURATION, ID, WG
from warrantgraph.passages import locate
from warrantgraph.reviewing.deciding import status_of
from warrantgraph.selection import CONTENT
from warrantgraph.sentences import sentence_numbers
from warrantgraph.statuses import ROLES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from warrantgraph.reviewing.blocks import BlockText
    from warrantgraph.sentences import Span
    from warrantgraph.source import Source

__all__ = ["Claim", "contents", "depends_on", "list_claims"]

_NAMING = frozenset({CURATION.quote, CURATION.status, CURATION.rule, WG.statesProperty, RDF.type})


@dataclass(frozen=True)
class Claim:
    """A claim with a status; `spans` are the places of its quotes, `problems` why some have none.

    `sentences` are the numbers of the sentences that its quotes touch. `rule` is empty where the
    file names none.
    """

    iri: URIRef
    name: str
    status: Status
    rule: str
    gloss: str
    quotes: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    problems: tuple[str, ...]


def list_claims(blocks: BlockText, source: Source) -> list[Claim]:
    """The claims that were drafted, whatever became of them, in the order of the text."""
    claims: list[tuple[tuple[int, int], Claim]] = []
    for number, subject in enumerate(blocks.subjects):
        status = status_of(blocks, subject)
        if status is not None and isinstance(subject, URIRef):
            claim = _claim(blocks, source, subject, status)
            first = min((span.start for span in claim.spans), default=len(source.text))
            claims.append(((first, number), claim))
    return [claim for _, claim in sorted(claims, key=lambda each: each[0])]


def _claim(blocks: BlockText, source: Source, iri: URIRef, status: Status) -> Claim:
    quotes = [str(said.value) for said in blocks.said(iri, CURATION.quote)]
    within = _within(blocks, iri)
    spans: list[Span] = []
    problems: list[str] = [] if quotes else ["this claim has no quote"]
    for quote in quotes:
        try:
            spans.append(locate(source.text, quote, source.sentences, within))
        except InputError as error:
            problems.append(str(error))
    numbers = {n for span in spans for n in sentence_numbers(source.sentences, span)}
    return Claim(
        iri=iri,
        name=iri.removeprefix(ID[f"claim/{source.slug}/"]),
        status=status,
        rule=_text(blocks, iri, CURATION.rule),
        gloss=_text(blocks, iri, WG.curatorGloss),
        quotes=tuple(quotes),
        spans=tuple(sorted(spans)),
        sentences=tuple(sorted(numbers)),
        problems=tuple(problems),
    )


def _text(blocks: BlockText, subject: Node, predicate: URIRef) -> str:
    return next((str(said.value) for said in blocks.said(subject, predicate)), "")


def _within(blocks: BlockText, iri: URIRef) -> int | None:
    for said in blocks.said(iri, CURATION.inSentence):
        number = said.value.toPython() if isinstance(said.value, Literal) else None
        return number if isinstance(number, int) else None
    return None


def contents(blocks: BlockText, claim: Node) -> list[Node]:
    """What a claim puts forward, in the order in which it names it."""
    return [said.value for said in blocks.said(claim) if said.predicate in CONTENT]


def depends_on(blocks: BlockText, claims: list[URIRef]) -> dict[URIRef, Status]:
    """Other claims that these speak of and that are not accepted, with how each stands.

    A claim speaks of what it names, of what its contents name, and of the claims that bring those.
    Rejected ones are named, but what they in turn speak of is not.
    """
    bringing = _bringing(blocks)
    found: dict[URIRef, Status] = {}
    waiting = list(claims)
    asked = set(claims)
    while waiting:
        for other in _spoken_of(blocks, waiting.pop(), bringing):
            status = status_of(blocks, other)
            if other not in asked and _unpublished(status):
                asked.add(other)
                found[other] = status or Status.DRAFT
                if status is Status.DRAFT:
                    waiting.append(other)
    return found


def _unpublished(status: Status | None) -> bool:
    return status in (Status.DRAFT, Status.REJECTED)


def _bringing(blocks: BlockText) -> dict[Node, list[URIRef]]:
    """The claims that bring a thing, for each thing that no published claim brings.

    A person of this source is brought by claims that state a public role, as the build asks.
    """
    found: dict[Node, list[URIRef]] = {}
    for subject in blocks.subjects:
        if isinstance(subject, URIRef) and subject.startswith(ID["claim/"]):
            brought = contents(blocks, subject)
            brought += [
                said.value
                for content in contents(blocks, subject)
                for said in blocks.said(content)
                if said.predicate in ROLES and blocks.of(said.value)
            ]
            for thing in dict.fromkeys(brought):
                found.setdefault(thing, []).append(subject)
    return {
        thing: claims
        for thing, claims in found.items()
        if all(_unpublished(status_of(blocks, claim)) for claim in claims)
    }


def _spoken_of(
    blocks: BlockText, claim: URIRef, bringing: dict[Node, list[URIRef]]
) -> Iterator[URIRef]:
    own = contents(blocks, claim)
    stated = {said.value for said in blocks.said(claim, WG.statesProperty)}
    values = [said.value for said in blocks.said(claim) if said.predicate not in _NAMING]
    for content in own:
        values += [
            said.value
            for said in blocks.said(content)
            if said.predicate not in _NAMING and (not stated or said.predicate in stated)
        ]
    for value in values:
        if isinstance(value, URIRef) and value.startswith(ID["claim/"]):
            yield value
        elif claim not in (others := bringing.get(value, [])):
            drafts = [each for each in others if status_of(blocks, each) is Status.DRAFT]
            yield from (drafts or others)[:1]  # one is enough
