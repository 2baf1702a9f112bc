"""Finds sanctions that were imposed, on whom and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, Sanction
from warrantgraph.extraction.finding.sanctioned import (
    along_with,
    both_named,
    names_behind,
    sanctioners_of,
)
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity, WrittenDate
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item
    from warrantgraph.sentences import Span

__all__ = ["find_sanctions"]

_DOUBT = word_list("stating", "not_imposed")
_LINKS = word_list("stating", "imposing_links")
_NEAR = 2


@dataclass
class _Latest:
    """The sanctions told of last, on people who were not named."""

    found: Found | None = None
    by: Entity | None = None
    date: WrittenDate | None = None
    sentence: int = -9
    on: str | None = None
    """Key of the one named person whom they are on."""


def find_sanctions(analysis: Analysis) -> Iterator[Sanction]:
    """What an article states of sanctions that were imposed: one fact for each target."""
    rules = load_rules("sanctions")
    kept: dict[tuple[str, str], Sanction] = {}
    latest = _Latest()
    for clause in analysis.clauses:
        if clause.conditional:
            continue
        seen = False
        for found in rules.find(clause):
            if found.rule.values.get("context") and not kept and latest.by is None:
                continue
            if found.rule.values.get("follows"):
                facts = _listed(analysis, found, latest)
            elif seen or _doubtful(found):
                continue
            else:
                facts = _imposed(analysis, found, latest)
                seen = seen or bool(facts)
            for fact in facts:
                _keep(kept, fact)
    named = any(fact.on.named for fact in kept.values())
    yield from (fact for fact in kept.values() if fact.on.named or not named)


def _keep(kept: dict[tuple[str, str], Sanction], fact: Sanction) -> None:
    """One fact for each pair; a nameless sanctioner and a dateless report give way."""
    same = [key for key in kept if key[0] == fact.on.key]
    if fact.by is None and same:
        return
    key = (fact.on.key, fact.by.key if fact.by else "")
    kept.pop((fact.on.key, ""), None)
    known = kept.get(key)
    if known is None or (known.date is None and fact.date is not None):
        kept[key] = fact


def _doubtful(found: Found) -> bool:
    """Whether the sanctions are only threatened, asked for, or taken back."""
    items = found.clause.items
    verb, by, target = found.get("verb"), found.get("by"), found["target"]
    if verb is not None and (verb.modal or verb.negated):
        return True
    end = max(found.end, target.end)
    begin = by.start if by is not None and by.start < target.start else 0
    before = [item for item in items if item.start < end and item is not verb]
    if found.rule.values.get("adjective"):
        before = [*items]
    if any(item.lemma in _DOUBT for item in before if not item.keys):
        return True
    inside = [item for item in before if verb is not None and begin < item.start < verb.start]
    return any(item.kind is ItemKind.VERB and item.lemma not in _LINKS for item in inside)


def _imposed(analysis: Analysis, found: Found, latest: _Latest) -> list[Sanction]:
    target, date = found["target"], _date(found.clause, found)
    sanctioners = sanctioners_of(analysis, found, latest.by, latest.sentence)
    if sanctioners is None:
        return []
    keys = [key for key in target.keys if key not in {by.key for by in sanctioners if by}]
    told = found.clause.sentence.number - latest.sentence <= 1
    if target.pronoun and told and latest.on is not None and len(keys) == 1:
        keys = [latest.on]
    if all(not analysis.entities[key].named for key in keys):
        names = names_behind(analysis, found.clause, target)
        pair = both_named(analysis, found.clause, target)
        if names or pair is not None:
            keys = names or pair or []
        elif found.clause.sentence.line is LineKind.HEADLINE:
            return []
        else:
            latest.found, latest.date = found, date
    by = sanctioners[0]
    latest.by, latest.sentence = by or latest.by, found.clause.sentence.number
    keys += [key for key in along_with(analysis, found.clause, target) if key not in keys]
    latest.on = keys[0] if len(keys) == 1 and _may_be_him(analysis, keys[0]) else None
    return [
        _sanction(analysis, found, analysis.entities[key], by, date)
        for by in sanctioners
        for key in keys
    ]


def _may_be_him(analysis: Analysis, key: str) -> bool:
    """Whether "him" can mean who was sanctioned last: a person, or a surname taken for a body."""
    entity = analysis.entities[key]
    surname = entity.kind is EntityKind.ORGANIZATION and len(entity.name.split()) == 1
    return entity.named and (surname or entity.kind is EntityKind.PERSON)


def _sanction(
    analysis: Analysis, found: Found, on: Entity, by: Entity | None, date: WrittenDate | None
) -> Sanction:
    return Sanction(
        evidence=analysis.evidence(found.start, found.end, found.rule.name),
        attribution=analysis.attribution(found.clause),
        by=by,
        on=on,
        date=date,
        ground=_ground(analysis, found),
    )


def _date(clause: Clause, found: Found) -> WrittenDate | None:
    dates = [item for item in clause.dates if item.date is not None and item.date.edtf]
    near = sorted(dates, key=lambda item: abs(item.start - found.end))
    before = [item for item in near if not _ground_starts(clause, found, item)]
    return before[0].date if before else None


def _ground_starts(clause: Clause, found: Found, date: Item) -> bool:
    """Whether a time stands behind "for" or "over", and so belongs to the ground."""
    return any(
        item.lemma in ("for", "over") and found.end <= item.start < date.start
        for item in clause.items
    )


def _ground(analysis: Analysis, found: Found) -> Span | None:
    items = [item for item in found.clause.items if item.start >= found.end]
    for item in items[:4]:
        if item.lemma in ("for", "over") and item.end < found.clause.end:
            return analysis.text.span(item.end, found.clause.end)
        if item.kind is ItemKind.VERB:
            break
    return None


def _listed(analysis: Analysis, found: Found, latest: _Latest) -> list[Sanction]:
    """The people whom the next sentence names: "The four are A, B, C and D"."""
    if latest.found is None or found.clause.sentence.number - latest.sentence > _NEAR:
        return []
    if any(item.kind is ItemKind.VERB for item in found.clause.items[:4]):
        return []
    keys = [
        key
        for item in found.clause.items
        if item.kind is ItemKind.PERSON
        for key in item.keys
        if analysis.entities[key].named
    ]
    return [
        _sanction(analysis, found, analysis.entities[key], latest.by, latest.date)
        for key in dict.fromkeys(keys)
    ]
