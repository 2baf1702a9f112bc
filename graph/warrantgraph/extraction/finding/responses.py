"""Finds how the accused, their side or their state answer accusations, instruments, courts.

Third parties who criticise a warrant answer nothing; nor does a court that rules on a challenge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Response, ResponseKind
from warrantgraph.extraction.finding.actors import is_asked, row_of, subject_in
from warrantgraph.extraction.finding.sides import Sides
from warrantgraph.extraction.finding.spoken_responses import find_spoken_responses
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Item
    from warrantgraph.sentences import Span

__all__ = ["find_responses"]

_WITHHELD = (
    *("bail", "visa", "visas", "access", "entry", "permission", "citizenship", "asylum", "leave"),
    *("request", "motion", "appeal", "petition", "parole", "admission", "opportunity", "right"),
)
_RULING = ("judge", "judges", "magistrate", "magistrates", "chamber", "panel", "justices")
_LAWYERS = ("lawyer", "lawyers", "attorney", "attorneys", "counsel", "barrister", "solicitor")
_ACCUSATIONS = ("accusation", "accusations", "allegation", "allegations", "criticism", "charges")
_LACKING = {"without", "no", "lack", "lacks", "lacked"}
_GROUND = {"merit", "basis", "foundation", "substance", "evidence", "truth"}
_NO = ("no", "lack", "lacks", "lacked", "not", "never")


def find_responses(analysis: Analysis) -> Iterator[Response]:
    """The answers that an article reports, one for each who answers in a sentence."""
    sides = Sides(analysis)
    seen: set[tuple[int, str]] = set()
    for clause in analysis.clauses:
        if is_asked(analysis, clause):
            continue
        for found in load_rules("responses").find(clause):
            answerer = _answerer(analysis, found)
            if answerer is None or not _fits(found, analysis) or _rules(analysis, found, answerer):
                continue
            if not _contests(sides, answerer, found):
                continue
            kind = _kind(analysis, found)
            if kind is None or _is_third_party(sides, answerer, found):
                continue
            for key in answerer.keys:
                if (clause.sentence.number, key) not in seen:
                    seen.add((clause.sentence.number, key))
                    yield _response(analysis, found, analysis.entities[key], answerer, kind)
    for spoken in find_spoken_responses(analysis, sides):
        place = analysis.sentence_of(analysis.text.token_at(spoken.evidence.span.start))
        if (place, spoken.by.key) not in seen:
            seen.add((place, spoken.by.key))
            yield spoken


def _answerer(analysis: Analysis, found: Found) -> Item | None:
    """The phrase for who answers; for a client or "he", the lawyer who says that he does."""
    named = found.get("by")
    if named is not None:
        return named
    if found.rule.values.get("by") != "speaker":
        subject = subject_in(analysis, found.clause, found["verb"])
        silent = subject is None or subject.pronoun or subject.lemma == "client"
        if not silent or not found.clause.speakers:
            return subject
    if not found.clause.speakers:
        return None
    key = found.clause.speakers[-1]
    items = row_of(analysis, found.clause).items
    return next((item for item in items if key in item.keys), None)


def _fits(found: Found, analysis: Analysis) -> bool:
    """Whether what a rule asks beyond its patterns holds."""
    rest = [item for item in found.clause.items if item.start >= found.start]
    verb = found.get("verb")
    if (
        verb is not None
        and verb.voice is Voice.PAST
        and [item.lemma for item in rest[1:2]] == ["by"]
    ):
        return False
    whole = found.clause.items if found.rule.values.get("by") == "speaker" else rest
    answered = any(_is_contested(item) or _is_measure(item) for item in whole)
    if found.rule.values.get("about_words") and not answered:
        return False
    if found.rule.values.get("near") and not _is_near(found, analysis):
        return False
    if found.rule.values.get("no_word"):
        words = {item.lemma for item in whole} | {"not" for item in whole if item.negated}
        return bool(words & set(_NO))
    if found.rule.name == "responses/denies":
        return not any(item.lemma in _WITHHELD for item in rest[:4])
    return True


def _is_near(found: Found, analysis: Analysis) -> bool:
    """Whether the sentence, or the one before, names something that may be answered."""
    number = found.clause.sentence.number
    return any(
        _is_contested(item) or _is_measure(item)
        for row in analysis.rows[max(number - 2, 0) : number]
        for item in row.items
    )


def _is_contested(item: Item) -> bool:
    return item.kind is ItemKind.INSTRUMENT or item.lemma in word_list("words", "contested")


def _is_measure(item: Item) -> bool:
    return item.lemma in word_list("words", "measures")


def _contests(sides: Sides, answerer: Item, found: Found) -> bool:
    """Whether what is answered is an accusation, or a step against the side that answers."""
    if not found.rule.values.get("about_words"):
        return True
    by_speaker = found.rule.values.get("by") == "speaker"
    items = [item for item in found.clause.items if by_speaker or item.start >= found.start]
    judged = {item.lemma for item in items} & word_list("words", "untrue")
    defends = answerer.lemma in _LAWYERS or bool(judged)
    return defends or any(map(_is_contested, items)) or sides.has(answerer.keys, answerer.of)


def _rules(analysis: Analysis, found: Found, answerer: Item) -> bool:
    """Whether a court or a judge decides here instead of answering."""
    court = answerer.kind is ItemKind.COURT or answerer.lemma in _RULING
    if not court or found.rule.values["kind"] == "non-answer":
        return False
    rest = [item for item in found.clause.items if item.start >= found.start]
    answered = any(item.lemma in _ACCUSATIONS and not item.keys for item in rest)
    return not answered or found["verb"].lemma == "dismiss" if found.get("verb") else True


def _kind(analysis: Analysis, found: Found) -> ResponseKind | None:
    """How it is answered: what is called untrue is denied; None where nothing is judged."""
    kind = ResponseKind(found.rule.values["kind"])
    if kind is not ResponseKind.CHARACTERIZATION:
        return kind
    words = _words_after(analysis, found)
    if words & {"not", "n't", "n’t", "never"}:
        return None
    if words & word_list("words", "untrue") or (words & _LACKING and words & _GROUND):
        return ResponseKind.DENIAL
    if found.rule.values.get("judged") and not words & word_list("words", "unfit"):
        return None
    return kind


def _words_after(analysis: Analysis, found: Found) -> set[str]:
    doc = analysis.text.doc
    return {doc[at].lower_ for at in range(found.start, found.clause.end)}


def _is_third_party(sides: Sides, answerer: Item, found: Found) -> bool:
    """Whether somebody answers for whom nobody wanted stands."""
    if found.rule.values["kind"] == "non-answer" or found.rule.name in _OWN_POWER:
        return False
    return sides.is_third_party(answerer.keys, answerer.of)


_OWN_POWER = ("responses/no-jurisdiction", "responses/rejects", "responses/denies")
"""Rules for what somebody says of itself: its own power, its own deeds."""


def _response(
    analysis: Analysis, found: Found, by: Entity, answerer: Item, kind: ResponseKind
) -> Response:
    start = min(found.start, answerer.start)
    end = max(found.clause.end, answerer.end)
    return Response(
        evidence=analysis.evidence(start, end, found.rule.name),
        attribution=analysis.attribution(found.clause),
        by=by,
        kind=kind,
        of=_of(analysis, found),
        quoted=_quoted(analysis, start, end),
    )


def _of(analysis: Analysis, found: Found) -> Span | None:
    """The stretch that names what is answered."""
    items = [item for item in found.clause.items if item.start >= found.start]
    for item in items if found.rule.values.get("by") != "speaker" else found.clause.items:
        if _is_contested(item) or _is_measure(item):
            return analysis.text.span(item.start, item.end)
    rest = [item for item in items if item.start >= found.end]
    return analysis.text.span(rest[0].start, rest[-1].end) if rest else None


def _quoted(analysis: Analysis, start: int, end: int) -> Span | None:
    """The direct speech in the evidence."""
    for at in range(start, end):
        quotation = analysis.text.quotation_at(at)
        if quotation is not None:
            return quotation.inner
    return None
