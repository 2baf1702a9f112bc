"""Finds which offices named persons hold or held."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, Office
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import Voice
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity, Evidence
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Description

__all__ = ["find_offices"]

_PUBLIC = ("county", "district", "state", "u.s.", "city", "commonwealth")
"""What makes an attorney a prosecutor."""
_RANKED = ("first ", "second ", "third ", "fourth ", "fifth ", "latest ", "only ")
"""Who is the third president to do something is no third president."""


def find_offices(analysis: Analysis) -> Iterator[Office]:
    """The offices that an article states, one for each person and function."""
    best: dict[tuple[str, str], Office] = {}
    for office in (*_beside_names(analysis), *_stated(analysis)):
        key = (office.person.key, _head(office.title))
        known = best.get(key)
        if known is None or (known.of is None and office.of is not None):
            best[key] = office
    yield from best.values()


def _head(title: str) -> str:
    """The word of a title by which two are the same: "prosecutor" of "prosecutor general"."""
    words = re.split(r" (?:of|for|at|in|to) ", title.casefold())[0].split()
    if len(words) > 1 and words[-1] == "general" and words[-2] in word_list("roles", "heads"):
        return "prosecutor" if words[-2] == "attorney" else words[-2]
    return words[-1].removesuffix("s")


def _beside_names(analysis: Analysis) -> Iterator[Office]:
    rule = load_rules("offices").rules["beside-name"].name
    lines = {row.sentence.number: row.sentence.line for row in analysis.rows}
    for description in analysis.descriptions:
        line = lines[analysis.sentence_of(description.start)]
        if description.beside_name and line is not LineKind.CREDIT:
            yield from _office(analysis, description, description.person, rule, None)


def _stated(analysis: Analysis) -> Iterator[Office]:
    """What clauses say: "heads the brigade", "was elected president"."""
    matches = [
        found
        for clause in analysis.clauses
        if not clause.conditional
        for found in load_rules("offices").find(clause)
    ]
    for found in matches:
        if found.get("body") is not None:
            yield from _led(analysis, found)
    by_start = {each.start: each for each in analysis.descriptions}
    for found in matches:
        office = found.get("office")
        for start, _ in office.roles[:1] if office is not None else ():
            if start in by_start and found["office"].keys[0].startswith("described-"):
                yield from _said(analysis, found, by_start[start])


def _led(analysis: Analysis, found: Found) -> Iterator[Office]:
    """Who leads, heads or commands a body, as its leader, head or commander."""
    person = analysis.entities[found["person"].keys[0]]
    verb = found["verb"]
    if person.named:
        titles: dict[str, str] = found.rule.values["titles"]
        yield Office(
            evidence=analysis.evidence(found.start, found.end, found.rule.name),
            attribution=analysis.attribution(found.clause),
            person=person,
            title=titles[verb.lemma],
            of=analysis.entities[found["body"].keys[0]],
            current=verb.singular or verb.voice is Voice.GERUND,
        )


def _said(analysis: Analysis, found: Found, description: Description) -> Iterator[Office]:
    current: bool | None = found.rule.values.get("current")
    if description.former:
        current = False
    for key in found["person"].keys[:1]:
        evidence = analysis.evidence(found.start, found.end, found.rule.name)
        for office in _office(analysis, description, key, found.rule.name, evidence):
            attribution = analysis.attribution(found.clause)
            yield replace(office, attribution=attribution, current=current)


def _office(
    analysis: Analysis,
    description: Description,
    key: str,
    rule: str,
    evidence: Evidence | None,
) -> Iterator[Office]:
    """The office that a description is, if it is one."""
    person = analysis.entities[key]
    title = analysis.words(analysis.text.span(description.title_start, description.title_end))
    stated = analysis.entities[description.of] if description.of else None
    if not person.named or person.kind is not EntityKind.PERSON or not _is_office(title, stated):
        return
    of = _body(analysis, description)
    yield Office(
        evidence=evidence or analysis.evidence(*analysis.with_name(description), rule),
        person=person,
        title=title,
        of=of,
        current=not description.former,
    )


def _body(analysis: Analysis, description: Description) -> Entity | None:
    """What an office is in; that of the person whose minister somebody is."""
    of = analysis.entities[description.of] if description.of else None
    if of is None or of.kind is not EntityKind.PERSON:
        return of
    bodies = (each.of for each in analysis.descriptions if each.person == of.key and each.of)
    states = (analysis.entities[key] for key in bodies)
    return next((each for each in states if each.kind is EntityKind.STATE), None)


def _is_office(title: str, of: Entity | None) -> bool:
    head = _head(title)
    if title.casefold().startswith(_RANKED) or (of is None and head == "head"):
        return False
    if head in word_list("bodies", "people"):
        return False
    if head == "attorney" and any(each in title.casefold() for each in _PUBLIC):
        return True
    if head in word_list("offices", "ranks"):
        return of is not None and of.kind is not EntityKind.PERSON
    return head not in word_list("offices", "excluded")
