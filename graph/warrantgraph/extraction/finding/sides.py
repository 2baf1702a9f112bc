"""Tells who stands on the side of those wanted, so that criticism by others is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.extraction.phrases import Analysis

__all__ = ["Sides"]


class Sides:
    """The people for whom an article has instruments, and the states and bodies they serve."""

    def __init__(self, analysis: Analysis) -> None:
        self._kinds = {key: entity.kind for key, entity in analysis.entities.items()}
        self._owners: dict[str, set[str]] = {}
        for each in analysis.descriptions:
            if each.of:
                self._owners.setdefault(each.person, set()).add(each.of)
        wanted = {
            key
            for clause in analysis.clauses
            for item in clause.items
            if item.kind is ItemKind.INSTRUMENT
            for key in item.keys
        }
        self.keys = wanted.union(*(self._owners.get(key, set()) for key in wanted))

    @property
    def known(self) -> bool:
        """Whether the article names a state whose people are wanted."""
        return any(self._kinds[key] is EntityKind.STATE for key in self.keys)

    def has(self, keys: Iterable[str], owner: str | None = None) -> bool:
        """Whether somebody, or whom he speaks for, is on the side of those wanted."""
        every = {*keys, *([owner] if owner else [])}
        return bool(every.union(*(self._owners.get(key, set()) for key in every)) & self.keys)

    def is_third_party(self, keys: Iterable[str], owner: str | None = None) -> bool:
        """Whether somebody speaks for a state that nobody wanted serves."""
        every = set(keys)
        speaks_for = {owner} if owner else set[str]()
        speaks_for = speaks_for.union(*(self._owners.get(key, set()) for key in every))
        speaks_for |= every
        speaks_for = {key for key in speaks_for if self._kinds[key] is EntityKind.STATE}
        return self.known and bool(speaks_for) and not self.has(every, owner)
