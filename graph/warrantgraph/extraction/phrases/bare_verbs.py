"""Tells whether a bare form in the present is a verb where it stands: "rights groups charge"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.lexicon.verbs import Inflection, verb_forms
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["may_be_verb"]

_AFTER_NOUNS = word_list("words", "function_words") - word_list("words", "determiners")
_BEFORE_VERBS = ("who", "which", "that", "and", "but", "or", ",", "”", '"', ")")


def may_be_verb(words: Sequence[str], at: int, end: int, before: Sequence[Item]) -> bool:
    """Whether the bare form at a token can be a verb after the items `before` it."""
    if words[at : at + 2] == ["close", "to"]:
        return False
    if words[at] == "sanctions" and _has_no_object(words, at, end, before):
        return False
    if words[at] in word_list("words", "always_verbs"):
        return True
    return (not before or _may_precede(before[-1])) and not _follows_one(words[at], before)


def _may_precede(item: Item) -> bool:
    """Whether a verb can follow an item: not "the", "big"."""
    if item.kind in AGENTS or item.kind in (ItemKind.QUOTE, ItemKind.DATE, ItemKind.PLACE):
        return True
    return item.lemma in _BEFORE_VERBS or item.lemma in word_list("words", "adverbs")


def _follows_one(word: str, before: Sequence[Item]) -> bool:
    """Whether one alone stands before a form for several: "the U.N. report" is no verb."""
    if not before or before[-1].kind not in AGENTS or before[-1].kind is ItemKind.GROUP:
        return False
    several = before[-1].plural or before[-1].pronoun
    if several or (len(before) > 1 and before[-2].lemma in ("and", "or", "nor")):
        return False
    return {inflection for _, inflection in verb_forms().get(word, ())} == {Inflection.BASE}


def _has_no_object(words: Sequence[str], at: int, end: int, before: Sequence[Item]) -> bool:
    """Whether a word that may be a verb is a noun: no object stands behind it."""
    after = words[at + 1] if at + 1 < end else ""
    return not before or not (after[:1].isalnum() and after not in _AFTER_NOUNS)
