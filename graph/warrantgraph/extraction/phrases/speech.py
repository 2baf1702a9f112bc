"""Finds who speaks in a sentence: "the ministry said", "said X", "according to X", "its letter read".

A `Frame` is a verb of speech with its speaker. Rules for statements look for the frame that a
quotation belongs to; attribution takes frames off clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Frame", "find_frames", "is_speech", "subject_of"]

_FINITE = (Voice.ACTIVE, Voice.PAST)
_ENDS = (";", ":", "but", "while", "whereas", "although", "though", "that", "–", "—", "--", "-")
_RELATIVE = ("who", "which")
_PAIRS = {("put", "it"), ("puts", "it"), ("went", "on"), ("goes", "on")}
_CLOSE = (",", "”", '"', "’", "'", "»", ")")
_LONGEST_OBJECT = 6


@dataclass(frozen=True)
class Frame:
    """A verb of speech and who speaks.

    `start` and `end` are places in the row of items, subject and verb included; `reporter` is the
    medium that the speaker told it, or that quotes the speaker. `inverted` marks "said X".
    """

    keys: tuple[str, ...]
    verb: str
    start: int
    at: int
    end: int
    reporter: str | None = None
    inverted: bool = False


def is_speech(item: Item, words: str = "speech") -> bool:
    """Whether an item is a verb that hands on what somebody says; `words` names the list."""
    return (
        item.kind is ItemKind.VERB
        and item.lemma in word_list("words", words)
        and item.voice in (*_FINITE, Voice.GERUND)
        and not item.negated
        and item.modal in (None, "will", "would")
    )


def find_frames(items: Sequence[Item], words: str = "quoting") -> list[Frame]:
    """The frames of a sentence, in order of their verbs."""
    frames: list[Frame] = []
    for at, item in enumerate(items):
        pair = _lemma(items, at), _lemma(items, at + 1)
        if is_speech(item, words) or pair in _PAIRS or item.lemma in ("read", "reads"):
            frame = _inverted(items, at) or _upright(items, at)
            if frame is not None:
                frames.append(frame)
        elif pair == ("according", "to"):
            frame = _according(items, at)
            if frame is not None:
                frames.append(frame)
    return frames


def _lemma(items: Sequence[Item], at: int) -> str:
    return items[at].lemma if 0 <= at < len(items) else ""


def _agent(item: Item) -> bool:
    return item.kind in AGENTS and bool(item.keys)


def _passed_over(item: Item) -> bool:
    return item.kind is ItemKind.DATE or (
        item.kind is ItemKind.WORD and item.lemma in word_list("words", "adverbs")
    )


def _inverted(items: Sequence[Item], at: int) -> Frame | None:
    """ "...," said X: the agent follows the verb, and a quotation or a comma stands before."""
    item = items[at]
    after = at + 1
    while after < len(items) and _passed_over(items[after]):
        after += 1
    if after >= len(items) or item.voice not in _FINITE or item.lemma == "tell":
        return None
    before = items[at - 1] if at else None
    free = before is None or before.kind is ItemKind.QUOTE or before.lemma in _CLOSE
    if not free or (before is not None and before.lemma == "," and not _begins_tag(items, at)):
        return None
    if not _agent(items[after]):
        return _document_after(items, at, after)
    return Frame(items[after].keys, item.lemma, at, at, after + 1, inverted=True)


def _begins_tag(items: Sequence[Item], at: int) -> bool:
    """Whether nobody stands before a comma who could be the subject of the verb after it."""
    before = subject_of(items, at)
    first = next((each for each in items[at + 1 :] if not _passed_over(each)), None)
    if before is None:
        return True
    ends = _lemma(items, at + 2) in (",", ".", "", "of", "in", "at", "for", "who", "on")
    return first is not None and _agent(first) and ends and items[at].lemma in ("say", "add")


def _document_after(items: Sequence[Item], at: int, after: int) -> Frame | None:
    """ "...," read a statement from the ministry."""
    for now in range(after, min(after + 4, len(items))):
        if _lemma(items, now) in word_list("words", "documents"):
            owner = _owner(items, now, len(items))
            if owner is not None:
                return Frame(owner.keys, items[at].lemma, at, at, now + 1, inverted=True)
    return None


def _upright(items: Sequence[Item], at: int) -> Frame | None:
    """X said: the subject stands before the verb."""
    agent = subject_of(items, at)
    if agent is None:
        return None
    start = next((now for now in range(at, -1, -1) if items[now] is agent), at)
    reporter = _reporter(items, at)
    return Frame(agent.keys, items[at].lemma, start, at, at + 1, reporter)


def _according(items: Sequence[Item], at: int) -> Frame | None:
    """According to X, to a report by X, to X's letter."""
    for now in range(at + 2, min(at + 2 + _LONGEST_OBJECT, len(items))):
        item = items[now]
        if item.kind is ItemKind.VERB or item.lemma in (",", ";", ".", ":"):
            return None
        if _agent(item):
            return Frame(item.keys, "according", at, at, now + 1)
        if item.lemma in word_list("words", "documents"):
            owner = _owner(items, now, len(items))
            return Frame(owner.keys, "according", at, at, now + 1) if owner else None
    return None


def _reporter(items: Sequence[Item], at: int) -> str | None:
    """The medium in "X told Reuters", "X was quoted by Tass as saying"."""
    if items[at].lemma == "tell":
        for item in items[at + 1 : at + 3]:
            if item.kind is ItemKind.ORGANIZATION and item.keys:
                return item.keys[0]
    if items[at].voice is Voice.GERUND and _lemma(items, at - 1) == "as":
        for now in range(at - 2, max(at - 8, 0), -1):
            if _agent(items[now]) and _lemma(items, now - 1) == "by":
                return items[now].keys[0]
            if items[now].kind is ItemKind.VERB and items[now].lemma in ("quote", "cite"):
                subject = subject_of(items, now) if items[now].voice in _FINITE else None
                return subject.keys[0] if subject else None
    return None


