"""Who an article names, as a model lists them: each name is looked up in the text first.

A name that the text does not have names nobody. Forms of a name are kept where they can be one:
what a model calls a form of the name of a person must share a word with it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from warrantgraph.extraction.chat.quotes import places_of
from warrantgraph.extraction.chat.rejections import LeftOutError, Reason
from warrantgraph.extraction.facts import Entity, EntityKind
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Naming"]

_LONGEST_NAME: Final = 200
_MOST_FORMS: Final = 10
_MOST_NAMED: Final = 1000
_MOST_PLACES: Final = 1000
"""Of one form: these three keep the work small, whatever a model lists."""

_WORD: Final = re.compile(r"\w{2,}")


@dataclass
class _Named:
    """Somebody as listed so far; forms in the order they came, the name among them."""

    name: str
    kind: EntityKind
    named: bool
    forms: dict[str, None] = field(default_factory=dict[str, None])


class Naming:
    """The entities of an article, and which of them a name means.

    Each answer comes with the stretch of the text that it is about; names stand in there.

    >>> answer = {"entities": [{"name": "Ann Day", "kind": "person", "mentions": ["Day", "she"]}]}
    >>> naming = Naming("Ann Day came. Day left.", [(Span(0, 23), answer)])
    >>> naming.entity("Day").name, naming.entity("Day").mentions
    ('Ann Day', (Span(start=0, end=7), Span(start=14, end=17)))
    """

    def __init__(self, text: str, answers: Iterable[tuple[Span, Mapping[str, Any]]]) -> None:
        self._text = text
        self._listed: list[_Named] = []
        for shown, answer in answers:
            listed = answer.get("entities")
            for item in cast("list[object]", listed) if isinstance(listed, list) else []:
                if isinstance(item, dict):
                    self._add(cast("dict[str, Any]", item), shown)
        self._entities = self._located()

    def entity(self, name: object) -> Entity:
        """Whom a name means.

        Raises:
            LeftOutError: nobody whom the text names, or several.
        """
        if not isinstance(name, str) or not name.strip():
            raise LeftOutError(Reason.NAME_MISSING)
        known = [each for each in self._entities if each[0].name == name]
        known = known or [each for each in self._entities if name in each[1]]
        if not known:
            raise LeftOutError(Reason.NAME_NOT_FOUND)
        if len(known) > 1:
            raise LeftOutError(Reason.NAME_AMBIGUOUS)
        return known[0][0]

    def _add(self, item: Mapping[str, Any], shown: Span) -> None:
        name, kind = item.get("name"), item.get("kind")
        if not isinstance(name, str) or not isinstance(kind, str) or kind not in tuple(EntityKind):
            return
        named = item.get("named") is not False
        mentions = item.get("mentions")
        others = cast("list[object]", mentions) if isinstance(mentions, list) else []
        written = [name, *others[:_MOST_FORMS]]
        forms = [
            form
            for form in written
            if isinstance(form, str)
            and self._stands(form, shown)
            and _can_mean(form, name, kind, named)
        ]
        if not forms or len(self._listed) == _MOST_NAMED:
            return
        fullest = name if name in forms else max(forms, key=len)
        found = self._same(fullest, forms, EntityKind(kind))
        if found is None:
            found = _Named(fullest, EntityKind(kind), named)
            self._listed.append(found)
        elif len(fullest) > len(found.name) and found.name in forms:
            found.name = fullest
        found.forms |= dict.fromkeys(forms)

    def _stands(self, form: str, shown: Span) -> bool:
        return len(form) <= _LONGEST_NAME and any(places_of(self._text, form, shown))

    def _same(self, name: str, forms: list[str], kind: EntityKind) -> _Named | None:
        """The one listed already who has this name, if there is one."""
        same = [
            each
            for each in self._listed
            if each.kind is kind and (name in each.forms or each.name in forms)
        ]
        if not same and kind is EntityKind.PERSON:
            same = [
                each
                for each in self._listed
                if each.kind is kind
                and (each.name.endswith(f" {name}") or name.endswith(f" {each.name}"))
            ]
        return same[0] if len(same) == 1 else None

    def _located(self) -> list[tuple[Entity, frozenset[str]]]:
        """The entities in the order of the text; a stretch of text is a mention of one only."""
        owners: dict[str, list[int]] = {}
        for index, each in enumerate(self._listed):
            for form in each.forms:
                owners.setdefault(form, []).append(index)
        taken = bytearray(len(self._text))
        mentions: dict[int, list[Span]] = {}
        for form in sorted(owners, key=len, reverse=True):
            places = places_of(self._text, form, Span(0, len(self._text)))
            for place in islice(places, _MOST_PLACES):
                # Where several have a form, the text does not tell whom it means.
                if len(owners[form]) == 1 and not any(taken[place.start : place.end]):
                    mentions.setdefault(owners[form][0], []).append(place)
                    taken[place.start : place.end] = b"x" * len(form)
        keys: set[str] = set()
        return [
            (
                _entity(self._listed[index], sorted(places), keys),
                frozenset(self._listed[index].forms),
            )
            for index, places in sorted(mentions.items(), key=lambda each: min(each[1]))
        ]

    def entities(self) -> tuple[Entity, ...]:
        """All of them, in the order of the text."""
        return tuple(entity for entity, _ in self._entities)


def _can_mean(form: str, name: str, kind: str, named: bool) -> bool:
    if not named:
        return form == name
    if not any(character.isupper() or character.isdigit() for character in form):
        # Scripts without capitals have names too.
        return form == name and not form.isascii()
    if kind != EntityKind.PERSON or form == name:
        return True
    return not _words(form).isdisjoint(_words(name))


def _words(name: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(name)}


def _entity(named: _Named, mentions: list[Span], keys: set[str]) -> Entity:
    key = _key(named, keys)
    return Entity(key, named.name, named.kind, tuple(mentions), named=named.named)


def _key(named: _Named, taken: set[str]) -> str:
    """A key for IRIs: the name in plain letters, numbered where another has it."""
    plain = unicodedata.normalize("NFKD", named.name).encode("ascii", "ignore").decode().lower()
    base = "-".join(re.findall(r"[a-z0-9]+", plain)) or named.kind.value
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key)
    return key
