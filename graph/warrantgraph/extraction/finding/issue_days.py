"""The day on which an instrument was issued, where a clause tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import WrittenDate
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["issue_day"]

_FAR = 99


def issue_day(analysis: Analysis, found: Found, state: str) -> WrittenDate | None:
    """The time that stands by the verb of issuing, before any crimes.

    Where an instrument was withdrawn or executed, only a time behind "issued" is one of issue.
    """
    clause = found.clause
    anchor = found.get("verb") or found.get("instrument") or found.get("subject")
    verb = None
    if state not in ("issued",):
        verb = _issuing(clause, found.get("instrument"))
        if verb is None:
            return None
        anchor = verb
    place = anchor.start if anchor is not None else found.start
    crimes = [item.start for item in clause.items if item.kind is ItemKind.CRIME]
    first = min([start for start in crimes if start > place], default=clause.end + _FAR)
    best: tuple[int, WrittenDate] | None = None
    for item in clause.dates:
        if item.date is None or item.date.edtf is None or item.start > first:
            continue
        if verb is not None and item.start < verb.start:
            continue
        if "/" in item.date.edtf or _of_something_else(analysis, found, item, place):
            continue
        near = abs(item.start - place)
        if best is None or near < best[0]:
            best = (near, item.date)
    return best[1] if best else None


def _issuing(clause: Clause, instrument: Item | None) -> Item | None:
    """The verb of issuing behind an instrument: "the warrant it had issued in March"."""
    verbs = word_list("stating", "issuing")
    return next(
        (
            item
            for item in clause.items
            if item.kind is ItemKind.VERB
            and item.lemma in verbs
            and (instrument is None or item.start > instrument.start)
        ),
        None,
    )


def _of_something_else(analysis: Analysis, found: Found, date: Item, place: int) -> bool:
    """Whether a time belongs to another verb or noun: "the October 7 attacks"."""
    clause = found.clause
    before = analysis.text.doc[date.start - 1].lower_ if date.start else ""
    after = analysis.text.doc[date.end].lower_ if date.end < len(analysis.text.doc) else ""
    if before in ("the", "a", "an", "'s", "’s") and after not in word_list("stating", "links"):
        return True
    if analysis.text.doc[date.start].lower_ in ("since", "until", "from", "by", "during"):
        return clause.items[0].lemma not in ("since",) and found.rule.values.get("since") is None
    low, high = sorted((place, date.start))
    verbs = word_list("stating", "issuing")
    return any(
        item.kind is ItemKind.VERB and low < item.start < high and item.lemma not in verbs
        for item in clause.items
    )
