"""Joins a name with what stands in apposition to it: "Ana Rojas, once president of Chile,"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice, lemma_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.phrases.itemizing import Itemizer

__all__ = ["Appositions"]

_BODIES = (ItemKind.STATE, ItemKind.COURT, ItemKind.ORGANIZATION)
_FORCES = ("forces", "police", "troops", "militants", "rebels", "fighters")
_BEFORE = ("once", "formerly", "then", "previously", "now", "currently", "later", "also")
_NO_LONGER = ("once", "formerly", "then", "previously")


class Appositions:
    """Joins the appositions of one text, sentence by sentence."""

    def __init__(self, itemizer: Itemizer) -> None:
        self._itemizer = itemizer

    def join(self, items: list[Item]) -> list[Item]:
        """Take in ", the president of Sudan," after a name, and a name after a description."""
        found: list[Item] = []
        at = 0
        while at < len(items):
            item = items[at]
            end = at + 1
            while (place := self._apposition(items, item, end)) is not None:
                item = self._take(items, item, place)
                end = place + 1
                if (second := self._second(items, item, end)) is not None:
                    item = self._take(items, item, second)
                    end = second + 1
                if lemma_at(items, end) == "," and end + 1 < len(items):
                    end += 1
                    break
            found.append(item)
            at = end
        return found

    def _take(self, items: list[Item], item: Item, place: int) -> Item:
        if lemma_at(items, place - 1) in _NO_LONGER:
            self._itemizer.descriptions.end(items[place])
        return self._merge(item, items[place])

    def _second(self, items: list[Item], item: Item, at: int) -> int | None:
        """The place of a second description after "and": "minister and once head of a militia"."""
        if lemma_at(items, at) != "and" or not self.named(item):
            return None
        place = _after_adverbs(items, at + 1)
        if place >= len(items) or not self._closes(items, place + 1, item):
            return None
        other = items[place]
        person = other.kind is ItemKind.PERSON and len(other.keys) == 1 and bool(other.roles)
        return place if person and not self.named(other) else None

    def _apposition(self, items: list[Item], item: Item, at: int) -> int | None:
        """The place of a phrase for the same person or body that stands after a comma here."""
        place = _after_adverbs(items, at + 1)
        if lemma_at(items, at) != "," or place >= len(items) or len(item.keys) != 1:
            return None
        return place if self._is_same(items, item, place) else None

    def _is_same(self, items: list[Item], item: Item, place: int) -> bool:
        other = items[place]
        if self._are_forces(item, other):
            return self._ends(items, place + 1, item)
        if len(other.keys) != 1 or item.pronoun or other.pronoun or other.plural or item.plural:
            return False
        people = item.kind is ItemKind.PERSON and other.kind is ItemKind.PERSON
        bodies = item.kind in _BODIES and other.kind in _BODIES and item.kind is other.kind
        if not (people or bodies) or not self._ends(items, place + 1, item):
            return False
        named, named_too = self.named(item), self.named(other)
        if named and named_too:
            return item.keys == other.keys
        if named:
            return bool(other.roles) or bodies
        return (
            named_too
            and (bool(item.roles) or bodies)
            and (item.definite or not self._goes_on(items, place + 1))
        )

    def _ends(self, items: list[Item], at: int, item: Item) -> bool:
        """Whether an apposition ends here, or goes on with a second one."""
        return self._closes(items, at, item) or (
            lemma_at(items, at) == "and" and self._second(items, item, at) is not None
        )

    def _are_forces(self, item: Item, other: Item) -> bool:
        """Whether a name tells which forces are meant: "the secret police, the Dina"."""
        forces = item.kind is ItemKind.GROUP and item.lemma in _FORCES and not self.named(item)
        return forces and other.kind is ItemKind.ORGANIZATION and self.named(other)

    def _goes_on(self, items: list[Item], at: int) -> bool:
        """Whether a list goes on, so that what stands before a comma is a member of its own."""
        return lemma_at(items, at) == "," and (
            lemma_at(items, at + 1) in ("and", "or")
            or items[at + 1 : at + 2] == []
            or items[at + 1].kind in AGENTS
        )

    def _closes(self, items: list[Item], at: int, item: Item) -> bool:
        """Whether an apposition may end here."""
        if at >= len(items):
            return True
        after = items[at]
        if after.kind is ItemKind.VERB and after.voice is Voice.PAST and self.named(item):
            return True  # "X, a former minister accused of"
        return after.lemma in (",", ".", ";", ")", "who", "which", "”", '"', "–", "—", "--") or (
            after.kind in (ItemKind.VERB, ItemKind.QUOTE)
            and not self.named(item)
            and (item.definite or after.lemma not in word_list("words", "speech"))
        )

    def _merge(self, item: Item, other: Item) -> Item:
        """One item for both; what describes the one describes the other."""
        kept, lost = (item, other) if self.named(item) else (other, item)
        self._itemizer.descriptions.rename(lost.keys[0], kept.keys[0])
        return replace(
            kept,
            start=item.start,
            end=other.end,
            roles=item.roles + other.roles,
            of=kept.of or lost.of,
            lemma=lost.lemma if lost.roles else kept.lemma,
        )

    def named(self, item: Item) -> bool:
        """Whether everybody whom an item means is named."""
        return all(self._itemizer.discourse.entities[key].named for key in item.keys)


def _after_adverbs(items: Sequence[Item], at: int) -> int:
    """The place after "once", "now" and the like."""
    while lemma_at(items, at) in _BEFORE:
        at += 1
    return at
