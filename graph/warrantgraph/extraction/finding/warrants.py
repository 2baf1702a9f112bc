"""Finds warrants, summonses, indictments and red notices, and the latest state of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, Warrant, WarrantKind, WarrantState
from warrantgraph.extraction.finding.bodies import courts_named
from warrantgraph.extraction.finding.docket import Docket
from warrantgraph.extraction.finding.issuing import is_international
from warrantgraph.extraction.finding.sightings import read_sighting
from warrantgraph.extraction.finding.stated_crimes import crimes_told, settle_crimes
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.finding.docket import Record
    from warrantgraph.extraction.finding.sightings import Sighting
    from warrantgraph.extraction.phrases import Analysis

__all__ = ["find_warrants"]

_MOST_ROLES = 5


def find_warrants(analysis: Analysis) -> Iterator[Warrant]:
    """The instruments that an article states, one for each issuer and subject."""
    docket = Docket(analysis)
    for sighting in _sightings(analysis):
        docket.enter(sighting, crimes_told(analysis, sighting))
    docket.close()
    for record in _stated(analysis, docket.records):
        yield _warrant(analysis, record)


def _sightings(analysis: Analysis) -> Iterator[Sighting]:
    """For each instrument of a clause the first rule that fits; what else the clause tells."""
    rules = load_rules("warrants")
    for clause in analysis.clauses:
        seen: set[int | str] = set()
        for found in rules.find(clause):
            about = found.get("instrument") or found.get("verb")
            mark = about.start if about else found.rule.name
            if mark in seen:
                continue
            sighting = read_sighting(analysis, found)
            if sighting is not None:
                seen.add(mark)
                yield sighting


def _stated(analysis: Analysis, records: list[Record]) -> Iterator[Record]:
    """The records to give: nobody unnamed where somebody is named, no instrument twice."""
    named = [each for each in records if analysis.entities[each.subject].named]
    _share_issuers(analysis, records, named)
    _supply_issuers(analysis, records)
    for record in records:
        entity = analysis.entities[record.subject]
        if not entity.named:
            if entity.kind is EntityKind.GROUP or any(each.kind is record.kind for each in named):
                continue
            headline = record.sighting.clause.sentence.line is LineKind.HEADLINE
            if record.state == "mentioned" or headline:
                continue
        warrant = _same_as_warrant(analysis, record, records)
        if warrant is not None:
            warrant.crimes += record.crimes
            if not record.finite:
                continue
        yield record


def _share_issuers(analysis: Analysis, records: list[Record], named: list[Record]) -> None:
    """Give the issuer told with an unnamed subject to the named one that is told of without."""
    for kind in WarrantKind:
        issuers = {
            each.issuer
            for each in records
            if each.kind is kind and each.issuer and not analysis.entities[each.subject].named
        }
        if len(issuers) == 1:
            for each in named:
                if each.kind is kind and each.issuer is None and each.state != "requested":
                    each.issuer = next(iter(issuers))


def _supply_issuers(analysis: Analysis, records: list[Record]) -> None:
    """Name Interpol for its notices, and the one court that an article on it names."""
    courts = courts_named(analysis)
    for record in records:
        if record.issuer is None and record.kind is WarrantKind.RED_NOTICE:
            record.issuer = next(
                (
                    each.key
                    for each in analysis.entities.values()
                    if _is(each, EntityKind.ORGANIZATION) and each.name.casefold() == "interpol"
                ),
                None,
            )
        warrant = record.kind in (WarrantKind.ARREST_WARRANT, WarrantKind.SUMMONS)
        alone = len(courts) == 1 and is_international(analysis, courts[0].key)
        if warrant and record.issuer is None and alone:
            record.issuer = courts[0].key


def _is(entity: Entity, kind: EntityKind) -> bool:
    return entity.kind is kind and entity.named


def _same_as_warrant(analysis: Analysis, record: Record, records: list[Record]) -> Record | None:
    """The international warrant that "charges" or an "indictment" is another word for."""
    if record.kind is not WarrantKind.INDICTMENT:
        return None
    if record.issuer is not None and not is_international(analysis, record.issuer):
        return None
    return next(
        (
            each
            for each in records
            if each.subject == record.subject
            and each.kind is not WarrantKind.INDICTMENT
            and each.issuer is not None
            and is_international(analysis, each.issuer)
        ),
        None,
    )


def _warrant(analysis: Analysis, record: Record) -> Warrant:
    entities = analysis.entities
    state = "issued" if record.state == "mentioned" else record.state
    sighting = record.sighting
    return Warrant(
        evidence=analysis.evidence(sighting.start, sighting.end, sighting.rule),
        attribution=analysis.attribution(sighting.clause),
        subject=entities[record.subject],
        kind=record.kind,
        state=WarrantState(state),
        issuer=entities[record.issuer] if record.issuer else None,
        requester=entities[record.requester] if record.requester else None,
        issued=record.issued,
        crimes=settle_crimes(record.crimes),
        roles=_roles(analysis, record.subject),
    )


def _roles(analysis: Analysis, key: str) -> tuple[str, ...]:
    """How the text describes somebody, each way once, in its own words."""
    if analysis.entities[key].kind is not EntityKind.PERSON:
        return ()
    words: dict[str, str] = {}
    plain = word_list("stating", "no_roles")
    for each in analysis.descriptions:
        if each.person == key:
            role = analysis.words(analysis.text.span(each.start, each.end))
            if role.casefold() in plain:
                continue
            words.setdefault(role.casefold(), role)
    return tuple(words.values())[:_MOST_ROLES]
