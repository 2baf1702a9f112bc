"""Divides a sentence into clauses, each with its subject and with who says it.

A rule sees one clause at a time: "the court, which accused him of fraud, issued a warrant" is two,
and both have the court as subject. Who says it is taken off ("..., Reuters reported"), and so are
times and adverbs; what stands under "if" or "whether" is marked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice, lemma_at
from warrantgraph.extraction.phrases.speech import (
    complement_start,
    finite_words,
    is_speech,
    take_speakers,
)
from warrantgraph.extraction.phrases.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.reading import Sentence

__all__ = ["Clause", "split_clauses"]

_SHORTEST = 4
_FARTHEST = 80
_FINITE = (Voice.ACTIVE, Voice.PAST, Voice.PASSIVE)
_MARKS = (",", ".", ";", ":", "–", "—", "--", "-", "…", "“", "”", '"', "(", ")", "!", "?")


@dataclass(frozen=True)
class Clause:
    """A clause: its items without times, adverbs and marks at its ends.

    `speakers` are the keys of who says it, outermost first ("Reuters reported that the ministry
    said": Reuters, the ministry). `conditional` marks what is not stated. `dates` are its times.
    """

    sentence: Sentence
    items: tuple[Item, ...]
    dates: tuple[Item, ...] = ()
    speakers: tuple[str, ...] = ()
    conditional: bool = False
    verb: str | None = None
    """The verb of speech that hands it on: "allege" of "he alleged that the general lied"."""

    @cached_property
    def features(self) -> frozenset[str]:
        """Its words, lemmas and kinds of items, with `^` and `$`: what a pattern may need."""
        found = {"^", "$"}
        for item in self.items:
            found.update((item.word, item.lemma, item.kind.value))
        return frozenset(found)

    @property
    def start(self) -> int:
        """Its first token."""
        return min(item.start for item in self.items)

    @property
    def end(self) -> int:
        """The token after its last."""
        return max(item.end for item in self.items)


def split_clauses(sentence: Sentence, items: Sequence[Item]) -> list[Clause]:
    """The clauses of a sentence, in order."""
    speakers, tag, rest = take_speakers(items)
    clauses: list[Clause] = []
    for part, inner, verb, conditional in _parts(rest):
        content = [item for item in part if not _passed_over(item)]
        while content and content[-1].lemma in _MARKS:
            content.pop()
        while content and content[0].lemma in _MARKS:
            content.pop(0)
        dates = tuple(item for item in part if item.kind is ItemKind.DATE)
        if content:
            clauses.append(
                Clause(
                    sentence,
                    tuple(content),
                    dates,
                    _chain(speakers, inner),
                    conditional,
                    verb or tag,
                )
            )
    return clauses


def _chain(outer: Sequence[str], inner: Sequence[str]) -> tuple[str, ...]:
    """Who says it, outermost first; nobody twice."""
    return tuple(dict.fromkeys((*outer, *inner)))


def _passed_over(item: Item) -> bool:
    return item.kind is ItemKind.DATE or (
        item.kind is ItemKind.WORD and item.lemma in word_list("words", "adverbs")
    )


@dataclass
class _Part:
    """A clause while it is read."""

    items: list[Item]
    speakers: tuple[str, ...] = ()
    verb: str | None = None
    conditional: bool = False


def _parts(
    items: list[Item],
) -> list[tuple[list[Item], tuple[str, ...], str | None, bool]]:
    """The clauses as lists of items, with inner speakers, their verb, whether it is a condition."""
    parts: list[_Part] = []
    opens = bool(items) and items[0].lemma in word_list("words", "conditions")
    now = _Part([], conditional=opens)
    pending: list[tuple[int, list[Item]]] = []
    at = 0
    while at < len(items):
        item = items[at]
        relative = _relative(items, at)
        if relative is not None:
            end, antecedent = relative
            relates = at + 1 < len(items) and items[at + 1].lemma in ("who", "which")
            inner = [antecedent, *items[at + 1 + relates : end]]
            pending.append((len(parts), inner))
            at = end + (end < len(items) and items[end].lemma == "," and item.lemma == ",")
            continue
        starts, subject = _starts_clause(items, at, now.items)
        if starts:
            parts.append(now)
            keeps = item.lemma in ("and", "but") or bool(subject)
            now = _Part(
                list(subject),
                now.speakers if keeps else (),
                now.verb if keeps else None,
                item.lemma in word_list("words", "conditions"),
            )
            at += item.kind is not ItemKind.VERB and item.kind not in AGENTS
            continue
        now.items.append(item)
        speaker = _hands_on(items, at)
        if speaker is not None:
            parts.append(now)
            now = _Part([], (*now.speakers, *speaker.keys[:1]), item.lemma, now.conditional)
            at = complement_start(items, at)
            continue
        at += 1
    parts.append(now)
    for place, inner in reversed(pending):
        around = parts[min(place, len(parts) - 1)]
        parts.insert(place + 1, _Part(inner, around.speakers, None, around.conditional))
    return [(each.items, each.speakers, each.verb, each.conditional) for each in parts]


def _hands_on(items: list[Item], at: int) -> Item | None:
    """Who speaks, where a verb of speech hands on a clause that follows."""
    finds = items[at].lemma in ("find", "show", "determine", "establish", "rule")
    after = at + 1
    while after < len(items) and _passed_over(items[after]):
        after += 1
    if finds and lemma_at(items, after) == "that" and items[at].voice in _FINITE[:2]:
        return None if items[at].negated else subject_of(items, at)
    if not is_speech(items[at]):
        return None
    start = complement_start(items, at)
    if start + 1 < len(items) and items[start].kind in AGENTS and _may_be_verb(items[start + 1]):
        return subject_of(items, at)
    for item in items[at + 1 : at + _FARTHEST]:
        if item.lemma in finite_words() or (item.kind is ItemKind.VERB and item.voice in _FINITE):
            return subject_of(items, at)
        if item.lemma == "that" and item.kind is ItemKind.WORD:
            return subject_of(items, at)
    return None


def _may_be_verb(item: Item) -> bool:
    """Whether a word that is in no list of verbs stands like one in the past: "burned"."""
    return item.kind is ItemKind.WORD and item.lemma.endswith("ed") and len(item.lemma) > _SHORTEST


def _relative(items: list[Item], at: int) -> tuple[int, Item] | None:
    """Where a relative clause ends that begins here, and what it is about."""
    item = items[at]
    begin = at + 1 if item.lemma in (",", "–", "—", "--", "(") else at
    if begin >= len(items):
        return None
    if items[begin].lemma not in ("who", "which"):
        return _participial(items, at)
    if at == 0 or items[at - 1].kind not in (*AGENTS, ItemKind.INSTRUMENT, ItemKind.PLACE):
        return None
    antecedent = (
        _last_of(items[at - 1], items[begin + 1]) if begin + 1 < len(items) else items[at - 1]
    )
    verbs = 0
    for now in range(begin + 1, len(items)):
        verbs += items[now].kind is ItemKind.VERB or items[now].lemma in word_list("words", "be")
        if verbs and items[now].lemma in (",", ";", "–", "—", "--", ")") and item.lemma != "who":
            after = items[now + 1] if now + 1 < len(items) else None
            if after is None or after.kind not in (ItemKind.CRIME,):
                return now, antecedent
    return len(items), antecedent


def _participial(items: list[Item], at: int) -> tuple[int, Item] | None:
    """Where ", once held to be the richest man in Rwanda," ends, before the verb of the clause."""
    if at == 0 or items[at].lemma != "," or items[at - 1].kind not in AGENTS:
        return None
    first = at + 1
    while first < len(items) and _passed_over(items[first]):
        first += 1
    if first >= len(items) or items[first].voice is not Voice.PAST:
        return None
    for now in range(first + 1, len(items) - 1):
        after = items[now + 1]
        finite = after.kind is ItemKind.VERB and after.voice in _FINITE
        if items[now].lemma == "," and (finite or after.lemma in word_list("words", "be")):
            antecedent = items[at - 1]
            return now, replace(antecedent, keys=antecedent.keys[-1:])
    return None


def _last_of(listed: Item, verb: Item) -> Item:
    """Whom "who" means after a list: the last where the verb is singular, or all."""
    singular = verb.lemma in ("is", "was", "has") or verb.singular
    return replace(listed, keys=listed.keys[-1:]) if singular else listed


def _starts_clause(items: list[Item], at: int, now: list[Item]) -> tuple[bool, list[Item]]:
    """Whether a clause of its own begins here, and the subject that it shares."""
    if not any(item.kind is ItemKind.VERB for item in now) or at + 1 >= len(items):
        return False, []
    item, after = items[at], items[at + 1]
    subject = next((each for each in now if each.kind in AGENTS), None)
    if item.lemma == "," and after.kind is ItemKind.VERB and after.voice is Voice.GERUND:
        return True, [subject] if subject else []
    if item.lemma in ("and", "but", "then") or (item.lemma == "," and after.lemma == "then"):
        skip = at + 1
        while skip < len(items) and _passed_over(items[skip]):
            skip += 1
        if skip < len(items) and items[skip].kind is ItemKind.VERB:
            verb = items[skip]
            if verb.voice in _FINITE or (
                verb.voice is Voice.GERUND and now and now[-1].lemma == ","
            ):
                return True, [subject] if subject else []
        if skip + 1 < len(items) and items[skip].kind in AGENTS:
            return _has_verb(items, skip + 1), []
        return False, []
    joins = word_list("words", "subordinators") | word_list("words", "conditions") | {";"}
    if item.lemma in joins and item.kind is ItemKind.WORD and after.kind in AGENTS:
        return _has_verb(items, at + 2), []
    return False, []


def _has_verb(items: list[Item], at: int) -> bool:
    """Whether a verb stands within the next few items."""
    return any(
        item.kind is ItemKind.VERB or item.lemma in word_list("words", "be")
        for item in items[at : at + 4]
    )
