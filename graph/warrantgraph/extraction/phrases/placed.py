"""Makes items of people whom only their place tells: beside a quotation, after "accuse"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.phrases.items import Item, ItemKind
from warrantgraph.extraction.phrases.speech import is_speech
from warrantgraph.extraction.phrases.unknown_speakers import unknown_accused, unknown_speaker

if TYPE_CHECKING:
    from warrantgraph.extraction.phrases.discourse import Discourse
    from warrantgraph.extraction.phrases.nouns import NounReader
    from warrantgraph.extraction.reading import Text

__all__ = ["Placed"]


class Placed:
    """Finds people by their place in the sentences of one text."""

    def __init__(self, text: Text, nouns: NounReader, discourse: Discourse) -> None:
        self._text = text
        self._nouns = nouns
        self._discourse = discourse
        self._cased = [token.text for token in text.doc]

    def item(self, at: int, end: int, before: list[Item]) -> Item | None:
        """The person or group that begins at a token, after the items `before` it."""
        return (
            self._described_speaker(at, end, before)
            or self._speaker(at, end, before)
            or self._accused(at, end, before)
        )

    def _described_speaker(self, at: int, end: int, before: list[Item]) -> Item | None:
        """A name after words that are no known function: "said cafe owner Jane Roe"."""
        if len(before) < 2 or not is_speech(before[-1]) or before[-2].kind is not ItemKind.QUOTE:
            if len(before) < 3 or before[-2].lemma not in (",", "”", '"'):
                return None
            if not is_speech(before[-1]) or before[-3].kind is not ItemKind.QUOTE:
                return None
        for now in range(at + 1, min(end, at + 5)):
            mention = self._nouns.mention_at.get(now)
            if mention is not None:
                person = self._discourse.entities[mention.key].kind is EntityKind.PERSON
                key = (mention.key,)
                return (
                    Item(at, mention.end, ItemKind.PERSON, "person", keys=key) if person else None
                )
            if not self._nouns.words[now].replace("-", "").isalpha():
                return None
        return None

    def _accused(self, at: int, end: int, before: list[Item]) -> Item | None:
        """Whoever stands between "accuse" and "of", where no word tells people."""
        last = unknown_accused(self._nouns.words, at, end, before)
        if last is None or any(now in self._nouns.mention_at for now in range(at, last)):
            return None
        first = at + (self._nouns.words[at] in ("a", "an", "the"))
        key = self._discourse.add(self._text.words(self._text.span(first, last)), EntityKind.GROUP)
        return Item(at, last, ItemKind.GROUP, "group", keys=(key,), plural=True)

    def _speaker(self, at: int, end: int, before: list[Item]) -> Item | None:
        """Somebody whom only the place beside a quotation tells to be a person."""
        last = unknown_speaker(self._nouns.words, self._cased, at, end, before)
        if last is None:
            return None
        named = [
            self._nouns.mention_at[now].key
            for now in range(at, last)
            if now in self._nouns.mention_at
        ]
        if any(self._discourse.entities[key].kind is not EntityKind.PERSON for key in named):
            return None
        first = at + (self._nouns.words[at] in ("a", "an", "the"))
        words = self._text.words(self._text.span(first, last))
        key = named[-1] if named else self._discourse.add(words, EntityKind.PERSON)
        return Item(at, last, ItemKind.PERSON, "person", keys=(key,))
