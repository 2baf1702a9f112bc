"""Finds who speaks in a sentence: "the ministry said", "according to X", "its letter read".

A `Frame` is a verb of speech with its speaker. Rules for statements look for the frame that a
quotation belongs to; attribution takes frames off clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import Item, ItemKind, Voice, lemma_at
from warrantgraph.extraction.phrases.subjects import (
    begins_clause,
    is_agent,
    owner_of,
    passed_over,
    subject_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Frame", "complement_start", "find_frames", "finite_words", "is_speech", "take_speakers"]

_FINITE = (Voice.ACTIVE, Voice.PAST)
_PAIRS = {("put", "it"), ("puts", "it"), ("went", "on"), ("goes", "on")}
_CLOSE = (",", "”", '"', "’", "'", "»", ")")
_READS = ("read", "reads")
_JOINS = ("and", "or", "as", ".")
_LONGEST_OBJECT = 6
_LAST_FRAMES = 3
"""Frames at the end of a sentence that may be its tag."""


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
        pair = lemma_at(items, at), lemma_at(items, at + 1)
        if is_speech(item, words) or pair in _PAIRS or item.lemma in _READS:
            frame = _by(items, at) or _inverted(items, at) or _upright(items, at)
            if frame is not None:
                frames.append(frame)
        elif pair == ("according", "to"):
            frame = _according(items, at)
            if frame is not None:
                frames.append(frame)
    return frames


def _inverted(items: Sequence[Item], at: int) -> Frame | None:
    """ "...," said X: the agent follows the verb, and a quotation or a comma stands before."""
    item = items[at]
    after = at + 1
    while after < len(items) and passed_over(items[after]):
        after += 1
    finite = item.voice in _FINITE or item.lemma in _READS
    if after >= len(items) or not finite or item.lemma == "tell":
        return None
    before = items[at - 1] if at else None
    free = before is None or before.kind is ItemKind.QUOTE or before.lemma in _CLOSE
    if not free or (before is not None and before.lemma == "," and not _begins_tag(items, at)):
        return None
    if not is_agent(items[after]) or item.lemma in _READS:
        return _document_after(items, at, after)
    return Frame(items[after].keys, item.lemma, at, at, after + 1, inverted=True)


def _by(items: Sequence[Item], at: int) -> Frame | None:
    """As noted by X: a bare participle and its agent."""
    if lemma_at(items, at + 1) != "by" or items[at].voice is not Voice.PAST:
        return None
    begins = lemma_at(items, at - 1) == "as" or at == 0
    if not begins or at + 2 >= len(items) or not is_agent(items[at + 2]):
        return None
    return Frame(items[at + 2].keys, items[at].lemma, max(at - 1, 0), at, at + 3)


def _begins_tag(items: Sequence[Item], at: int) -> bool:
    """Whether nobody stands before a comma who could be the subject of the verb after it."""
    before = subject_of(items, at)
    first = next((each for each in items[at + 1 :] if not passed_over(each)), None)
    if before is None:
        return True
    ends = lemma_at(items, at + 2) in (",", ".", "", "of", "in", "at", "for", "who", "on")
    return first is not None and is_agent(first) and ends and items[at].lemma in ("say", "add")


def _document_after(items: Sequence[Item], at: int, after: int) -> Frame | None:
    """ "...," read a statement from the ministry."""
    for now in range(after, min(after + 4, len(items))):
        if lemma_at(items, now) in word_list("words", "documents"):
            owner = owner_of(items, now, len(items))
            if owner is not None:
                return Frame(owner.keys, items[at].lemma, at, at, now + 1, inverted=True)
    return None


def _upright(items: Sequence[Item], at: int) -> Frame | None:
    """X said: the subject stands before the verb."""
    agent = subject_of(items, at)
    if agent is None:
        return None
    start = next((now for now in range(at, -1, -1) if items[now] is agent), at)
    while start and items[start - 1].kind is ItemKind.WORD and not begins_clause(items[start - 1]):
        if lemma_at(items, start - 1) in (*_CLOSE, *_JOINS):
            break
        start -= 1
    reporter = _reporter(items, at)
    return Frame(agent.keys, items[at].lemma, start, at, at + 1, reporter)


def _according(items: Sequence[Item], at: int) -> Frame | None:
    """According to X, to a report by X, to X's letter."""
    for now in range(at + 2, min(at + 2 + _LONGEST_OBJECT, len(items))):
        item = items[now]
        if item.kind is ItemKind.VERB or item.lemma in (",", ";", ".", ":"):
            return None
        if is_agent(item):
            return Frame(item.keys, "according", at, at, now + 1)
        if item.lemma in word_list("words", "documents"):
            owner = owner_of(items, now, len(items))
            return Frame(owner.keys, "according", at, at, now + 1) if owner else None
    return None


