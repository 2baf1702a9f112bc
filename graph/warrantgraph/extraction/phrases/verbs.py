"""Recognises groups of verbs: "has not been issued", "could be arrested", "to request".

What a rule must know of a verb is gathered in one item: which verb, active or passive, negated or
not, and the modal that makes it a possibility.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.lexicon.verbs import Inflection, verb_forms
from warrantgraph.extraction.phrases.items import Item, ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["verb_group"]

_LONGEST_GROUP = 8
_CONTRACTIONS = {"wo": "will", "ca": "can", "sha": "shall"}
_FUTURE = ("going", "set", "due", "expected", "scheduled", "likely", "poised", "about")


@dataclass
class _Group:
    """What the words before the verb say of it."""

    modal: str | None = None
    negated: bool = False
    have: bool = False
    be: bool = False
    do: bool = False
    to: bool = False
    being: bool = False


def verb_group(words: Sequence[str], place: int, end: int) -> Item | None:
    """The group of verbs that begins at a place; `words` are lower case, `place` counts in them.

    >>> words = "the warrant has not yet been issued by it".split()
    >>> group = verb_group(words, 2, len(words))
    >>> group.lemma, group.voice.value, group.negated, group.end
    ('issue', 'passive', True, 7)
    """
    group = _Group()
    now = place
    while now < min(end, place + _LONGEST_GROUP):
        word = _CONTRACTIONS.get(words[now], words[now])
        if not _auxiliary(group, word, words, now):
            break
        now += 1
    if now < end:
        return _verb(group, words, place, now)
    return None


def _auxiliary(group: _Group, word: str, words: Sequence[str], now: int) -> bool:
    """Take a word into the group, if it is no verb of its own."""
    started = group.modal or group.have or group.be or group.do or group.to
    if word in word_list("words", "modals") and not group.be:
        group.modal = "can" if word == "cannot" else word
        group.negated |= word == "cannot"
    elif word in word_list("words", "negations"):
        group.negated = True
    elif word in word_list("words", "have") and word != "having":
        group.have = True
    elif word == "being" and started:
        group.being = True
    elif word in word_list("words", "be"):
        group.be = True
    elif word in word_list("words", "do") and not started:
        group.do = True
    elif word == "to" and now + 1 < len(words):
        group.to = True
    elif group.be and word in _FUTURE and words[now + 1 : now + 2] == ["to"]:
        group.modal = "will"
    elif started and word in word_list("words", "hedges"):
        group.modal = word
    else:
        return bool(started) and word in word_list("words", "adverbs")
    return True


def _verb(group: _Group, words: Sequence[str], start: int, place: int) -> Item | None:
    """The item of a group whose verb stands at a place; None where that is no verb we know."""
    for verb, inflection in verb_forms().get(words[place], ()):
        voice = _voice(group, inflection)
        if voice is not None:
            return Item(
                start,
                place + 1,
                ItemKind.VERB,
                verb,
                voice=voice,
                negated=group.negated,
                modal=group.modal,
                singular=inflection is Inflection.PRESENT or words[start] in ("is", "was", "has"),
            )
    return None


def _voice(group: _Group, inflection: Inflection) -> Voice | None:
    """How the verb stands; None where these words do not go together."""
    participle = inflection is Inflection.PARTICIPLE
    if group.be:
        if inflection is Inflection.GERUND:
            return Voice.ACTIVE
        passive = Voice.INFINITIVE_PASSIVE if group.to and not group.modal else Voice.PASSIVE
        return passive if participle else None
    if group.have:
        infinitive = group.to and not group.modal
        return (Voice.INFINITIVE if infinitive else Voice.ACTIVE) if participle else None
    if group.modal or group.do:
        return Voice.ACTIVE if inflection is Inflection.BASE else None
    if group.to:
        return Voice.INFINITIVE if inflection is Inflection.BASE else None
    if inflection in (Inflection.BASE, Inflection.PRESENT):
        return Voice.ACTIVE
    return Voice.GERUND if inflection is Inflection.GERUND else Voice.PAST
