"""How claims stand in review, and which of them a release may hold.

A claim without `cur:status` was curated by hand. One with it was drafted by a rule or a model: a
person accepts or rejects it, and until then it is a draft. What is accepted is published, but
never without what it needs: a claim about a person of whom nothing published states a public role
waits, and so does one of which nothing is left without what is not accepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from warrantgraph.errors import CurationError
from warrantgraph.namespaces import CURATION, ID, WG, compact
from warrantgraph.selection import SAYING, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["ROLES", "Division", "Status", "divide", "read_statuses"]

ROLES = (WG.affiliatedPerson, WG.roleHolder, WG.tenureHolder)
"""Properties whose value is a person of whom a public role is stated."""

_RULE = re.compile(r"[^/\s]+/\S.*")
_WORDS = (CURATION.reviewedAt, CURATION.reviewedBy, CURATION.rule, CURATION.status)


class Status(StrEnum):
    """How a claim stands; `curated` is what has no `cur:status`."""

    CURATED = "curated"
    ACCEPTED = "accepted"
    DRAFT = "draft"
    REJECTED = "rejected"


def read_statuses(source: Source) -> dict[URIRef, Status]:
    """How each claim of a source stands, in no order.

    Raises:
        CurationError: a status is not one of the three, or what goes with it is missing or wrong.
    """
    graph = source.claims.graph
    prefix = ID[f"claim/{source.slug}/"]
    claims = {node for node in graph.subjects() if isinstance(node, URIRef)}
    for word in _WORDS:
        for subject, value in graph.subject_objects(word):
            if not str(subject).startswith(prefix):
                raise _error(source, subject, word, value, "this is said of claims only")
    return {claim: _status(source, claim) for claim in claims if claim.startswith(prefix)}


def _status(source: Source, claim: URIRef) -> Status:
    values = {word: list(source.claims.graph.objects(claim, word)) for word in _WORDS}
    for word, found in values.items():
        if len(found) > 1:
            raise _error(source, claim, word, found[1], "a claim has at most one of these")
    status = next(iter(values[CURATION.status]), None)
    if status is None:
        for word, found in values.items():
            if found:
                message = "a claim curated by hand has none of this"
                raise _error(source, claim, word, found[0], message, "add cur:status")
        return Status.CURATED
    if status not in {Literal(each.value) for each in Status} - {Literal(Status.CURATED.value)}:
        message = "a status is draft, accepted or rejected"
        raise _error(source, claim, CURATION.status, status, message)
    _check_rule(source, claim, values[CURATION.rule])
    _check_review(source, claim, Status(str(status)), values)
    return Status(str(status))


def _check_rule(source: Source, claim: URIRef, rules: list[Node]) -> None:
    if not rules:
        raise _missing(source, claim, CURATION.rule)
    if not isinstance(rules[0], Literal) or not _RULE.fullmatch(rules[0]):
        message = "a rule is named by its family and its name"
        hint = 'as in "warrants/issued-by-court"'
        raise _error(source, claim, CURATION.rule, rules[0], message, hint)


def _check_review(
    source: Source, claim: URIRef, status: Status, values: dict[URIRef, list[Node]]
) -> None:
    names, times = values[CURATION.reviewedBy], values[CURATION.reviewedAt]
    if status is Status.DRAFT:
        for word, found in ((CURATION.reviewedBy, names), (CURATION.reviewedAt, times)):
            if found:
                message = "nobody has reviewed a draft yet"
                raise _error(source, claim, word, found[0], message, "accept it or reject it")
        return
    for word, found in ((CURATION.reviewedBy, names), (CURATION.reviewedAt, times)):
        if not found:
            raise _missing(source, claim, word)
    if not isinstance(names[0], Literal) or not names[0].strip() or names[0].language:
        message = "a reviewer is given by name"
        raise _error(source, claim, CURATION.reviewedBy, names[0], message)
    if not _is_instant(times[0]):
        message = "a review has a time with its zone"
        hint = 'as in "2026-11-24T09:30:00Z"^^xsd:dateTime'
        raise _error(source, claim, CURATION.reviewedAt, times[0], message, hint)


def _is_instant(value: Node) -> bool:
    if not isinstance(value, Literal) or value.datatype != XSD.dateTime or "T" not in value:
        return False
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False


def _missing(source: Source, claim: URIRef, word: URIRef) -> CurationError:
    message = f"a claim with a status needs cur:{word.removeprefix(CURATION)}"
    return CurationError(message, **source.claims.place(claim), value=compact(str(claim)))


def _error(
    source: Source, claim: Node, word: URIRef, value: Node, message: str, hint: str | None = None
) -> CurationError:
    place = source.claims.place(claim, word, value)
    return CurationError(message, **place, value=str(value), hint=hint)


@dataclass
class Division:
    """The claims of one source: which are published, which are drafts, which wait and why."""

    source: Source
    published: set[URIRef] = field(default_factory=set["URIRef"])
    drafts: set[URIRef] = field(default_factory=set["URIRef"])
    waiting: dict[URIRef, str] = field(default_factory=dict["URIRef", "str"])

    @property
    def is_plain(self) -> bool:
        """Whether a person curated all of it, so that the file is published as it is."""
        return not (self.drafts or self.waiting or self.rejected or self.accepted)

    accepted: frozenset[URIRef] = frozenset()
    rejected: frozenset[URIRef] = frozenset()

    def view(self, claims: set[URIRef]) -> Source:
        """The source with these claims and what they speak of, and nothing else."""
        if self.is_plain:
            return self.source
        file = self.source.claims
        return replace(self.source, claims=file.restricted(select(self.source, claims)))


def divide(sources: Sequence[Source], persons: dict[Node, str]) -> list[Division]:
    """Tell published claims from others; `persons` are those of the authority, with their labels.

    Raises:
        CurationError: a status is used wrongly; says where.
    """
    divisions = [_division(source) for source in sources]
    persons = dict(persons)
    for source in sources:
        for person in source.claims.graph.subjects(RDF.type, WG.Person):
            label = source.claims.graph.value(person, RDFS.label)
            persons[person] = str(label or compact(str(person)))
    while any([_hold_back(divisions, persons)]):
        pass
    return divisions


def _division(source: Source) -> Division:
    found = read_statuses(source)
    by_status = {status: {c for c, s in found.items() if s is status} for status in Status}
    return Division(
        source,
        published=by_status[Status.CURATED] | by_status[Status.ACCEPTED],
        drafts=by_status[Status.DRAFT],
        accepted=frozenset(by_status[Status.ACCEPTED]),
        rejected=frozenset(by_status[Status.REJECTED]),
    )


def _hold_back(divisions: Sequence[Division], persons: dict[Node, str]) -> bool:
    """Let accepted claims wait that cannot be published yet; whether there were any."""
    views = [division.view(division.published).claims.graph for division in divisions]
    known = {person for view in views for role in ROLES for person in view.objects(None, role)}
    held = False
    for division, view in zip(divisions, views, strict=True):
        for claim in sorted(division.published & division.accepted):
            reason = _reason_to_wait(division.source.claims.graph, view, claim, persons, known)
            if reason:
                division.published.discard(claim)
                division.waiting[claim] = reason
                held = True
    return held


def _reason_to_wait(
    written: Graph, view: Graph, claim: URIRef, persons: dict[Node, str], known: set[Node]
) -> str | None:
    for node in _spoken_of(view, claim):
        if node in persons and node not in known:
            return f"no accepted claim states a public role of {persons[node]}"
    if any((claim, term, None) in written for term in SAYING) and not any(
        (claim, term, None) in view for term in SAYING
    ):
        return "what it answers or speaks of is not accepted"
    return None


def _spoken_of(graph: Graph, claim: URIRef) -> Iterator[Node]:
    """What a claim names, and what its contents name."""
    for _, predicate, value in graph.triples((claim, None, None)):
        yield value
        if predicate in SAYING:
            yield from graph.objects(value)
