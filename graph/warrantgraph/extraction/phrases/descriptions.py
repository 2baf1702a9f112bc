"""Keeps by which functions the text describes whom, while it is read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.phrases.items import Description

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.phrases.discourse import Discourse
    from warrantgraph.extraction.phrases.heads import Heads, NounPhrase
    from warrantgraph.extraction.phrases.items import Item

__all__ = ["Descriptions"]


class Descriptions:
    """The descriptions of one text, in the order in which they were read."""

    def __init__(self, discourse: Discourse, heads: Heads) -> None:
        self.all: list[Description] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        """By person, where in the list the descriptions of that one stand."""
        self._discourse = discourse
        self._heads = heads

    def _keep(self, description: Description) -> None:
        self._places[description.person].append(len(self.all))
        self.all.append(description)

    def _of(self, keys: Sequence[str]) -> list[Description]:
        """The descriptions of some persons, in their order."""
        places = {place for key in keys for place in self._places.get(key, ())}
        return [self.all[place] for place in sorted(places)]

    def rename(self, lost: str, kept: str) -> None:
        """Two keys turned out to mean the same; the first is given up."""
        if lost == kept:
            return
        for place in self._places.pop(lost, ()):
            self.all[place] = replace(self.all[place], person=kept, beside_name=True)
            self._places[kept].append(place)
        self._discourse.rename(lost, kept)

    def share(self, key: str, roles: tuple[tuple[int, int], ...], others: Sequence[str]) -> None:
        """What describes the first of a list in the plural describes all: "leaders A and B"."""
        for each in self._of([key]):
            if (each.start, each.end) in roles:
                for other in others:
                    self._keep(replace(each, person=other))

    def end(self, item: Item) -> None:
        """What describes somebody does so no longer: "once president"."""
        self.all = [
            replace(each, former=True) if (each.start, each.end) in item.roles else each
            for each in self.all
        ]

    def describe_all(self, item: Item, keys: Sequence[str]) -> None:
        """A description in the plural is of everybody on a list."""
        for each in self._of(item.keys):
            if (each.start, each.end) in item.roles:
                for key in keys:
                    self._keep(replace(each, person=key, beside_name=True))
        for key in keys:
            self._discourse.describe(key, item.lemma.removesuffix("s"), item.of)

    def add(self, phrase: NounPhrase, keys: tuple[str, ...]) -> None:
        """Keep what a phrase says of a person's functions."""
        if self._discourse.entities[keys[0]].kind not in (EntityKind.PERSON, EntityKind.GROUP):
            return
        for title in phrase.titles:
            inside = self._heads.words[title.start : title.end]
            if not {"to", "for", "of", "at", "in"} & set(inside):
                self._discourse.describe(keys[0], self._heads.function(title.end - 1), title.of)
            self._discourse.describe(keys[0], phrase.head_word, title.of)
            if phrase.head_word.endswith("-minister") and phrase.head_word != "prime-minister":
                self._discourse.describe(keys[0], "minister", title.of)
            self._keep(
                Description(
                    keys[0],
                    title.whole_start,
                    title.whole_end,
                    title.start,
                    title.end,
                    title.of,
                    title.former,
                    bool(phrase.keys),
                )
            )
