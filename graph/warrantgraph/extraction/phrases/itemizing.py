"""Divides each sentence into items: quotations, times, instruments, people and bodies, verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, StatedCrime
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.lexicon.verbs import verb_forms
from warrantgraph.extraction.phrases.bare_verbs import may_be_verb
from warrantgraph.extraction.phrases.crimes import crime_at
from warrantgraph.extraction.phrases.dates import find_dates
from warrantgraph.extraction.phrases.descriptions import Descriptions
from warrantgraph.extraction.phrases.discourse import Discourse
from warrantgraph.extraction.phrases.heads import Head
from warrantgraph.extraction.phrases.instruments import find_instrument
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice
from warrantgraph.extraction.phrases.nouns import NounReader
from warrantgraph.extraction.phrases.placed import Placed
from warrantgraph.extraction.phrases.verbs import verb_group

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import WrittenDate
    from warrantgraph.extraction.names import Names
    from warrantgraph.extraction.phrases.heads import NounPhrase
    from warrantgraph.extraction.reading import Sentence, Text

__all__ = ["Itemizer"]

_PRONOUNS = word_list("words", "pronouns")
_SPEECH = 5
"""Words from which a quotation counts as speech, not as a quoted term."""

_KINDS = {
    EntityKind.PERSON: ItemKind.PERSON,
    EntityKind.STATE: ItemKind.STATE,
    EntityKind.PLACE: ItemKind.PLACE,
    EntityKind.COURT: ItemKind.COURT,
    EntityKind.ORGANIZATION: ItemKind.ORGANIZATION,
    EntityKind.GROUP: ItemKind.GROUP,
}


class Itemizer:
    """Divides the sentences of one text, in order, and follows who is spoken of."""

    def __init__(self, text: Text, names: Names) -> None:
        self.text = text
        self.words = [token.lower_.replace("’", "'") for token in text.doc]
        self.nouns = NounReader(
            self.words,
            [token.text[:1].isupper() for token in text.doc],
            names.mentions,
            names.entities,
        )
        self.discourse = Discourse(text, names.entities)
        self.nouns.entities = self.discourse.entities
        self.nouns.resolve = self.discourse.known
        self._placed = Placed(text, self.nouns, self.discourse)
        self.nouns.resolve_pronoun = self.discourse.meant_by_pronoun
        self.descriptions = Descriptions(self.discourse, self.nouns.heads)
        self._begin = 0
        """First token of the sentence."""
        self._dates: dict[int, tuple[int, WrittenDate]] = {}

    def itemize(self, sentence: Sentence) -> list[Item]:
        """The items of a sentence, without gaps."""
        self.discourse.begin(sentence.number)
        self._begin = sentence.start
        self._dates = {
            self.text.token_at(found.span.start): (self.text.token_at(found.span.end), found)
            for found in find_dates(
                self.text.article.text,
                self.text.article.published,
                sentence.span.start,
                sentence.span.end,
            )
        }
        items: list[Item] = []
        at = sentence.start
        while at < sentence.end:
            item = self._item(at, sentence.end, items)
            items.append(item)
            self._notice(item, items)
            at = item.end
        return items

    def _notice(self, item: Item, items: list[Item]) -> None:
        """Follow who is spoken of; the first before a verb is the subject."""
        if item.kind in AGENTS or item.kind is ItemKind.INSTRUMENT:
            if item.of and self.discourse.entities[item.of].kind is EntityKind.COURT:
                self.discourse.speak_of([item.of])
            self.discourse.speak_of(item.keys)
        prepositions = word_list("words", "prepositions")
        if item.kind in AGENTS and not any(
            (before.kind in AGENTS and (not at or items[at - 1].lemma not in prepositions))
            or before.kind is ItemKind.VERB
            for at, before in enumerate(items[:-1])
        ):
            if len(items) > 1 and items[-2].lemma in prepositions:
                return
            self.discourse.make_subject(item.keys)

    def _item(self, at: int, end: int, before: list[Item]) -> Item:
        return (
            self._quote(at, end)
            or self._date(at, end)
            or self._instrument(at, end)
            or self._verb_after_who(at, end, before)
            or self._noun(at, end, before)
            or self._the_two(at, end)
            or self._pronoun(at)
            or self._placed.item(at, end, before)
            or self._crime(at, end)
            or self._verb(at, end, before)
            or self._named_place(at)
            or Item(at, at + 1, ItemKind.WORD, self.words[at])
        )

    def _verb_after_who(self, at: int, end: int, before: list[Item]) -> Item | None:
        """A verb where a noun could stand too: "who heads the court"."""
        if not before or before[-1].lemma not in ("who", "which"):
            return None
        return self._verb(at, end, before)

    def _the_two(self, at: int, end: int) -> Item | None:
        """ "The two" and "the pair" without a noun, for people named together."""
        after = self.words[at + 2] if at + 2 < end else "."
        if at + 1 >= end or self.nouns.heads.plain(after):
            return None
        keys = self.discourse.meant_together(at, at + 2)
        return Item(at, at + 2, ItemKind.PERSON, "two", keys, plural=True) if keys else None

    def _quote(self, at: int, end: int) -> Item | None:
        """Direct speech as one item; a short quoted term stays words.

        A sentence that begins in the middle of a quotation goes on with it.
        """
        quotation = self.text.quotation_at(at)
        if quotation is None or (
            quotation.outer.start != self.text.doc[at].idx and at != self._begin
        ):
            return None
        last = min(self.text.token_at(quotation.outer.end), end)
        inner = self.text.words(quotation.inner)
        if len(inner.split()) < _SPEECH and not inner.rstrip().endswith((",", ".", "!", "?")):
            return None
        return Item(at, last, ItemKind.QUOTE, "“”") if last > at else None

    def _date(self, at: int, end: int) -> Item | None:
        found = self._dates.get(at)
        if found is None or not at < found[0] <= end:
            return None
        return Item(at, found[0], ItemKind.DATE, "date", date=found[1])

    def _instrument(self, at: int, end: int) -> Item | None:
        found = find_instrument(self.words, self.nouns.mention_at, at, end)
        if found is None:
            return None
        entities = self.discourse.entities
        persons = [m.key for m in found.owners if entities[m.key].kind is EntityKind.PERSON]
        bodies = [m.key for m in found.owners if entities[m.key].kind is not EntityKind.PERSON]
        if found.pronoun is not None:
            persons += self.discourse.meant_by_pronoun(self.words[found.pronoun])
        return Item(
            at,
            found.end,
            ItemKind.INSTRUMENT,
            found.kind,
            keys=tuple(persons),
            of=bodies[0] if bodies else None,
            definite=found.definite,
            plural=found.plural,
            negated=self.words[at] in ("no", "neither"),
        )

    def _noun(self, at: int, end: int, before: list[Item]) -> Item | None:
        phrase = self.nouns.read(at, end)
        if phrase is None or (phrase.head == Head.COUNTRY and not self.discourse.known(phrase)):
            return None
        if not phrase.keys and (self._name_follows(phrase) or self._is_beside(phrase, before)):
            keys: tuple[str, ...] = (self.discourse.newly(phrase),)
        else:
            keys = self.discourse.meant_by(phrase)
        self.descriptions.add(phrase, keys)
        self.discourse.address(keys[0], self.words[phrase.start])
        kind = _KINDS[self.discourse.entities[keys[0]].kind]
        if phrase.plural and phrase.head == Head.GROUP and phrase.keys:
            kind = ItemKind.PERSON
        if phrase.possessor and self.words[phrase.possessor[0]] in word_list(
            "words", "possessives"
        ):
            self.discourse.speak_of(
                self.discourse.meant_by_pronoun(self.words[phrase.possessor[0]])
            )
        return Item(
            phrase.start,
            phrase.end,
            kind,
            phrase.head_word or kind.value.lower(),
            keys=keys,
            definite=phrase.definite,
            plural=phrase.plural,
            negated=self.words[phrase.start] in ("no", "neither"),
            of=phrase.of or self.discourse.owner(keys[0]),
            roles=tuple((title.whole_start, title.whole_end) for title in phrase.titles),
        )

    def _is_beside(self, phrase: NounPhrase, before: list[Item]) -> bool:
        """Whether a description stands between commas after a name, and so is of that person."""
        if len(before) < 2 or before[-1].lemma != "," or phrase.head != Head.ROLE:
            return False
        name, after = before[-2], self.words[phrase.end : phrase.end + 1]
        named = name.kind is ItemKind.PERSON and self.discourse.entities[name.keys[0]].named
        return named and not name.plural and after in ([","], ["."], [";"], ["who"])

    def _name_follows(self, phrase: NounPhrase) -> bool:
        """Whether a description is followed by a comma and a name: "the president, Ana Rojas,"."""
        mention = self.nouns.mention_at.get(phrase.end + 1)
        if mention is None or phrase.head not in (Head.ROLE, Head.PERSON):
            return False
        after = self.words[mention.end] if mention.end < len(self.words) else "."
        person = self.discourse.entities[mention.key].kind is EntityKind.PERSON
        return person and self.words[phrase.end] == "," and after in (",", ".", ";", "'s")

    def _pronoun(self, at: int) -> Item | None:
        word = self.words[at]
        both = word == "both" and self.words[at + 1 : at + 2] and self._verb(at + 1, at + 9, [])
        if word not in _PRONOUNS and not both and not self._owns_document(at):
            return None
        keys = self.discourse.meant_by_pronoun(word, speaking=self._is_subject_of_speech(at))
        if not keys:
            return None
        kind = _KINDS[self.discourse.entities[keys[0]].kind]
        return Item(at, at + 1, kind, word, keys=keys, pronoun=True, plural=len(keys) > 1)

    def _owns_document(self, at: int) -> bool:
        """Whether "his" or "its" stands before a word for something written: "its statement"."""
        documents = word_list("words", "documents")
        return self.words[at] in word_list("words", "possessives") and any(
            word in documents for word in self.words[at + 1 : at + 3]
        )

    def _is_subject_of_speech(self, at: int) -> bool:
        """Whether a verb of speech stands beside a pronoun: "he later said", "said he"."""
        now = at + 1
        while now < len(self.words) and self.words[now] in word_list("words", "adverbs"):
            now += 1
        beside = self.words[now : now + 1]
        if beside in ([","], ["."]) or not beside:
            beside = self.words[max(at - 1, 0) : at]
        speech = word_list("words", "speech")
        return self._owns_document(at) or any(
            verb in speech for word in beside for verb, _ in verb_forms().get(word, ())
        )

    def _crime(self, at: int, end: int) -> Item | None:
        found = crime_at(self.words, at, end)
        if found is None:
            return None
        last, (category, specific, concept) = found
        span = self.text.span(at, last)
        wording = self.text.words(span) if specific else None
        crime = StatedCrime(category, wording, concept, span)
        return Item(at, last, ItemKind.CRIME, category, crimes=(crime,))

    def _verb(self, at: int, end: int, before: list[Item]) -> Item | None:
        group = verb_group(self.words, at, end)
        if group is None:
            return None
        bare = group.end == group.start + 1 and group.voice is Voice.ACTIVE
        return None if bare and not may_be_verb(self.words, at, end, before) else group

    def _named_place(self, at: int) -> Item | None:
        mention = self.nouns.mention_at.get(at)
        if mention is None:
            return None
        kind = _KINDS[self.discourse.entities[mention.key].kind]
        return Item(at, mention.end, kind, kind.value.lower(), keys=(mention.key,))
