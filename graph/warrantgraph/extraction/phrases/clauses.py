"""Divides a sentence into clauses, each with its subject and with who says it.

A rule sees one clause at a time: "the court, which accused him of fraud, issued a warrant" is two,
and both have the court as subject. Who says it is taken off ("..., Reuters reported"), and so are
times and adverbs; what stands under "if" or "whether" is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.reading import Sentence

__all__ = ["Clause", "split_clauses"]

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
    speakers, rest = _take_speakers(list(items))
    clauses: list[Clause] = []
    for part, inner, conditional in _parts(rest):
        content = [item for item in part if not _passed_over(item)]
        while content and content[-1].lemma in _MARKS:
            content.pop()
        while content and content[0].lemma in _MARKS:
            content.pop(0)
        dates = tuple(item for item in part if item.kind is ItemKind.DATE)
        if content:
            clauses.append(
                Clause(sentence, tuple(content), dates, _chain(speakers, inner), conditional)
            )
    return clauses


def _chain(outer: Sequence[str], inner: Sequence[str]) -> tuple[str, ...]:
    """Who says it, outermost first; nobody twice."""
    return tuple(dict.fromkeys((*outer, *inner)))


def _passed_over(item: Item) -> bool:
    return item.kind is ItemKind.DATE or (
        item.kind is ItemKind.WORD and item.lemma in word_list("words", "adverbs")
    )


def _take_speakers(items: list[Item]) -> tuple[tuple[str, ...], list[Item]]:
    """Take "according to X" and ", X said" off a sentence; who they name, and the rest."""
    speakers: list[str] = []
    for at in range(len(items) - 2):
        if items[at].lemma == "according" and items[at + 1].lemma == "to":
            end = at + 3
            while end < len(items) and items[end].lemma not in (",", ";", ".", "”"):
                end += 1
            if items[at + 2].kind in AGENTS:
                speakers += items[at + 2].keys[:1]
            items = items[:at] + items[end + (at == 0) :]
            break
    tag = _tag(items)
    if tag is not None:
        start, key = tag
        speakers.append(key)
        items = items[:start]
    return tuple(speakers), items


def _tag(items: list[Item]) -> tuple[int, str] | None:
    """Where ", X said" begins at the end of a sentence, and the key of X."""
    for at in range(len(items) - 2, 0, -1):
        if items[at - 1].lemma != "," and items[at - 1].kind is not ItemKind.QUOTE:
            continue
        first, second = items[at], items[at + 1]
        if _speaks(second) and first.kind in AGENTS and first.keys:
            agent = first
        elif _speaks(first) and second.kind in AGENTS and second.keys:
            agent = second
        else:
            continue
        if any(item.kind is ItemKind.VERB and not _speaks(item) for item in items[at + 2 :]):
            return None
        return at, agent.keys[0]
    return None


def _speaks(item: Item) -> bool:
    return (
        item.kind is ItemKind.VERB
        and item.lemma in word_list("words", "speech")
        and item.voice in (Voice.ACTIVE, Voice.PAST)
        and not item.negated
    )


def _parts(items: list[Item]) -> list[tuple[list[Item], tuple[str, ...], bool]]:
    """The clauses as lists of items, each with its inner speakers and whether it is a condition."""
    parts: list[tuple[list[Item], tuple[str, ...], bool]] = []
    now: list[Item] = []
    speakers: tuple[str, ...] = ()
    conditional = False
    pending: list[tuple[int, list[Item]]] = []
    at = 0
    while at < len(items):
        item = items[at]
        relative = _relative(items, at)
        if relative is not None:
            end, antecedent = relative
            inner = [antecedent, *items[at + 1 + (item.lemma == ",") : end]]
            pending.append((len(parts), inner))
            at = end + (end < len(items) and items[end].lemma == "," and item.lemma == ",")
            continue
        starts, subject = _starts_clause(items, at, now)
        if starts:
            parts.append((now, speakers, conditional))
            conditional = item.lemma in word_list("words", "conditions")
            now = list(subject)
            if item.lemma not in ("and", "but"):
                speakers = speakers if subject else ()
            at += item.kind is not ItemKind.VERB and item.kind not in AGENTS
            continue
        now.append(item)
        if _speaks(item) and _hands_on(items, at, now):
            agent = now[-2]
            speakers = (*speakers, *agent.keys[:1])
            parts.append((now, speakers[:-1], conditional))
            now = []
            at += 1 + (at + 1 < len(items) and items[at + 1].lemma == "that")
            continue
        at += 1
    parts.append((now, speakers, conditional))
    for place, inner in reversed(pending):
        around = parts[min(place, len(parts) - 1)]
        parts.insert(place + 1, (inner, around[1], around[2]))
    return parts


def _hands_on(items: list[Item], at: int, now: list[Item]) -> bool:
    """Whether "X said" hands on a clause that follows."""
    if len(now) < 2 or now[-2].kind not in AGENTS or not now[-2].keys:
        return False
    rest = items[at + 1 :]
    return any(item.kind is ItemKind.VERB and item.voice in _FINITE for item in rest) or any(
        item.lemma in word_list("words", "be") for item in rest
    )


def _relative(items: list[Item], at: int) -> tuple[int, Item] | None:
    """Where a relative clause ends that begins here, and what it is about."""
    item = items[at]
    begin = at + 1 if item.lemma in (",", "–", "—", "--", "(") else at
    if begin >= len(items) or items[begin].lemma not in ("who", "which"):
        return None
    if at == 0 or items[at - 1].kind not in (*AGENTS, ItemKind.INSTRUMENT, ItemKind.PLACE):
        return None
    verbs = 0
    for now in range(begin + 1, len(items)):
        verbs += items[now].kind is ItemKind.VERB or items[now].lemma in word_list("words", "be")
        if verbs and items[now].lemma in (",", ";", "–", "—", "--", ")") and item.lemma != "who":
            after = items[now + 1] if now + 1 < len(items) else None
            if after is None or after.kind not in (ItemKind.CRIME,):
                return now, items[at - 1]
    return len(items), items[at - 1]


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
