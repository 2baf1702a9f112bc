"""Recognises who speaks by the place beside a quotation, where no word tells a person.

"..., joked a shopkeeper", "..., an unnamed visitor to the clinic complained": whatever stands
there speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.lexicon.verbs import verb_forms
from warrantgraph.extraction.phrases.items import Item, ItemKind, Voice
from warrantgraph.extraction.phrases.speech import is_speech

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unknown_accused", "unknown_speaker"]

_SOME = ("a", "an", "one", "another")
_MARKS = (",", "”", '"', "’", "'", "»")
_LONGEST = 9
_LONGEST_NAME = 6
_PARTICLES = (
    *("bin", "binti", "ibn", "al", "el", "de", "da", "do", "dos", "del", "della", "di"),
    *("van", "von", "der", "den", "ter", "ten", "la", "le", "a/p", "a/l", "s/o", "d/o"),
)


def unknown_speaker(
    words: Sequence[str], cased: Sequence[str], at: int, end: int, before: Sequence[Item]
) -> int | None:
    """The end of the phrase for a speaker that begins at a token; None where none does.

    `words` are in lower case, `cased` as written; `before` are the items read so far.
    """
    if any(word in word_list("words", "documents") for word in words[at : at + 4]):
        return None
    if len(before) > 1 and is_speech(before[-1], "quoting") and _is_quoted(before[:-1]):
        return _phrase(words, at, end) or _name(cased, at, end)
    if before and _is_quoted(before):
        for last in (_long_phrase(words, at, end), _name(cased, at, end)):
            if last is not None and _is_verb(words, last, end):
                return last
    return None


def _is_quoted(before: Sequence[Item]) -> bool:
    """Whether a quotation stands last, marks aside."""
    kept = [item for item in before[-3:] if item.lemma not in _MARKS]
    return bool(kept) and kept[-1].kind is ItemKind.QUOTE


def _is_verb(words: Sequence[str], at: int, end: int) -> bool:
    while at < end and words[at] in word_list("words", "adverbs"):
        at += 1
    forms = verb_forms().get(words[at], ()) if at < end else ()
    return any(verb in word_list("words", "quoting") for verb, _ in forms)


def _plain(word: str) -> bool:
    return word.replace("-", "").isalpha() and word not in word_list("words", "function_words")


def _phrase(words: Sequence[str], at: int, end: int) -> int | None:
    """ "a shopkeeper": an article and up to three words."""
    now = at + 1
    while words[at] in (*_SOME, "the") and now < min(end, at + 4) and _plain(words[now]):
        now += 1
    return now if now > at + 1 else None


def _long_phrase(words: Sequence[str], at: int, end: int) -> int | None:
    """ "an unnamed visitor to the clinic": all up to a verb of speech."""
    if words[at] not in _SOME:
        return None
    for now in range(at + 2, min(end, at + _LONGEST)):
        if _is_verb(words, now, end):
            return now
        if not words[now].replace("-", "").isalpha():
            return None
    return None


def _name(cased: Sequence[str], at: int, end: int) -> int | None:
    """Capitalised words that no name was found in: "Fatou"."""
    now = at
    while now < min(end, at + _LONGEST_NAME) and (
        cased[now][:1].isupper() or (now > at and _joins(cased, now, end))
    ):
        now += 1
    return now if now > at else None


def _joins(cased: Sequence[str], at: int, end: int) -> bool:
    """Whether a small word stands inside a name: "binti", "van der"."""
    small = cased[at] in _PARTICLES
    after = at + 1
    while small and after < end and cased[after] in _PARTICLES:
        after += 1
    return small and after < end and cased[after][:1].isupper()


def unknown_accused(words: Sequence[str], at: int, end: int, before: Sequence[Item]) -> int | None:
    """The end of a phrase in the plural between "accuse" and "of"; None where none is."""
    stated = (Voice.ACTIVE, Voice.PAST, Voice.GERUND)
    verb = before[-1] if before else None
    if verb is None or verb.lemma not in ("accuse", "blame") or verb.voice not in stated:
        return None
    for now in range(at, min(end, at + _LONGEST)):
        if words[now] in ("of", "for"):
            plural = now > at and words[now - 1].endswith("s")
            return now if plural else None
        if not words[now].replace("-", "").isalpha() or words[now] in ("on", "that", "by"):
            return None
    return None
