"""The alleged crimes that a clause tells of an instrument's subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import StatedCrime
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind
from warrantgraph.extraction.phrases.crimes import read_crimes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warrantgraph.extraction.finding.sightings import Sighting
    from warrantgraph.extraction.phrases import Analysis

__all__ = ["crimes_told", "settle_crimes"]

_STOPS = word_list("stating", "ends_of_crimes")
_INTRODUCERS = (("charges", "of"), ("charge", "of"), ("suspicion", "of"), ("crime", "of"))
_ENDS = word_list("stating", "ends_of_wording")
_SOON = 4
"""Words between "charged him" and "with": "charged him this week with"."""
_LONGEST_WORDING = 7
_ROME = ("war crime", "crime against humanity", "genocide")
_SORTS = {
    "financial crime": ("tax", "asset", "assets", "fund", "funds", "bank", "bribes", "money"),
    "terrorism": ("terrorist", "terror", "terrorists"),
    "espionage": ("spy", "intelligence"),
}


def crimes_told(analysis: Analysis, sighting: Sighting) -> list[StatedCrime]:
    """The crimes that stand in and behind a clause that speaks of an instrument."""
    words = analysis.text.lower
    start, end = sighting.tail, _end(analysis, sighting, words)
    found = read_crimes(words, start, end) if start < end else []
    crimes = [
        StatedCrime(
            each.category,
            analysis.words(analysis.text.span(each.start, each.end)) if each.specific else None,
            each.concept,
            analysis.text.span(each.start, each.end),
        )
        for each in found
    ]
    if not crimes:
        crimes = _in_other_words(analysis, words, sighting, end)
    return crimes + _before(sighting)


def _before(sighting: Sighting) -> list[StatedCrime]:
    """The category in "a war crimes warrant"."""
    items = sighting.clause.items
    if sighting.instrument not in items:
        return []
    at = items.index(sighting.instrument)
    crime = items[at - 1] if at else None
    return list(crime.crimes) if crime is not None and crime.kind is ItemKind.CRIME else []


def _end(analysis: Analysis, sighting: Sighting, words: Sequence[str]) -> int:
    """Where the clause stops telling of this subject: another person, another instrument."""
    sentence = sighting.clause.sentence
    others = {
        item.start
        for row in analysis.rows
        if row.sentence is sentence
        for item in row.items
        if item.start >= sighting.tail
        and (
            (
                item.kind is ItemKind.PERSON
                and not item.pronoun
                and item.plural is False
                and not set(item.keys) & set(sighting.subjects)
                and any(analysis.entities[key].named for key in item.keys)
            )
            or (item.kind is ItemKind.INSTRUMENT and item.lemma != "charges")
        )
    }
    for token in range(sighting.tail, sentence.end):
        if token in others or words[token] in _STOPS:
            return token
    return sentence.end


def _in_other_words(
    analysis: Analysis, words: Sequence[str], sighting: Sighting, end: int
) -> list[StatedCrime]:
    """A crime that no list has, after words that introduce one: "charged with ..."."""
    begin = _wording_starts(words, sighting, end)
    if begin is None:
        return []
    if words[begin] in ("the", "a", "an"):
        begin += 1
    last = begin
    while last < min(end, begin + _LONGEST_WORDING) and words[last] not in _ENDS:
        last += 1
    if last == begin or words[begin] in ("his", "her", "it", "them", "counts", "charges"):
        return []
    span = analysis.text.span(begin, last)
    return [StatedCrime(_sort(words[begin:last]), analysis.words(span), None, span)]


def _wording_starts(words: Sequence[str], sighting: Sighting, end: int) -> int | None:
    """The first word of a crime behind "charged with", "on suspicion of" and the like."""
    tail = sighting.tail
    if sighting.rule.endswith("/crimes-of") and words[tail - 1] in ("of", "with"):
        formal = {"suspected", "charged", "wanted"} & set(words[max(0, tail - 5) : tail])
        return tail if tail < end and formal else None
    for at in range(max(tail - 1, 0), end):
        after_verb = words[at] in ("with", "of") and words[at - 1] in ("charged", "accused")
        soon = at < tail + _SOON and words[at] in ("with", "for")
        if after_verb or (sighting.rule.endswith("/charged") and soon):
            return at + 1 if at + 1 < end else None
        if (words[at], words[at + 1] if at + 1 < end else "") in _INTRODUCERS:
            return at + 2 if at + 2 < end else None
    return None


def _sort(words: Sequence[str]) -> str:
    for category, signs in _SORTS.items():
        if set(words) & set(signs):
            return category
    return "other"


def settle_crimes(crimes: Iterable[StatedCrime]) -> tuple[StatedCrime, ...]:
    """Each crime once; a category alone only where nothing more is told of it."""
    kept: dict[tuple[str, str], StatedCrime] = {}
    for crime in crimes:
        kept.setdefault((crime.category, (crime.wording or "").casefold()), crime)
    specific = {category for category, wording in kept if wording}
    told = {wording for category, wording in kept if wording and category in _ROME}
    return tuple(
        crime
        for (category, wording), crime in kept.items()
        if (wording or category not in specific or category == "genocide")
        and not (category not in _ROME and wording in told)
    )
