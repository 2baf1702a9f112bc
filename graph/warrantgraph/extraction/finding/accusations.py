"""Finds who accuses whom of what.

The article's own voice accuses nobody: a rule that takes the speaker of a clause for the accuser
finds nothing where nobody speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Accusation, EntityKind
from warrantgraph.extraction.finding.actors import is_asked, subject_in
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity, StatedCrime
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Item
    from warrantgraph.sentences import Span

__all__ = ["find_accusations"]

_DOUBTS = {"nobody", "none", "doubt", "who", "suggestion", "claims", "rumours", "rumors"}
_FINDING = ("find", "determine", "conclude")
_NOT_SO = ("falsely", "wrongly", "wrongfully", "unjustly", "baselessly")
_LINKS = ("of", "for", "in", "that")


def find_accusations(analysis: Analysis) -> Iterator[Accusation]:
    """The accusations that an article reports, one for each accuser and accused in a sentence."""
    seen: set[tuple[int, str | None, str]] = set()
    for clause in analysis.clauses:
        if is_asked(analysis, clause):
            continue
        taken: set[int] = set()
        for found in load_rules("accusations").find(clause):
            accused, verb = _accused(analysis, found), found.get("verb")
            if accused is None:
                continue
            places = {accused.start} if verb is None else {accused.start, verb.start}
            if places & taken or not _fits(analysis, found):
                continue
            accuser, known = _accuser(analysis, found)
            if not known:
                continue
            taken |= places
            for key in accused.keys:
                pair = (clause.sentence.number, accuser.key if accuser else None, key)
                if pair not in seen and _is_accused(analysis, accuser, accused, key):
                    seen.add(pair)
                    yield _accusation(analysis, found, accuser, analysis.entities[key])


def _accused(analysis: Analysis, found: Found) -> Item | None:
    """Whom an accusation meets; in a passive that names no accuser the subject of the verb."""
    if found.rule.values.get("by") == "nobody":
        return subject_in(analysis, found.clause, found["verb"])
    return found["accused"]


def _accuser(analysis: Analysis, found: Found) -> tuple[Entity | None, bool]:
    """Who accuses, and whether that is as the rule needs it: some accuse without an accuser."""
    by = found.rule.values.get("by")
    named = found.get("accuser")
    if by == "speaker":
        speakers = found.clause.speakers
        return (analysis.entities[speakers[-1]], True) if speakers else (None, False)
    if by == "subject":
        subject = subject_in(analysis, found.clause, found["verb"])
        return (_court_of(analysis, subject), True) if subject else (None, False)
    return (analysis.entities[named.keys[0]] if named else None), True


def _court_of(analysis: Analysis, subject: Item) -> Entity:
    """Who a subject is; a court's judges are the court."""
    owner = analysis.entities.get(subject.of or "")
    if subject.lemma == "judges" and owner is not None and owner.kind is EntityKind.COURT:
        return owner
    return analysis.entities[subject.keys[0]]


def _fits(analysis: Analysis, found: Found) -> bool:
    """Whether what a rule asks beyond its patterns holds."""
    after = found.rule.values.get("after")
    if after and found.clause.verb not in after:
        return False
    words = [analysis.text.doc[at].lower_ for at in range(max(found.start - 2, 0), found.end)]
    if any(word in _NOT_SO for word in words):
        return False
    if found.rule.values.get("by") == "speaker" and _is_doubted(found):
        return False
    if found.rule.values.get("wrong_subject") and not _is_inquiry(analysis, found):
        return False
    return not found.rule.values.get("wrong") or (_tells_wrong(found) and not _modifies(found))


def _is_doubted(found: Found) -> bool:
    """Whether what is said is embedded in a negation or a question: "nobody had shown that"."""
    before = [item for item in found.clause.items if item.start < found["accused"].start]
    doubts = word_list("words", "negations") | word_list("words", "conditions") | _DOUBTS
    return any(item.negated or item.lemma in doubts for item in before)


def _is_inquiry(analysis: Analysis, found: Found) -> bool:
    """Whether a report, an indictment or a prosecutor is the subject."""
    subject = subject_in(analysis, found.clause, found["verb"])
    before = [item.lemma for item in found.clause.items if item.start < found["verb"].start]
    documents = set(before) & (word_list("words", "documents") | {"prosecutor", "prosecutors"})
    return bool(documents) or (subject is not None and subject.kind is ItemKind.COURT)


def _modifies(found: Found) -> bool:
    """Whether a bare participle tells of which crimes: "prosecute war crimes committed there"."""
    verb, accused = found.get("verb"), found["accused"]
    if verb is None or verb.voice is not Voice.PAST or accused.start > verb.start:
        return False
    between = [item for item in found.clause.items if accused.end <= item.start < verb.start]
    wrongs = word_list("words", "wrongs")
    return any(
        item.kind in (ItemKind.CRIME, ItemKind.VERB) or item.lemma in wrongs for item in between
    )


def _tells_wrong(found: Found) -> bool:
    """Whether a word for a crime follows, or stands before a passive."""
    wrongs = word_list("words", "wrongs")
    return any(
        item.kind in (ItemKind.CRIME, ItemKind.QUOTE) or item.lemma in wrongs
        for item in found.clause.items
        if item.start >= found.start or found.rule.values.get("by") == "speaker"
    )


def _is_accused(analysis: Analysis, accuser: Entity | None, item: Item, key: str) -> bool:
    """Whether somebody can be told whom an accusation meets; nobody accuses himself."""
    entity = analysis.entities[key]
    if accuser is not None and accuser.key == key:
        return False
    some = entity.kind is EntityKind.PERSON and not entity.named
    return not (some and (not item.definite or len(item.keys) > 1))


def _accusation(
    analysis: Analysis, found: Found, accuser: Entity | None, accused: Entity
) -> Accusation:
    what, crimes = _what(analysis, found)
    verb = found.get("verb")
    finding = bool(found.rule.values.get("finding")) or found.clause.verb in _FINDING
    start, end = found.start, found.end
    if what is not None:
        end = max(end, analysis.text.token_at(what.end))
    subject = (
        subject_in(analysis, found.clause, verb)
        if verb is not None and found.rule.values.get("by") in ("subject", "nobody")
        else None
    )
    if subject is not None and subject.start < start:
        start = subject.start
    return Accusation(
        evidence=analysis.evidence(start, end, found.rule.name),
        attribution=analysis.attribution(found.clause),
        accuser=accuser,
        accused=accused,
        what=what,
        crimes=crimes,
        finding=finding,
    )


def _what(analysis: Analysis, found: Found) -> tuple[Span | None, tuple[StatedCrime, ...]]:
    """The stretch that says of what: after "of", or what the accused is said to have done."""
    accused = found.get("accused") or found["verb"]
    rest = [item for item in found.clause.items if item.start >= accused.end]
    if accused.start > found.start and found.rule.values.get("by") == "speaker":
        rest = [item for item in found.clause.items if item.end <= accused.start]
    if found.rule.values.get("by") != "speaker":
        rest = _after_link(rest)
    if not rest:
        return None, ()
    crimes = tuple(crime for item in rest for crime in item.crimes)
    return analysis.text.span(rest[0].start, rest[-1].end), crimes


def _after_link(items: list[Item]) -> list[Item]:
    for at, item in enumerate(items[:4]):
        if item.lemma in _LINKS:
            return items[at + 1 :]
    return []
