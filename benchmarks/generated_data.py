"""Sources that never were, in this project's model: seeded, of any size, valid but for some faults.

Each source is a document with its publisher, a court that issued a warrant for a person in an
office, and claims with their passages, one in four of them handed on from somebody else.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PREFIXES", "source", "sources"]

PREFIXES = """\
@base <https://w3id.org/warrantgraph/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_CLAIMS = 20
"""Claims of a source; a source has about 500 triples."""

_WORDS = (
    *("the", "court", "said", "that", "a", "warrant", "was", "issued"),
    *("for", "head", "of", "an", "office", "on", "that", "day"),
)


def sources(triples: int, *, faults: float = 0.002, seed: int = 4) -> Iterator[str]:
    """Give Turtle of at least so many triples; `faults` is the share of lines that are left out."""
    yield PREFIXES
    random_numbers = random.Random(seed)  # noqa: S311 - no secret
    number, written = 0, 0
    while written < triples:
        lines = [
            line for line in source(number, random_numbers) if random_numbers.random() > faults
        ]
        written += len(lines)
        yield "\n".join(lines) + "\n"
        number += 1


def source(number: int, random_numbers: random.Random) -> Iterator[str]:
    """Give the triples of one source, each on a line of its own."""
    name = f"generated-{number}"
    document, published = f"<id/document/{name}>", f"<id/time/{name}/published>"
    yield from _surroundings(name, document, published)
    offset = 0
    for count in range(_CLAIMS):
        words = " ".join(random_numbers.choices(_WORDS, k=random_numbers.randint(6, 20)))
        yield from _claim(name, document, count, words, offset)
        offset += len(words) + 2
    yield f"{document} wg:codePointLength {_count(offset)} ."


def _count(number: int) -> str:
    return f'"{number}"^^xsd:nonNegativeInteger'


def _things(name: str, document: str, published: str) -> dict[str, tuple[str, str, list[str]]]:
    """By node: its type, its label and what else is said of it."""
    person, office, state = (f"<id/{kind}/{name}>" for kind in ("person", "office", "state"))
    warrant, tenure, court = (
        f"<id/{kind}/{name}>" for kind in ("instrument", "tenure", "organization/court")
    )
    return {
        document: (
            "NewsArticle",
            f"article {name}",
            [
                f'wg:contentHash "{hashlib.sha256(name.encode()).hexdigest()}"',
                f"wg:hasTime {published}",
                f"wg:publishedBy <id/organization/publisher/{name}>",
            ],
        ),
        f"<id/organization/publisher/{name}>": ("NewsOrganization", f"publisher of {name}", []),
        published: (
            "TimeExtent",
            "17 March 2023",
            [
                'wg:edtf "2023-03-17"',
                'wg:earliest "2023-03-17T00:00:00+00:00"^^xsd:dateTime',
                'wg:latest "2023-03-17T23:59:59+00:00"^^xsd:dateTime',
            ],
        ),
        court: ("InternationalCourt", f"court of {name}", []),
        state: ("State", f"state of {name}", []),
        person: ("Person", f"head of {name}", []),
        office: ("HeadOfStateOffice", f"office of {name}", [f"wg:officeIn {state}"]),
        tenure: (
            "OfficeTenure",
            f"tenure of {name}",
            [
                f"wg:tenureHolder {person}",
                f"wg:tenureOffice {office}",
                f"wg:observedAt {published}",
            ],
        ),
        warrant: ("ArrestWarrant", f"warrant of {name}", [f"wg:namesSubject {person}"]),
        f"<id/occurrence/{name}>": (
            "WarrantIssuance",
            f"issuance of the warrant of {name}",
            [
                f"wg:duringTenure {tenure}",
                f"wg:hasTime {published}",
                f"wg:issuingBody {court}",
                f"wg:producedInstrument {warrant}",
            ],
        ),
        f"<id/status/{name}>": (
            "StatusRecord",
            f"status of the warrant of {name}",
            [
                f"wg:observedAt {published}",
                f"wg:statusOf {warrant}",
                "wg:statusValue <scheme/procedural-status/not-tried>",
            ],
        ),
    }


def _surroundings(name: str, document: str, published: str) -> Iterator[str]:
    for node, (kind, label, statements) in _things(name, document, published).items():
        yield f"{node} a wg:{kind} ."
        yield f'{node} rdfs:label "{label}"@en .'
        for statement in statements:
            yield f"{node} {statement} ."


def _claim(name: str, document: str, count: int, words: str, offset: int) -> Iterator[str]:
    end = offset + len(words)
    passage, claim = f"<id/passage/{name}/{offset}-{end}>", f"<id/claim/{name}/c{count}>"
    publisher = f"<id/organization/publisher/{name}>"
    content = (f"<id/occurrence/{name}>", f"<id/tenure/{name}>", f"<id/status/{name}>")[count % 3]
    handed_on = count % 4 == 0
    speaker = f"<id/organization/court/{name}>" if handed_on else publisher
    yield f"{claim} a wg:Claim ."
    yield f"{claim} wg:assertedBy {speaker} ."
    style = "indirect" if handed_on else "own-voice"
    yield f"{claim} wg:attributionStyle <scheme/attribution-style/{style}> ."
    yield f"{claim} wg:modality <scheme/modality/{'alleged' if handed_on else 'as-fact'}> ."
    yield f"{claim} wg:polarity <scheme/polarity/affirmed> ."
    yield f'{claim} wg:curatorGloss "Claim {count} of {name}." .'
    yield f"{claim} wg:expressedIn {passage} ."
    yield f"{claim} wg:hasContent {content} ."
    if handed_on:
        report = f"<id/claim/{name}/r{count}>"
        yield f"{report} a wg:Report ."
        yield f"{report} wg:assertedBy {publisher} ."
        yield f"{report} wg:attributionStyle <scheme/attribution-style/own-voice> ."
        yield f"{report} wg:modality <scheme/modality/as-fact> ."
        yield f"{report} wg:polarity <scheme/polarity/affirmed> ."
        yield f'{report} wg:curatorGloss "Report {count} of {name}." .'
        yield f"{report} wg:expressedIn {passage} ."
        yield f"{report} wg:reportsClaim {claim} ."
    else:
        yield f"{claim} wg:assertedIn {document} ."
    yield f"{passage} a wg:Passage ."
    yield f'{passage} wg:exactText "{words}" .'
    yield f"{passage} wg:inDocument {document} ."
    yield f"{passage} wg:startOffset {_count(offset)} ."
    yield f"{passage} wg:endOffset {_count(end)} ."
    yield f'{passage} wg:sentenceNumber "{count + 1}"^^xsd:positiveInteger .'
