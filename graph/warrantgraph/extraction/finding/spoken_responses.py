"""Finds answers that stand in direct speech: "We reject these allegations," the minister said."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Attribution, Response, ResponseKind
from warrantgraph.extraction.finding.statements import find_statements
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import Entity, Statement
    from warrantgraph.extraction.finding.sides import Sides
    from warrantgraph.extraction.phrases import Analysis

__all__ = ["find_spoken_responses"]

_LONGEST_WAY = 90
"""Characters between what is answered and what it is called."""


def find_spoken_responses(analysis: Analysis, sides: Sides) -> Iterator[Response]:
    """The answers in direct speech, one for each quotation."""
    rule = load_rules("responses").rules["in-speech"].name
    labelled: set[str] = set()
    for statement in find_statements(analysis):
        speaker = statement.attribution.speaker
        if speaker is None or sides.is_third_party([speaker.key]):
            continue
        kind = _answers(analysis.words(statement.quoted))
        may_label = sides.has([speaker.key]) and speaker.key not in labelled
        if kind is None and may_label and _labels(analysis, statement):
            kind = ResponseKind.CHARACTERIZATION
            labelled.add(speaker.key)
        if kind is not None:
            span = statement.evidence.span
            start, end = analysis.text.token_at(span.start), analysis.text.token_at(span.end)
            yield Response(
                evidence=analysis.evidence(start, end, rule),
                attribution=Attribution(speaker, statement.attribution.reporter),
                by=_who(analysis, statement) or speaker,
                kind=kind,
                quoted=statement.quoted,
            )


def _who(analysis: Analysis, statement: Statement) -> Entity | None:
    """Who denies by name in what another says for it: "Uganda rejects ...," its ministry said."""
    found = _denies().search(analysis.words(statement.quoted))
    start = statement.quoted.start + found.start() if found else -1
    return next(
        (
            entity
            for entity in analysis.entities.values()
            if any(span.start == start for span in entity.mentions)
        ),
        None,
    )


def _answers(words: str) -> ResponseKind | None:
    """How speech answers an accusation, if it does."""
    if _silent().search(words):
        return ResponseKind.NON_ANSWER
    if _innocent().search(words) or _denies().search(words):
        return ResponseKind.DENIAL
    judged = _judges().search(words)
    if judged is None or re.search(r"\b(not|never|no)\b|n['’]t\b", judged[0]):
        return None
    untrue = judged[2].casefold() in word_list("words", "untrue")
    return ResponseKind.DENIAL if untrue else ResponseKind.CHARACTERIZATION


def _labels(analysis: Analysis, statement: Statement) -> bool:
    """Whether speech only names what the sentences before told: "This is propaganda"."""
    words = analysis.words(statement.quoted)
    if not re.match(r"(this|that|it)\s+(is|was)\s+(?!not\b|no\b)", words, re.IGNORECASE):
        return False
    first = re.split(r"[.!?;]", words)[0].casefold()
    return bool(set(re.findall(r"[\w-]+", first)) & word_list("words", "unfit"))


def _any(*names: str) -> str:
    words = sorted(set[str]().union(*(word_list("words", name) for name in names)))
    return "|".join(re.escape(word) for word in words)


@cache
def _silent() -> re.Pattern[str]:
    return re.compile(
        r"\b(nothing to (add|say)|no comment|(do not|don['’]t|will not|won['’]t|cannot|can['’]t)"
        r" comment|not going to comment)\b",
        re.IGNORECASE,
    )


@cache
def _innocent() -> re.Pattern[str]:
    return re.compile(
        r"\b(i am|i['’]m|we are|we['’]re|my client is|he is|she is)( \w+)? innocent\b"
        r"|\b(i am|i['’]m|we are|my client is) not guilty\b"
        r"|\b(i|we|my client|he|she) (did|have done|has done|had done) nothing (wrong|illegal)\b",
        re.IGNORECASE,
    )


@cache
def _denies() -> re.Pattern[str]:
    return re.compile(
        r"\b(i|we|our \w+|my client|[A-Z]\w+)( \w+){0,3}? (deny|denies|reject|rejects|refute"
        rf"|refutes|dispute|disputes)\b[^.!?]{{0,{_LONGEST_WAY}}}?\b({_any('contested')})\b",
        re.IGNORECASE,
    )


@cache
def _judges() -> re.Pattern[str]:
    return re.compile(
        rf"\b({_any('contested')})\b[^.!?]{{0,{_LONGEST_WAY}}}?\b(?:is|are|was|were)\b"
        rf"[^.!?]{{0,{_LONGEST_WAY}}}?\b({_any('untrue', 'unfit')})\b",
        re.IGNORECASE,
    )
