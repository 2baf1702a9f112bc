"""Tells who does what a verb in a clause says, read in the whole sentence."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, Voice, lemma_at
from warrantgraph.extraction.phrases.subjects import passed_over, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.phrases import Analysis, Clause, Item, Row

__all__ = ["is_asked", "row_of", "subject_in"]

_JOINS = (",", "and", "or", "while", "as", "by", "(", "–", "—", "-")
_NOBODY = ("nobody", "none", "neither", "nor", "no", "few")


def row_of(analysis: Analysis, clause: Clause) -> Row:
    """The sentence that a clause stands in, with all its items."""
    number = clause.sentence.number
    return analysis.rows[bisect_left(analysis.rows, number, key=lambda row: row.sentence.number)]


def subject_in(analysis: Analysis, clause: Clause, verb: Item) -> Item | None:
    """The subject of a verb of a clause; None where that cannot be told, or is "nobody"."""
    items = row_of(analysis, clause).items
    at = bisect_left(items, verb.start, key=lambda item: item.start)
    if at >= len(items) or items[at].start != verb.start or not _stands_free(items, at):
        return None
    subject = subject_of(items, at)
    if subject is None:
        before = [item for item in clause.items if item.end <= verb.start]
        subject = next((item for item in before if item.kind in AGENTS and item.keys), None)
    if subject is None or _is_nobody(analysis, subject):
        return None
    return subject


def _stands_free(items: Sequence[Item], at: int) -> bool:
    """Whether a participle goes with the subject: not in "stop accusing", "without accusing"."""
    if items[at].voice is not Voice.GERUND:
        return True
    now = at - 1
    while now > 0 and passed_over(items[now]):
        now -= 1
    before = lemma_at(items, now)
    if any(lemma_at(items, each) == "without" for each in range(max(now - 3, 0), now + 1)):
        return False
    return before in _JOINS or before in word_list("words", "documents")


def _is_nobody(analysis: Analysis, item: Item) -> bool:
    """Whether "no", "neither" stand before or in a phrase."""
    doc = analysis.text.doc
    words = [doc[at].lower_ for at in range(max(item.start - 1, 0), min(item.start + 1, len(doc)))]
    return any(word in _NOBODY for word in words) or item.lemma in word_list("words", "negations")


def is_asked(analysis: Analysis, clause: Clause) -> bool:
    """Whether a clause is a condition or stands in a question: it states nothing."""
    sentence = analysis.words(clause.sentence.span).rstrip("\"'”’» ")
    condition = clause.items[0].lemma in word_list("words", "conditions")
    return clause.conditional or condition or sentence.endswith("?")
