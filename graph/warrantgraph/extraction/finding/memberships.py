"""Finds which states are, are not or are no longer members of a court."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, Membership
from warrantgraph.extraction.finding.membership_bodies import body_meant, items_between
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["find_memberships"]

_NOT = word_list("stating", "not_members")
_UNSURE = word_list("stating", "unsure_members")
_SIGNED = ("signatory", "signatories")
_BE = ("is", "are", "was", "were", "has", "have")
_PREPOSITIONS = ("of", "with", "to", "from", "against", "by", "between", "in", "over", "near", "on")
_LIKE = ("like", "unlike", "along")
_NEAR = 2
"""Sentences over which "a member" still means the court spoken of."""


@dataclass
class _Latest:
    """The court that memberships were last told of."""

    body: Entity | None = None
    sentence: int = -9
    member: bool = True


def find_memberships(analysis: Analysis) -> Iterator[Membership]:
    """What an article states of memberships of courts: one fact for each state and court."""
    rules = load_rules("memberships")
    kept: dict[tuple[str, str], Membership] = {}
    latest = _Latest()
    for clause in analysis.clauses:
        if clause.conditional:
            continue
        done: set[str] = set()
        for found in rules.find(clause):
            for fact in _facts(analysis, found, latest):
                key = (fact.state.key, fact.body.key)
                latest.body, latest.sentence = fact.body, clause.sentence.number
                latest.member = fact.member and not fact.withdrawn
                if fact.state.key not in done and (key not in kept or fact.withdrawn):
                    kept[key] = fact
                done.add(fact.state.key)
    yield from kept.values()


def _facts(analysis: Analysis, found: Found, latest: _Latest) -> Iterator[Membership]:
    """What one match states, for each of its states."""
    clause, state = found.clause, found["state"]
    between = items_between(found)
    values = found.rule.values
    if values.get("follows"):
        if latest.member or clause.sentence.number - latest.sentence > 1:
            return
        body, negated = latest.body, True
    else:
        if _interrupted(found, between):
            return
        soon = clause.sentence.number - latest.sentence <= _NEAR
        near = latest.body if soon else None
        body, negated = body_meant(analysis, found, near), _negated(found, between)
    if body is None:
        return
    left = bool(values.get("left")) or _ceased(between, clause)
    if left and negated:
        return
    status = found.get("status")
    keys = _country(analysis, clause, state) if values.get("country") else state.keys
    alike, unlike = _beside(clause, state, "like"), _beside(clause, state, "unlike")
    for name in dict.fromkeys((*keys, *alike, *unlike)):
        key = _state_for(analysis, name)
        if _is_state(analysis, key):
            member = (not negated and not left) != (name in unlike)
            yield Membership(
                evidence=analysis.evidence(
                    min(found.start, state.start), _evidence_end(found), found.rule.name
                ),
                attribution=analysis.attribution(clause),
                state=analysis.entities[key],
                body=body,
                member=member and not _only_signed(status),
                withdrawn=left and name not in unlike,
                signed_only=member and _only_signed(status),
                date=next((item.date for item in clause.dates), None),
            )


def _only_signed(status: Item | None) -> bool:
    return status is not None and status.lemma in _SIGNED


def _evidence_end(found: Found) -> int:
    """To the court, where that follows what matched."""
    items = found.clause.items
    after = [item for item in items if item.start >= found.end]
    for at, item in enumerate(after[:6]):
        if item.kind is ItemKind.COURT or item.lemma == "statute":
            return item.end
        if item.kind is ItemKind.VERB or item.lemma in (",", ";") or at > 4:
            break
    return found.end


def _interrupted(found: Found, between: list[Item]) -> bool:
    """Whether what stands between says that it is not so, or is of another state."""
    verb, status, state = found.get("verb"), found.get("status"), found["state"]
    if any(item.lemma in _UNSURE for item in between if item.kind is ItemKind.WORD):
        return True
    verbs = [item for item in between if item.kind is ItemKind.VERB and item is not verb]
    if any(item.voice is Voice.INFINITIVE and item.lemma in ("join", "become") for item in verbs):
        return True
    links = ("become", "remain", "leave", "quit", "withdraw", "cease", "announce", "complete")
    if _closed_aside(found, between):
        return any(item.modal for item in verbs[-1:])
    if any(
        (item.modal and not item.negated) or item.lemma not in (*links, "confirm") for item in verbs
    ):
        return True
    anchor = verb or status
    if anchor is None or state.start > anchor.start:
        return False
    if not _may_be_subject(found.clause, state):
        return True
    inner = [item for item in between if state.end <= item.start < anchor.start]
    return any(
        item.kind is ItemKind.STATE and not _after_like(found.clause, item) for item in inner
    ) and not any(item.lemma == "nor" for item in inner)


def _closed_aside(found: Found, between: list[Item]) -> bool:
    """Whether what stands between is an aside: "Kigali, whose minister ..., is not"."""
    state = found["state"]
    return (
        _lemma_after(found.clause, state) == ","
        and _may_be_subject(found.clause, state)
        and any(first.lemma == "," and second.lemma in _BE for first, second in pairwise(between))
    )


def _may_be_subject(clause: Clause, state: Item) -> bool:
    """Whether a state is no complement: not "of Russia", not "Russia's"."""
    at = clause.items.index(state)
    before = clause.items[at - 1].lemma if at else ""
    opens = at < 2 or clause.items[at - 2].lemma == ","
    if before in ("like", "unlike") and opens:
        return False
    return before not in _PREPOSITIONS and _lemma_after(clause, state) not in (
        "'s",
        "'",
    )


def _lemma_after(clause: Clause, item: Item) -> str:
    after = clause.items[clause.items.index(item) + 1 :]
    return after[0].lemma if after else ""


def _country(analysis: Analysis, clause: Clause, word: Item) -> tuple[str, ...]:
    """The one state named before "the country" in its sentence, or in the one before."""
    for back in (0, 1):
        keys = {
            key
            for row in analysis.rows
            if row.sentence.number == clause.sentence.number - back
            for item in row.items
            if item.start < word.start
            for key in ((*item.keys, item.of) if item.of else item.keys)
            if analysis.entities[key].kind is EntityKind.STATE
        }
        if keys:
            return tuple(keys) if len(keys) == 1 else ()
    return ()


def _state_for(analysis: Analysis, key: str) -> str:
    """The state where the article names both it and its government."""
    if "palestin" in analysis.entities[key].name.casefold():
        for each in analysis.entities.values():
            if each.kind is EntityKind.STATE and "palestin" in each.name.casefold():
                return each.key
    return key


def _after_like(clause: Clause, item: Item) -> bool:
    at = clause.items.index(item)
    before = [each.lemma for each in clause.items[max(0, at - 2) : at]]
    return any(word in (*_LIKE, "with", "nor", "and") for word in before)


def _negated(found: Found, between: list[Item]) -> bool:
    verb = found.get("verb")
    if verb is not None and verb.negated:
        return True
    if any(item.lemma in _NOT or item.negated for item in between):
        return True
    items = found.clause.items
    at = items.index(found["state"])
    before = [item.lemma for item in items[max(0, at - 1) : at]]
    nor = [item.lemma for item in items[max(0, at - 3) : at]]
    return "neither" in before or ("nor" in before and "neither" in nor) or "non-member" in before


def _ceased(between: list[Item], clause: Clause) -> bool:
    words = [item.lemma for item in between]
    longer = any(first == "no" and second == "longer" for first, second in pairwise(words))
    del clause
    return longer or "cease" in words


def _beside(clause: Clause, state: Item, word: str) -> tuple[str, ...]:
    """The states that "like", "unlike" or "neither ... nor" put beside one."""
    items = clause.items
    at = items.index(state)
    keys: list[str] = []
    nor = word == "like"
    if nor and at >= 2 and items[at - 1].lemma == "nor" and items[at - 2].kind is ItemKind.STATE:
        keys += items[at - 2].keys
    for first, second in pairwise(items[max(0, at - 4) : at + 5]):
        if second is state or second.kind is not ItemKind.STATE:
            continue
        if first.lemma == word or (nor and first.lemma == "nor" and second.start > state.end):
            keys += second.keys
    return tuple(keys)


def _is_state(analysis: Analysis, key: str) -> bool:
    entity = analysis.entities[key]
    if entity.kind is EntityKind.STATE:
        return True
    named = entity.named and entity.kind in (EntityKind.PLACE, EntityKind.ORGANIZATION)
    return named and (entity.kind is EntityKind.PLACE or "palestin" in entity.name.casefold())
