"""Joins items that belong together: a name and its apposition, a list of people, their warrants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.appositions import Appositions
from warrantgraph.extraction.phrases.items import AGENTS, Item, ItemKind, Voice, lemma_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.phrases.itemizing import Itemizer

__all__ = ["Joiner"]

_PEOPLE = (ItemKind.PERSON, ItemKind.GROUP)
_BODIES = (ItemKind.STATE, ItemKind.COURT, ItemKind.ORGANIZATION)
_PLURAL = ("they", "them", "themselves", "both")
_LONGEST_ASIDE = 8
_LONGEST_ALIAS = 12
_FOR_WHOM = ("for", "against", "on", "of", "naming", "targeting", "to")


class Joiner:
    """Joins the items of one sentence, step by step."""

    def __init__(self, itemizer: Itemizer) -> None:
        self._itemizer = itemizer
        self._appositions = Appositions(itemizer)

    def join(self, items: Sequence[Item]) -> list[Item]:
        """The items with asides, appositions and lists taken into the phrases they belong to."""
        joined = self._asides(list(items))
        joined = self._appositions.join(joined)
        joined = self._lists(joined, _PEOPLE)
        joined = self._lists(joined, _BODIES)
        return self._whom(self._pronouns(joined))

    def _pronouns(self, items: list[Item]) -> list[Item]:
        """ "them" after a list in the same sentence means the list."""
        found: list[Item] = []
        listed: Item | None = None
        for item in items:
            if len(item.keys) > 1 and item.kind in AGENTS and not item.pronoun:
                listed = item
            if listed is not None and item.pronoun and item.lemma in _PLURAL:
                item = replace(item, kind=listed.kind, keys=listed.keys, plural=True)
            found.append(item)
        return found

    def _asides(self, items: list[Item]) -> list[Item]:
        """Take in brackets, ages and aliases after a name."""
        found: list[Item] = []
        at = 0
        while at < len(items):
            item = items[at]
            end = at + 1
            if item.kind in AGENTS:
                end = self._from_where(items, at, self._aside(items, at))
                item = replace(item, end=items[end - 1].end)
            found.append(item)
            at = end
        return found

    def _aside(self, items: list[Item], at: int) -> int:
        """Where the asides after the item at a place end."""
        end = at + 1
        if lemma_at(items, end) == "(":
            for now in range(end + 1, min(end + _LONGEST_ASIDE, len(items))):
                if items[now].kind is ItemKind.VERB:
                    break
                if items[now].lemma == ")":
                    end = now + 1
                    break
        age = lemma_at(items, end) == "," and lemma_at(items, end + 1).isdigit()
        if age and lemma_at(items, end + 2) in (",", ".", ""):
            end += 3 if lemma_at(items, end + 2) == "," else 2
        return self._alias(items, end)

    def _from_where(self, items: list[Item], at: int, end: int) -> int:
        """Take in "of Uganda" after the name of a person."""
        named = items[at].kind is ItemKind.PERSON and self._appositions.named(items[at])
        if named and lemma_at(items, end) == "of" and end + 1 < len(items):
            return end + 2 if items[end + 1].kind in (ItemKind.STATE, ItemKind.PLACE) else end
        return end

    def _alias(self, items: list[Item], end: int) -> int:
        """Where an alias ends that begins at or after a comma here; the same place if none."""
        begin = end + 1 if lemma_at(items, end) in (",", "(") else end
        words = " ".join(item.lemma for item in items[begin : begin + 3])
        if any(words.startswith(alias) for alias in word_list("words", "aliases")):
            for now in range(begin + 1, min(begin + _LONGEST_ALIAS, len(items))):
                if items[now].lemma in (",", ")", ".") or items[now].kind is ItemKind.VERB:
                    return now + (items[now].lemma in (",", ")"))
        return end

    def _lists(self, items: list[Item], kinds: tuple[ItemKind, ...]) -> list[Item]:
        """Make one item of "A, B and C"."""
        found: list[Item] = []
        at = 0
        while at < len(items):
            item, end = items[at], at + 1
            described = self._described_list(items, at)
            if described is not None:
                item, end = described
            elif item.kind in kinds and not item.pronoun:
                members, end = self._members(items, at, kinds)
                if len(members) > 1:
                    item = self._list(members)
            found.append(item)
            at = end
        return found

    def _members(
        self, items: list[Item], at: int, kinds: tuple[ItemKind, ...]
    ) -> tuple[list[Item], int]:
        """The members of a list that begins at a place, and where it ends."""
        members, end, last = [items[at]], at + 1, False
        while not last:
            commas = lemma_at(items, end) in (",", ";")
            now = end + commas
            joins = lemma_at(items, now) in ("and", "or", "nor", "&") or (
                lemma_at(items, now) == "as" and lemma_at(items, now + 1) == "well"
            )
            if joins:
                now += 3 if lemma_at(items, now) == "as" else 1
                last = True
            if (
                (commas or joins)
                and at
                and lemma_at(items, now) == items[at - 1].lemma in _FOR_WHOM
            ):
                now += 1  # "for A and for B"
            if not (commas or joins) or now >= len(items) or items[now].kind not in kinds:
                return self._complete(members, at, end, closed=False)
            if items[now].pronoun:
                return self._complete(members, at, end, closed=False)
            if commas and joins and len(members) == 1 and self._acts(items, now + 1):
                return members, at + 1
            members.append(items[now])
            end = now + 1
        return self._complete(members, at, end, closed=True)

    def _complete(
        self, members: list[Item], at: int, end: int, *, closed: bool
    ) -> tuple[list[Item], int]:
        """A list needs its "and": commas alone part clauses and appositions too."""
        return (members, end) if closed else (members[:1], at + 1)

    def _acts(self, items: list[Item], at: int) -> bool:
        finite = (Voice.ACTIVE, Voice.PAST, Voice.PASSIVE)
        return at < len(items) and items[at].kind is ItemKind.VERB and items[at].voice in finite

    def _list(self, members: list[Item]) -> Item:
        keys = tuple(dict.fromkeys(key for member in members for key in member.keys))
        self._itemizer.discourse.speak_of(keys)
        if members[0].plural and len(members[0].keys) == 1:
            self._itemizer.descriptions.share(members[0].keys[0], members[0].roles, keys[1:])
        kinds = {member.kind for member in members}
        kind = members[0].kind if len(kinds) == 1 else ItemKind.PERSON
        if not kinds <= {ItemKind.PERSON, ItemKind.GROUP}:
            kind = members[0].kind
        return replace(
            members[0],
            kind=kind,
            end=members[-1].end,
            keys=keys,
            plural=True,
            roles=tuple(role for member in members for role in member.roles),
        )

    def _described_list(self, items: list[Item], at: int) -> tuple[Item, int] | None:
        """The names after "four of his ministers:" as one item, and where it ends."""
        item = items[at]
        if item.kind is not ItemKind.GROUP or not item.roles or at + 2 >= len(items):
            return None
        if lemma_at(items, at + 1) not in (",", ":", "–", "—", "-", "--"):
            return None
        names, end = self._members(items, at + 2, (ItemKind.PERSON,))
        if len(names) < 2 or not all(self._appositions.named(name) for name in names):
            return None
        listed = self._list(names)
        self._itemizer.descriptions.describe_all(item, listed.keys)
        return replace(listed, start=item.start, roles=item.roles + listed.roles), end

    def _whom(self, items: list[Item]) -> list[Item]:
        """Tell each instrument whom it is for, where that follows it."""
        found: list[Item] = []
        for at, item in enumerate(items):
            whom = (
                items[at + 2]
                if lemma_at(items, at + 1) in _FOR_WHOM and at + 2 < len(items)
                else None
            )
            if item.kind is ItemKind.INSTRUMENT and not item.keys and whom and whom.kind in _PEOPLE:
                item = replace(item, keys=whom.keys)
            found.append(item)
        return found
