"""Finds sanctions that were imposed, on whom and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, Sanction
from warrantgraph.extraction.finding.whom import both_named
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import AGENTS, ItemKind
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity, WrittenDate
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item
    from warrantgraph.sentences import Span

__all__ = ["find_sanctions"]

_DOUBT = word_list("stating", "not_imposed")
_UNITED_STATES = ("united states", "us", "u.s.", "usa", "america")
_OPENS_LIST = (":", "–", "—", "--", "including", "namely", "among", ",")
_TOGETHER = (
    ["along", "with"],
    ["well", "as"],
    ["together", "with"],
    ["and", "on"],
    ["and", "against"],
)
_NEAR = 2


@dataclass
class _Latest:
    """The sanctions told of last, on people who were not named."""

    found: Found | None = None
    by: Entity | None = None
    target: tuple[str, ...] = ()
    date: WrittenDate | None = None
    sentence: int = -9


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
    items = found.clause.items
    first = items.index(found["target"])
    by = found.get("by")
    start = min(first, items.index(by)) if by is not None and by in items else 0
    inside = items[start : max(first, start) + 1]
    return any(item.lemma in _DOUBT for item in inside if item.kind is ItemKind.WORD)


def _imposed(analysis: Analysis, found: Found, latest: _Latest) -> list[Sanction]:
    target = found["target"]
    by, date = _by(analysis, found, latest), _date(found.clause, found)
    near = found.clause.sentence.number - latest.sentence <= _NEAR
    meant = latest.target if target.pronoun and near and latest.target else target.keys
    keys = [key for key in meant if key != (by.key if by else None)]
    if target.kind is ItemKind.GROUP and "both" in _first_words(analysis, target):
        keys = list(both_named(analysis, found.clause)) or keys
    if all(not analysis.entities[key].named for key in keys):
        names = _names_behind(analysis, found.clause, target)
        if names:
            keys = names
        elif found.clause.sentence.line is LineKind.HEADLINE:
            return []
        else:
            latest.found, latest.date = found, date
    latest.by, latest.sentence = by or latest.by, found.clause.sentence.number
    keys += [key for key in _along_with(analysis, found.clause, target) if key not in keys]
    latest.target = tuple(keys)
    return [
        _sanction(analysis, found, analysis.entities[key], each, date)
        for key in keys
        for each in _all_by(analysis, found, by)
    ]


def _first_words(analysis: Analysis, item: Item) -> tuple[str, ...]:
    return tuple(analysis.text.doc[at].lower_ for at in range(item.start, item.end))[:2]


def _all_by(analysis: Analysis, found: Found, by: Entity | None) -> list[Entity | None]:
    """Each of several who impose them: "Germany and Austria"."""
    item = found.get("by")
    if item is None or len(item.keys) < 2 or item.pronoun:
        return [by]
    return [analysis.entities[key] for key in item.keys]


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


def _by(analysis: Analysis, found: Found, latest: _Latest) -> Entity | None:
    """Who imposed them; a state for "the Ortega administration" where one is named for it."""
    item = found.get("by")
    if item is None or not item.keys:
        return None
    if item.pronoun:
        return latest.by if found.clause.sentence.number - latest.sentence <= _NEAR else None
    entity = analysis.entities[item.keys[0]]
    if entity.named:
        return entity
    if item.of is not None and analysis.entities[item.of].kind is EntityKind.STATE:
        return analysis.entities[item.of]
    if entity.name.casefold().split()[-1] == "administration":
        for each in analysis.entities.values():
            if each.kind is EntityKind.STATE and each.name.casefold() in _UNITED_STATES:
                return each
    return entity


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


def _names_behind(analysis: Analysis, clause: Clause, target: Item) -> list[str]:
    """The names after "four judges:" or "officials including"."""
    items = clause.items
    at = items.index(target) + 1
    while at < len(items) and at < items.index(target) + 5:
        item = items[at]
        if item.kind is ItemKind.PERSON and items[at - 1].lemma in _OPENS_LIST:
            return [key for key in item.keys if analysis.entities[key].named]
        if item.kind is ItemKind.VERB:
            return []
        at += 1
    return []


def _along_with(analysis: Analysis, clause: Clause, target: Item) -> list[str]:
    """Who else: "along with", "as well as"."""
    items = clause.items
    keys: list[str] = []
    after = items[items.index(target) + 1 :]
    for at, item in enumerate(after[:6]):
        together = [each.lemma for each in after[max(0, at - 2) : at]]
        if item.kind is ItemKind.VERB:
            break
        joined = together[-2:] in _TOGETHER or together[-1:] == ["including"]
        if item.kind in AGENTS and joined:
            keys += item.keys
            beside = after[at + 1 : at + 3]
            if beside and beside[0].lemma == "," and len(beside) > 1:
                keys = [*beside[1].keys] if beside[1].kind is ItemKind.PERSON else keys
    return [key for key in keys if analysis.entities[key].named]


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
