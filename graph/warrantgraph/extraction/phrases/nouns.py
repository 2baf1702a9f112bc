"""Recognises noun phrases that stand for people and bodies.

A phrase is read from the left: determiners, possessors, modifiers, then a head: a proper name, a
word for a function ("president"), a person ("man"), a body ("government") or a group
("prosecutors"); then what it is of ("of Sudan", "for children's rights"), and a name beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.names import MentionForm
from warrantgraph.extraction.phrases.complements import Complements
from warrantgraph.extraction.phrases.heads import Head, Heads, NounPhrase, Title

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.names import Mention

__all__ = ["NounReader"]

_POSSESSIVE = word_list("words", "possessive_marks")
_FORMER = word_list("roles", "former")
_MOST_MODIFIERS = 9
_MOST_UNKNOWN = 3
_COUNTS = word_list("words", "counts")


def _is_number(word: str) -> bool:
    return word.replace(",", "").isdigit()


@dataclass
class _Reading:
    """What was read of a phrase so far."""

    start: int
    at: int
    of: str | None = None
    definite: bool = False
    plural: bool = False
    former: bool = False
    possessor: tuple[int, int] | None = None
    unknown: int = 0
    described: int = 0
    """Where the description begins: after the determiner."""


class NounReader:
    """Reads noun phrases of one text."""

    def __init__(
        self,
        words: Sequence[str],
        titled: Sequence[bool],
        mentions: Sequence[Mention],
        entities: Mapping[str, Entity],
    ) -> None:
        self.titled = titled
        """Whether each word begins with a capital."""
        self.words = words
        self.entities = entities
        self.resolve: Callable[[NounPhrase], str | None] = lambda _: None
        """Tells whom a description means, where somebody known fits."""
        self.resolve_pronoun: Callable[[str], tuple[str, ...]] = lambda _: ()
        """Tells whom a possessive pronoun means."""
        self.mention_at = {mention.start: mention for mention in mentions}
        self.heads = Heads(words, self.mention_at, entities)
        self._complements = Complements(self)

    def read(self, place: int, end: int, depth: int = 0) -> NounPhrase | None:
        """The longest noun phrase that begins at a token; None where none does."""
        phrase = self._continue(self._determiner(place, end), end, depth)
        while phrase is not None and self._word(phrase.end) in _POSSESSIVE:
            longer = self._possessed(phrase, end, depth)
            if longer is None:
                break
            phrase = longer
        return phrase

    def _possessed(self, phrase: NounPhrase, end: int, depth: int) -> NounPhrase | None:
        """The phrase that a description possesses: "the prime minister's office"."""
        of = phrase.keys[0] if phrase.keys else self.resolve(phrase) if phrase.definite else None
        reading = _Reading(
            phrase.start,
            phrase.end + 1,
            of=of,
            definite=True,
            possessor=(phrase.start, phrase.end),
            described=phrase.end + 1,
        )
        return self._continue(reading, end, depth)

    def _word(self, place: int) -> str:
        return self.words[place] if place < len(self.words) else ""

    def _continue(self, reading: _Reading, end: int, depth: int) -> NounPhrase | None:
        for _ in range(_MOST_MODIFIERS):
            if reading.at >= end:
                return None
            found = self._step(reading, end, depth)
            if found is not None or reading.at < 0:
                return found
        return None

    def _determiner(self, place: int, end: int) -> _Reading:
        word = self.words[place]
        reading = _Reading(place, place, described=place)
        if place in self.mention_at:
            return reading
        if word == "that" and place + 1 < end and self.heads.hands_on(place, end):
            return reading
        if word in word_list("words", "determiners") or _is_number(word):
            reading.at = reading.described = place + 1
            reading.definite = word in ("the", "this", "that", "these", "those")
            reading.plural = word in _COUNTS or _is_number(word)
            if word in word_list("words", "possessives"):
                reading.definite, reading.possessor = True, (place, place + 1)
                reading.of = next(iter(self.resolve_pronoun(word)), None)
            second = self.words[place + 1] if place + 1 < end else ""
            if second in _COUNTS or _is_number(second) or second == "other":
                reading.plural |= second != "other"
                reading.at += 1
        return reading

    def _step(self, reading: _Reading, end: int, depth: int) -> NounPhrase | None:
        """Read one more word or mention; a phrase where it ends the head, `at` -1 to give up."""
        mention = self.mention_at.get(reading.at)
        if mention is not None:
            return self._mention(reading, mention, end)
        word = self.words[reading.at]
        head = self.heads.at(reading.at, end)
        if head and not self.heads.only_modifies(reading.at, end):
            return self._described(reading, head, end, depth)
        if word == "accused" and reading.at == reading.start:
            reading.at = -1
            return None
        if word in word_list("roles", "modifiers") or head:
            reading.former |= word in _FORMER
        elif self.heads.title(reading.at, end):
            pass
        elif self._may_modify(reading, word):
            reading.unknown += 1
        else:
            reading.at = -1
            return None
        reading.at += 1
        return None

    def _mention(self, reading: _Reading, mention: Mention, end: int) -> NounPhrase | None:
        after = self.words[mention.end] if mention.end < end else ""
        entity = self.entities[mention.key]
        if after in _POSSESSIVE:
            reading.of = mention.key
            reading.possessor = (mention.start, mention.end)
            reading.definite = True
            reading.at = mention.end + 1
            return None
        if entity.kind is EntityKind.PERSON and mention.form is MentionForm.NAME:
            return self._named(reading, mention, end)
        if self.heads.lead(mention.end, end):
            reading.of = mention.key
            reading.at = mention.end
            return None
        if mention.form is MentionForm.ADJECTIVE:
            return self._people(reading, mention)
        return NounPhrase(reading.start, mention.end, Head.NAME, "", (mention.key,), definite=True)

    def _people(self, reading: _Reading, mention: Mention) -> NounPhrase | None:
        """People of a state: "six Kenyans"; None where the word is an adjective of something."""
        if not self.words[mention.start].endswith("s") or mention.end != mention.start + 1:
            reading.at = -1
            return None
        word = self.words[mention.start]
        return NounPhrase(reading.start, mention.end, Head.GROUP, word, of=mention.key, plural=True)

    def _named(self, reading: _Reading, mention: Mention, end: int) -> NounPhrase:
        return NounPhrase(
            reading.start, mention.end, Head.NAME, "", (mention.key,), reading.of, definite=True
        )

    def _may_modify(self, reading: _Reading, word: str) -> bool:
        titled = self.titled[reading.at] and self._titled_head(reading.at)
        begun = reading.at > reading.start or titled
        past = word.endswith("ed") and reading.unknown > 0
        return begun and reading.unknown < _MOST_UNKNOWN and self.heads.plain(word) and not past

    def _titled_head(self, place: int) -> bool:
        """Whether words with capitals lead to a function and a name: "Water Minister Rojas"."""
        for now in range(place, min(len(self.words) - 1, place + 4)):
            if not self.titled[now] or now in self.mention_at:
                return False
            if self.heads.at(now, len(self.words)):
                mention = self.mention_at.get(now + 1)
                return mention is not None and self.heads.names_person(mention)
        return False

    def _described(self, reading: _Reading, head: str, end: int, depth: int) -> NounPhrase | None:
        """A phrase whose head is a word: with what it is of, and a name beside it."""
        head_end = reading.at + 1
        plural = reading.plural or head == Head.GROUP
        phrase = NounPhrase(
            reading.start,
            head_end,
            head,
            self.heads.function(reading.at),
            of=reading.of,
            definite=reading.definite,
            possessor=reading.possessor,
            plural=plural,
        )
        title = Title(
            self._title_start(reading),
            head_end,
            reading.described,
            head_end,
            reading.of,
            reading.former,
        )
        if depth < 2:
            phrase, title = self._complements.take_in(phrase, title, end, depth)
        phrase = replace(phrase, titles=(title,))
        return self._beside(phrase, end, depth)

    def _title_start(self, reading: _Reading) -> int:
        """Where the function itself begins: after state, possessor and "former"."""
        start = reading.described
        for now in range(reading.described, reading.at):
            mention = self.mention_at.get(now)
            if mention is not None:
                start = mention.end
            if self.words[now] in _POSSESSIVE or self.words[now] in _FORMER:
                start = now + 1
        return min(start, reading.at)

    def _beside(self, phrase: NounPhrase, end: int, depth: int) -> NounPhrase:
        """Take in the name, or the names, that a description stands beside."""
        at = phrase.end
        if at < end and self.words[at] == "and" and not phrase.plural:
            second = self.read(at + 1, end, depth + 1) if depth < 1 else None
            if (
                second is not None
                and second.titles
                and second.keys
                and self.entities[second.keys[0]].kind is EntityKind.PERSON
                and not second.definite_article(self.words)
            ):
                return replace(
                    phrase, end=second.end, keys=second.keys, titles=phrase.titles + second.titles
                )
        mention = self.mention_at.get(at)
        if mention is None or not self.heads.names(phrase.head, mention):
            return phrase
        return replace(phrase, end=mention.end, keys=(mention.key,), definite=True)