def _reporter(items: Sequence[Item], at: int) -> str | None:
    """The medium in "X told Reuters", "X was quoted by Tass as saying"."""
    if items[at].lemma == "tell":
        for item in items[at + 1 : at + 3]:
            if item.kind is ItemKind.ORGANIZATION and item.keys:
                return item.keys[0]
    if items[at].voice is Voice.GERUND and lemma_at(items, at - 1) == "as":
        for now in range(at - 2, max(at - 8, 0), -1):
            if is_agent(items[now]) and lemma_at(items, now - 1) == "by":
                return items[now].keys[0]
            if items[now].kind is ItemKind.VERB and items[now].lemma in ("quote", "cite"):
                subject = subject_of(items, now) if items[now].voice in _FINITE else None
                return subject.keys[0] if subject else None
    return None


def complement_start(items: Sequence[Item], at: int) -> int:
    """Where what is said begins after a verb of speech: after "that", after whom it is told."""
    now = at + 1
    while now < len(items) and now < at + _LONGEST_OBJECT + 2:
        item = items[now]
        if item.kind is ItemKind.WORD and item.lemma == "that":
            return now + 1
        if _is_finite(item) or item.kind is ItemKind.VERB or item.lemma in (",", ";", ":"):
            break
        now += 1
    now = at + 1
    while now < len(items) and passed_over(items[now]):
        now += 1
    if items[at].lemma == "tell" and now < len(items) and is_agent(items[now]):
        return now + 1
    return now


def take_speakers(items: Sequence[Item]) -> tuple[tuple[str, ...], str | None, list[Item]]:
    """Take "according to X" and ", X said" off a sentence: who they name, the verb, the rest."""
    rest = list(items)
    speakers: list[str] = []
    verb: str | None = None
    for frame in find_frames(rest, "speech"):
        if frame.verb == "according":
            end = frame.end
            while end < len(rest) and rest[end].lemma not in (",", ";", ".", "”", '"'):
                end += 1
            speakers += frame.keys[:1]
            rest = rest[: frame.start] + rest[end + (frame.start == 0) :]
            break
    aside = _parenthetical(rest)
    if aside is not None:
        frame, end = aside
        speakers += frame.keys[:1]
        verb = frame.verb
        rest = rest[: frame.start - 1] + rest[end + 1 :]
    tag = _tag(rest)
    if tag is not None:
        speakers += tag.keys[:1]
        verb = tag.verb
        rest = rest[: tag.start]
    return tuple(speakers), verb, rest


def _parenthetical(items: Sequence[Item]) -> tuple[Frame, int] | None:
    """The frame between commas in the middle, and where it ends: "Doe, he told us, was there"."""
    for frame in find_frames(items, "speech"):
        opened = frame.start > 1 and lemma_at(items, frame.start - 1) == ","
        if not opened or frame.verb == "according" or items[frame.at].voice is Voice.GERUND:
            continue
        for now in range(frame.end, min(frame.end + _LONGEST_OBJECT, len(items) - 1)):
            if lemma_at(items, now) == "," and is_agent(items[frame.start - 2]):
                return frame, now
            if items[now].kind in (ItemKind.VERB, ItemKind.QUOTE):
                break
    return None


@cache
def finite_words() -> frozenset[str]:
    """The words that make a clause finite without a verb that we know."""
    lists = ("be", "have", "do", "modals")
    return frozenset[str]().union(*(word_list("words", each) for each in lists))


def _is_finite(item: Item) -> bool:
    """Whether an item belongs to a clause that is not the tag itself."""
    verb = item.kind is ItemKind.VERB and not is_speech(item)
    return verb or item.kind is ItemKind.QUOTE or item.lemma in finite_words()


def _tag(items: Sequence[Item]) -> Frame | None:
    """The frame ", X said" that ends a sentence."""
    for frame in find_frames(items, "speech")[: -_LAST_FRAMES - 1 : -1]:
        before = items[frame.start - 1] if frame.start else None
        free = before is not None and (before.kind is ItemKind.QUOTE or before.lemma in _CLOSE)
        if not free or frame.verb == "according":
            continue
        rest = items[frame.end :]
        if items[frame.at].voice is Voice.GERUND or any(map(_is_finite, rest)):
            return None
        if not any(map(_is_finite, items[: frame.start])):
            return None
        return None if any(item.lemma == "that" for item in rest[:3]) else frame
    return None