def subject_of(items: Sequence[Item], at: int) -> Item | None:
    """Who does what the verb at a place says; None where that cannot be told."""
    if items[at].voice is Voice.GERUND:
        return _subject_of_gerund(items, at)
    now = _back(items, at - 1)
    for _ in range(4):
        if now < 0:
            return None
        if _lemma(items, now) in _RELATIVE:
            return _antecedent(items, now)
        if _lemma(items, now) in ("and", "then") and now:
            return _shared(items, now)
        if _lemma(items, now) != ",":
            return _in_segment(items, now)
        comma = _comma_before(items, now)
        if comma is None:
            return None
        now = _back(items, comma - 1)
    return None


def _back(items: Sequence[Item], now: int) -> int:
    while now >= 0 and _passed_over(items[now]):
        now -= 1
    return now


def _comma_before(items: Sequence[Item], comma: int) -> int | None:
    """Where the aside begins that a comma ends."""
    for now in range(comma - 1, -1, -1):
        if items[now].kind is ItemKind.QUOTE or _lemma(items, now) in (";", ":"):
            return None
        if _lemma(items, now) == ",":
            return now
    return None


def _antecedent(items: Sequence[Item], at: int) -> Item | None:
    """Whom "who" or "which" means."""
    now = at - 1 - (_lemma(items, at - 1) == ",")
    return items[now] if now >= 0 and _agent(items[now]) else None


def _shared(items: Sequence[Item], at: int) -> Item | None:
    """The subject of the verb before "and", which the verb after it shares."""
    for now in range(at - 1, -1, -1):
        item = items[now]
        if _lemma(items, now) in (";", ":"):
            return None
        if item.kind is ItemKind.VERB and item.voice in (*_FINITE, Voice.PASSIVE):
            return subject_of(items, now)
        if item.kind is ItemKind.WORD and item.lemma in word_list("words", "be"):
            return subject_of(items, now)
    return None


def _subject_of_gerund(items: Sequence[Item], at: int) -> Item | None:
    """ "..., saying": the subject of the sentence; "X as saying": X."""
    if _lemma(items, at - 1) == "as":
        for now in range(at - 2, max(at - 8, -1), -1):
            if items[now].kind is ItemKind.VERB and items[now].lemma in ("quote", "cite"):
                if items[now].voice is Voice.PASSIVE:
                    return subject_of(items, now)
                return next((each for each in items[now + 1 : at] if _agent(each)), None)
    for now in range(at):
        item = items[now]
        finite = item.kind is ItemKind.VERB and item.voice in (*_FINITE, Voice.PASSIVE)
        if finite or (item.kind is ItemKind.WORD and item.lemma in word_list("words", "be")):
            frame = _inverted(items, now) if is_speech(item) else None
            if frame is not None:
                return items[frame.end - 1] if _agent(items[frame.end - 1]) else None
            found = subject_of(items, now)
            if found is not None:
                return found
    return None


def _in_segment(items: Sequence[Item], last: int) -> Item | None:
    """The subject among the items up to a place, back to where the clause begins."""
    first = last
    while first >= 0 and not _bounds(items[first]):
        first -= 1
    segment = range(first + 1, last + 1)
    agents = [now for now in segment if _agent(items[now])]
    free = [now for now in agents if not _after_preposition(items, now, first)]
    owned = [now for now in free if _lemma(items, now + 1) not in ("'s", "'", "’s", "’")]
    documents = [now for now in segment if _lemma(items, now) in word_list("words", "documents")]
    if owned and not (documents and documents[0] < owned[0]):
        chosen = owned[0] if items[owned[0]].kind is not ItemKind.PLACE else owned[-1]
        return _whole(items, chosen)
    if documents:
        return _owner(items, documents[0], last + 1)
    return None


def _whole(items: Sequence[Item], at: int) -> Item:
    """A person named before a row of appositions: "Doe, son of the late judge, Jane Roe, said"."""
    item, before = items[at], at - 2
    if item.kind is ItemKind.PERSON and _lemma(items, at - 1) == "," and before >= 0:
        name = items[before]
        if name.kind is ItemKind.PERSON and not item.definite and not name.roles:
            return name
    return item


def _bounds(item: Item) -> bool:
    return (
        item.kind in (ItemKind.VERB, ItemKind.QUOTE)
        or item.lemma in _ENDS
        or item.lemma == ","
        or item.lemma in _RELATIVE
    )


def _after_preposition(items: Sequence[Item], at: int, first: int) -> bool:
    now = at - 1
    while now > first and items[now].kind is ItemKind.WORD and _lemma(items, now) in ("the", "a"):
        now -= 1
    return now > first and _lemma(items, now) in word_list("words", "prepositions")


def _owner(items: Sequence[Item], at: int, end: int) -> Item | None:
    """Whose letter, statement or report it is: "its statement", "a letter from X"."""
    before = at - 1
    while (
        before >= 0
        and items[before].kind is ItemKind.WORD
        and _lemma(items, before)
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
    if before >= 0 and _agent(items[before]):
        return items[before]
    for now in range(at + 1, min(at + 5, end)):
        if _agent(items[now]) and _lemma(items, now - 1) in ("from", "by", "of"):
            return items[now]
        if items[now].kind is ItemKind.VERB and items[now].lemma not in ("publish", "issue"):
            return None
    return None
