"""Finds who does what a verb says, over asides, lists of verbs and participles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice, lemma_at

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["begins_clause", "is_agent", "owner_of", "passed_over", "subject_of"]

_FINITE = (Voice.ACTIVE, Voice.PAST)
_ENDS = (";", ":", "but", "while", "whereas", "although", "though", "that", "–", "—", "--", "-")
_CLOSE = (",", "”", '"', "’", "'", "»")
_SOME = ("one", "two", "some", "many", "several", "most", "all", "both")
_FARTHEST = 120
"""Items between a verb and its subject at most."""
_RELATIVE = ("who", "which")


def subject_of(items: Sequence[Item], at: int) -> Item | None:
    """Who does what the verb at a place says; None where that cannot be told."""
    if items[at].voice is Voice.GERUND:
        return _subject_of_gerund(items, at)
    now = _back(items, at - 1)
    for _ in range(4):
        if now < 0:
            return None
        if lemma_at(items, now) in _RELATIVE:
            return _antecedent(items, now)
        if lemma_at(items, now) in ("and", "then") and now:
            return _shared(items, now)
        if lemma_at(items, now) != ",":
            return _in_segment(items, now)
        comma = _comma_before(items, now)
        if comma is None:
            return None
        now = _back(items, comma - 1)
    return None


def _back(items: Sequence[Item], now: int) -> int:
    while now >= 0 and passed_over(items[now]):
        now -= 1
    return now


def _comma_before(items: Sequence[Item], comma: int) -> int | None:
    """Where the aside begins that a comma ends."""
    for now in range(comma - 1, max(comma - _FARTHEST, -1), -1):
        if items[now].kind is ItemKind.QUOTE or lemma_at(items, now) in (";", ":"):
            return None
        if lemma_at(items, now) == ",":
            return now
    return None


def _antecedent(items: Sequence[Item], at: int) -> Item | None:
    """Whom "who" or "which" means: not the town in "of a group in the town, who said"."""
    now = at - 1 - (lemma_at(items, at - 1) == ",")
    if _relates_to(items, at) and now >= 2 and items[now].kind is not ItemKind.PERSON:
        while now >= 2 and lemma_at(items, now - 1) in ("in", "of", "from", "at"):
            now -= 2
    return items[now] if now >= 0 and is_agent(items[now]) else None


def _relates_to(items: Sequence[Item], at: int) -> bool:
    """Whether "who" stands here, which means people."""
    return lemma_at(items, at) == "who"


def _shared(items: Sequence[Item], at: int) -> Item | None:
    """The subject of the verb before "and", which the verb after it shares."""
    for now in range(at - 1, max(at - _FARTHEST, -1), -1):
        item = items[now]
        if lemma_at(items, now) in (";", ":"):
            return None
        if lemma_at(items, now - 1) in ("and", "then"):
            continue  # it shares the subject itself
        finite = item.kind is ItemKind.VERB and item.voice in (*_FINITE, Voice.PASSIVE)
        if finite or (item.kind is ItemKind.WORD and item.lemma in word_list("words", "be")):
            found = subject_of(items, now)
            if found is not None:
                return found
    return None


def _subject_of_gerund(items: Sequence[Item], at: int) -> Item | None:
    """ "..., saying": the subject of the sentence; "X as saying": X."""
    if lemma_at(items, at - 1) == "as":
        for now in range(at - 2, max(at - 8, -1), -1):
            if items[now].kind is ItemKind.VERB and items[now].lemma in ("quote", "cite"):
                if items[now].voice is Voice.PASSIVE:
                    return subject_of(items, now)
                return next((each for each in items[now + 1 : at] if is_agent(each)), None)
    tag = at - 2 if lemma_at(items, at - 1) == "," else -1
    while tag > 0 and passed_over(items[tag]):
        tag -= 1
    for now in (tag, tag - 1):
        speech = now > 0 and items[now].lemma in word_list("words", "speech")
        if speech and items[now].voice in _FINITE:
            return _inverted_subject(items, now) or subject_of(items, now)
    for now in range(max(at - _FARTHEST, 0), at):
        item = items[now]
        finite = item.kind is ItemKind.VERB and item.voice in (*_FINITE, Voice.PASSIVE)
        if finite or (item.kind is ItemKind.WORD and item.lemma in word_list("words", "be")):
            found = _inverted_subject(items, now) or subject_of(items, now)
            if found is not None:
                return found
    free = (now for now in range(max(at - _FARTHEST, 0), at) if is_agent(items[now]))
    return next((items[now] for now in free if not _after_preposition(items, now, -1)), None)


def _inverted_subject(items: Sequence[Item], at: int) -> Item | None:
    """Who speaks in a tag whose verb stands first: "...," said X."""
    speech = items[at].lemma in word_list("words", "speech")
    free = at > 0 and (items[at - 1].kind is ItemKind.QUOTE or lemma_at(items, at - 1) in _CLOSE)
    after = items[at + 1] if at + 1 < len(items) else None
    return after if speech and free and after is not None and is_agent(after) else None


def _in_segment(items: Sequence[Item], last: int) -> Item | None:
    """The subject among the items up to a place, back to where the clause begins."""
    first = last
    while first >= max(last - _FARTHEST, 0) and not begins_clause(items[first]):
        first -= 1
    segment = range(first + 1, last + 1)
    agents = [now for now in segment if is_agent(items[now])]
    free = [now for now in agents if not _after_preposition(items, now, first)]
    owned = [
        now
        for now in free
        if lemma_at(items, now + 1) not in word_list("words", "possessive_marks")
    ]
    documents = [now for now in segment if lemma_at(items, now) in word_list("words", "documents")]
    if owned and not (documents and documents[0] < owned[0]):
        chosen = owned[0] if items[owned[0]].kind is not ItemKind.PLACE else owned[-1]
        return _whole(items, chosen)
    if documents:
        return owner_of(items, documents[0], len(items))
    return None


def _whole(items: Sequence[Item], at: int) -> Item:
    """A person named before a row of appositions: "Doe, son of the late judge, Jane Roe, said"."""
    item, before = items[at], at - 2
    if item.kind is ItemKind.PERSON and lemma_at(items, at - 1) == "," and before >= 0:
        name = items[before]
        if name.kind is ItemKind.PERSON and not item.definite and not name.roles:
            return name
    return item


def begins_clause(item: Item) -> bool:
    """Whether no subject is looked for beyond an item: a verb, a comma, "that"."""
    return (
        item.kind in (ItemKind.VERB, ItemKind.QUOTE)
        or item.lemma in _ENDS
        or item.lemma == ","
        or item.lemma in _RELATIVE
    )


def _after_preposition(items: Sequence[Item], at: int, first: int) -> bool:
    now = at - 1
    while now > first and items[now].kind is ItemKind.WORD and lemma_at(items, now) in ("the", "a"):
        now -= 1
    if lemma_at(items, now) == "of" and lemma_at(items, now - 1) in _SOME:
        return False
    return now > first and lemma_at(items, now) in word_list("words", "prepositions")


def owner_of(items: Sequence[Item], at: int, end: int) -> Item | None:
    """Whose letter, statement or report it is: "its statement", "a letter from X"."""
    before = at - 1
    while (
        before >= 0
        and items[before].kind is ItemKind.WORD
        and lemma_at(items, before)
        in (
            "'s",
            "'",
            "own",
            "joint",
            "written",
            "press",
            "latest",
            "new",
            "public",
        )
    ):
        before -= 1
    if before >= 0 and is_agent(items[before]):
        return items[before]
    for now in range(at + 1, min(at + 5, end)):
        if is_agent(items[now]) and lemma_at(items, now - 1) in ("from", "by", "of"):
            return items[now]
        if items[now].kind is ItemKind.VERB and items[now].lemma not in ("publish", "issue"):
            return None
    return None


def is_agent(item: Item) -> bool:
    """Whether an item is somebody who can act, and known who."""
    return item.kind in AGENTS and bool(item.keys)


def passed_over(item: Item) -> bool:
    """Whether an item is a time or an adverb, which part nothing."""
    return item.kind is ItemKind.DATE or (
        item.kind is ItemKind.WORD and item.lemma in word_list("words", "adverbs")
    )
