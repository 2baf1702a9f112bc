"""Reads what a description is of: "of Sudan", "for children's rights", "of the army"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.names import MentionForm
from warrantgraph.extraction.phrases.heads import Head, NounPhrase, Title

if TYPE_CHECKING:
    from warrantgraph.extraction.names import Mention
    from warrantgraph.extraction.phrases.nouns import NounReader

__all__ = ["Complements"]

_POSSESSIVE = word_list("words", "possessive_marks")
_LINKS = ("of", "for", "to", "at", "in", "on")
_LONGEST = 8


class Complements:
    """Reads the complements of the phrases that a reader reads."""

    def __init__(self, nouns: NounReader) -> None:
        self._nouns = nouns

    def take_in(
        self, phrase: NounPhrase, title: Title, end: int, depth: int
    ) -> tuple[NounPhrase, Title]:
        """Take in "of Sudan", "for children's rights", "of the army"."""
        at = phrase.end
        if (
            at + 1 >= end
            or self._nouns.words[at] not in _LINKS
            or self._nouns.heads.takes_of(phrase.start)
        ):
            return phrase, title
        link = self._nouns.words[at]
        if link == "of" and self._nouns.words[at + 1] in word_list("roles", "of_what"):
            title = replace(title, end=at + 2, whole_end=at + 2)
            return self.take_in(replace(phrase, end=at + 2), title, end, depth)
        mention = self._mention_after(at + 1, end)
        inner = self._nouns.read(at + 1, end, depth + 1) if link != "on" else None
        if inner is not None and not inner.keys and self._owns(inner):
            inner = None  # "for children's rights" is of rights, not of children
        speaks_for = phrase.head_word in word_list("roles", "agents")
        if (
            inner is not None
            and inner.head != Head.PERSON
            and (speaks_for or not self._is_person(inner))
        ):
            if link in ("in", "at", "for", "to") and phrase.head == Head.PERSON:
                return phrase, title
            if phrase.head_word.startswith("member") and self._is_court(inner):
                return phrase, title
            means = inner.keys[0] if inner.keys else self._nouns.resolve(inner) or inner.of
            of = phrase.of or means
            whole = inner.end
            title_end = title.end if inner.keys else inner.end
        elif inner is not None and self._is_person(inner):
            return phrase, title
        elif mention is not None:
            of, whole, title_end = mention.key, mention.end, title.end
        elif link in ("of", "for") and phrase.head in (Head.ROLE, Head.BODY, Head.GROUP):
            whole = self._plain_complement(at + 1, end)
            if whole == at + 1:
                return phrase, title
            of, title_end = phrase.of, whole
        else:
            return phrase, title
        return (
            replace(phrase, end=whole, of=of),
            replace(title, end=title_end, whole_end=whole, of=of),
        )

    def _owns(self, phrase: NounPhrase) -> bool:
        after = self._nouns.words[phrase.end : phrase.end + 1]
        return bool(after) and after[0] in _POSSESSIVE

    def _is_court(self, phrase: NounPhrase) -> bool:
        kinds = {self._nouns.entities[key].kind for key in phrase.keys}
        return phrase.head == Head.COURT or EntityKind.COURT in kinds

    def _is_person(self, phrase: NounPhrase) -> bool:
        return bool(phrase.keys) and self._nouns.entities[phrase.keys[0]].kind is EntityKind.PERSON

    def _mention_after(self, place: int, end: int) -> Mention | None:
        """A state, place or body named within a few words: "in the southern city of Tainan"."""
        for now in range(place, min(end, place + 6)):
            mention = self._nouns.mention_at.get(now)
            if mention is not None:
                named = mention.form is MentionForm.NAME
                person = self._nouns.entities[mention.key].kind is EntityKind.PERSON
                return mention if named and not person else None
            word = self._nouns.words[now]
            if word not in ("the", "of", "city", "state") and not self._nouns.heads.plain(word):
                return None
        return None

    def _plain_complement(self, place: int, end: int) -> int:
        """Where a complement of plain words ends: "for children's rights", "of foreign affairs"."""
        now, words = place, self._nouns.words
        while now < min(end, place + _LONGEST) and now not in self._nouns.mention_at:
            word = words[now]
            small = word in ("and", "the")
            joins = small and now + 1 < end and self._nouns.heads.plain(words[now + 1])
            if not self._nouns.heads.plain(word) and word not in _POSSESSIVE and not joins:
                break
            if joins and word == "and" and now + 2 < end and words[now + 2] in ("of", "for"):
                break
            now += 1
        return now
