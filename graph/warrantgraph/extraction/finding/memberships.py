"""Finds which states are, are not or are no longer members of a court."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Membership
from warrantgraph.extraction.finding.bodies import (
    court_after,
    court_joined,
    court_of_treaty,
    court_spoken_of,
)
from warrantgraph.extraction.finding.states import (
    States,
    beside,
    is_state,
    state_for,
    subject_before,
)
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity, WrittenDate
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["find_memberships"]

_NOT = word_list("stating", "not_members")
_UNSURE = word_list("stating", "unsure_members")
_NEAR = 2
"""Sentences over which "a member" still means the court spoken of."""
_ONE = ("member", "party", "signatory", "non-member")


@dataclass
class _Latest:
    """What was told last: the court, where, and whether of a member."""

    body: Entity | None = None
    sentence: int = -9
    member: bool = True


def find_memberships(analysis: Analysis) -> Iterator[Membership]:
    """What an article states of memberships of courts: one fact for each state and court."""
    rules = load_rules("memberships")
    kept: dict[tuple[str, str], Membership] = {}
    latest = _Latest()
    for clause in analysis.clauses:
        if clause.conditional or _asks(analysis, clause):
            continue
        done: set[str] = set()
        for found in rules.find(clause):
            for fact in _facts(analysis, found, latest):
                key = (fact.state.key, fact.body.key)
                if fact.state.key in done:
                    continue
                done.add(fact.state.key)
                latest.body, latest.sentence = fact.body, clause.sentence.number
                latest.member = fact.member
                if key not in kept or fact.withdrawn:
                    kept[key] = fact
                elif _signed(kept[key]) and _unratified(found):
                    kept[key] = replace(kept[key], member=False, signed_only=True)
    yield from kept.values()


def _asks(analysis: Analysis, clause: Clause) -> bool:
    """Whether the sentence of a clause is a question."""
    return analysis.words(clause.sentence.span).rstrip('”"’ ').endswith("?")


def _signed(fact: Membership) -> bool:
    return fact.member and fact.evidence.rule.startswith("memberships/signed")


def _unratified(found: Found) -> bool:
    verb = found.get("verb")
    return verb is not None and verb.lemma == "ratify" and verb.negated


def _facts(analysis: Analysis, found: Found, latest: _Latest) -> Iterator[Membership]:
    """What one match states, for each of its states."""
    clause, values = found.clause, found.rule.values
    if _doubtful(found):
        return
    states = _states(analysis, found)
    if states is None or (values.get("follows") and not _follows(found, latest)):
        return
    body, end = _body(analysis, found, latest)
    if body is None:
        return
    negated = states.negated or _negated(found)
    left = bool(values.get("left")) or _ceased(found)
    if left and negated and values.get("left"):
        return
    when = _date(analysis, found)
    if _ceased(found) and when is not None and _is_later(analysis, when):
        return
    signed = bool(values.get("signed")) and _without_ratifying(found)
    member = not (negated or left or signed)
    for key, is_member in (
        *((key, member) for key in states.keys),
        *((key, not member) for key in states.unlike),
    ):
        alike = is_member == member
        yield Membership(
            evidence=analysis.evidence(
                min(found.start, states.start), max(found.end, end), found.rule.name
            ),
            attribution=analysis.attribution(clause),
            state=analysis.entities[state_for(analysis, key)],
            body=body,
            member=is_member,
            withdrawn=left and alike,
            signed_only=signed and alike and not negated,
            date=when if alike and not negated else None,
        )


def _doubtful(found: Found) -> bool:
    """Whether what matched is only possible, planned, asked for or threatened."""
    verb = found.get("verb")
    if verb is not None and verb.modal and not (verb.negated and verb.modal == "will"):
        return True
    items = found.clause.items
    if found.rule.values.get("nominal"):
        return any(item.lemma in word_list("stating", "not_left") or item.modal for item in items)
    place = next((at for at, item in enumerate(items) if item.start >= found.start), 0)
    before = [item for item in items[max(0, place - 3) : place] if item.kind is ItemKind.WORD]
    inside = [item for item in items if found.start <= item.start < found.end]
    return any(item.lemma in _UNSURE for item in (*before, *inside) if item is not verb)


def _states(analysis: Analysis, found: Found) -> States | None:
    """Of which states: those that the rule names, or the subject of the clause."""
    clause, state = found.clause, found.get("state")
    items = clause.items
    if state is None:
        anchor = next(at for at, item in enumerate(items) if item.start >= found.start)
        return subject_before(analysis, clause, anchor)
    at = items.index(state)
    keys = tuple(key for key in state.keys if is_state(analysis, key))
    if not keys or (found.rule.values.get("beside") and _of_person(items, at)):
        return None
    status = found.get("status")
    if found.rule.values.get("beside") and (_states_it(found) or _passes_another(found, state)):
        return None
    if status is not None and status.lemma in _ONE and state.start < status.start:
        keys = keys[-1:]
    alike = beside(analysis, items[:at])[0] if found.rule.values.get("follows") else ()
    return States((*keys, *alike), min(state.start, found.start))


def _states_it(found: Found) -> bool:
    """Whether a verb stands between: another rule reads "unlike Peru, Chad is a member"."""
    inside = [item for item in found.clause.items if found.start <= item.start < found.end]
    words = {item.lemma for item in inside}
    return bool(words & word_list("words", "be")) and not words & {
        "which",
        "whom",
        "them",
        "neither",
        "both",
        "none",
        "that",
    }


def _passes_another(found: Found, state: Item) -> bool:
    """Whether another state stands between a state and "a member"."""
    inside = [item for item in found.clause.items if state.end <= item.start < found.end]
    return any(item.kind is ItemKind.STATE and not item.pronoun for item in inside)


def _of_person(items: tuple[Item, ...], at: int) -> bool:
    """Whether a state is where somebody is from: "Judge Mwangi of Kenya, a member of the court"."""
    return (
        at > 1
        and items[at - 1].lemma in ("of", "from")
        and items[at - 2].kind in (ItemKind.PERSON, ItemKind.GROUP)
    )


def _follows(found: Found, latest: _Latest) -> bool:
    """Whether "nor is Chad" and "Chad is" can go on with what was told last."""
    near = found.clause.sentence.number - latest.sentence <= 1
    return near and (not found.rule.values.get("negates") or not latest.member)


def _negated(found: Found) -> bool:
    """Whether the words that matched deny it."""
    if found.rule.values.get("negates"):
        return True
    verb, items = found.get("verb"), found.clause.items
    if verb is not None and verb.negated:
        return True
    first = next(at for at, item in enumerate(items) if item.start >= found.start)
    before = 2 if found.get("status") is not None else 0
    inside = [item for item in items[max(0, first - before) :] if item.start < found.end]
    return any(item.lemma in _NOT or item.negated for item in inside)


def _ceased(found: Found) -> bool:
    inside = [item for item in found.clause.items if found.start <= item.start < found.end]
    words = [item.lemma for item in inside]
    return "cease" in words or any(pair == ("no", "longer") for pair in pairwise(words))


def _is_later(analysis: Analysis, when: WrittenDate) -> bool:
    """Whether a time is after the day of the article."""
    published = analysis.text.article.published
    return when.edtf is not None and when.edtf > published.isoformat()


def _without_ratifying(found: Found) -> bool:
    """Whether "without ratifying", "but not ratified" follows a signature."""
    after = [item for item in found.clause.items if item.start >= found.end]
    return any(
        second.lemma in ("ratify", "ratified") and first.lemma in ("without", "never", "not")
        for first, second in pairwise(after)
    )


def _body(analysis: Analysis, found: Found, latest: _Latest) -> tuple[Entity | None, int]:
    """The court: named by the rule or after it, or the one spoken of; where its words end."""
    values, clause = found.rule.values, found.clause
    body, status = found.get("body"), found.get("status")
    if values.get("follows"):
        return latest.body, 0
    after = [item for item in clause.items if item.start >= found.end]
    if body is not None and body.keys:
        owned = [item.lemma for item in after[:1]] in (["'s"], ["'"])
        treaty = any(item.lemma in word_list("stating", "treaties") for item in after[:4])
        return (None if owned and not treaty else court_joined(analysis, body.keys[0])), 0
    if values.get("rome"):
        return court_of_treaty(analysis), 0
    near = clause.sentence.number - latest.sentence <= _NEAR
    if values.get("goes_on"):
        return (latest.body if near else None), 0
    context = latest.body if near else None
    context = context or court_spoken_of(analysis, clause)
    if status is None:
        return context, 0
    behind = [item for item in clause.items if item.start >= status.end]
    for item in (status, *behind[:1]):
        if item.of is not None:
            return court_joined(analysis, item.of), 0
    return court_after(analysis, behind, context)


def _date(analysis: Analysis, found: Found) -> WrittenDate | None:
    """When it became so: the time nearest to the verb, or behind "since"."""
    values = found.rule.values
    dates = [item for item in found.clause.dates if item.date is not None and item.date.edtf]
    if not values.get("dated"):
        words = analysis.text.doc
        dates = [
            item
            for item in dates
            if any(token.lower_ == "since" for token in words[max(0, item.start - 1) : item.end])
        ]
    near = sorted(dates, key=lambda item: abs(item.start - found.end))
    return near[0].date if near else None
