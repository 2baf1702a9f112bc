"""What every draft keeps to, whoever made it: its spans are words of the text, its keys unique."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from warrantgraph.extraction.facts import Entity
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warrantgraph.extraction.facts import Draft

__all__ = ["find_faults"]

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""A key becomes part of IRIs."""


def find_faults(draft: Draft, text: str) -> Iterator[str]:
    """What is wrong with a draft, each in words; nothing where it fits the text.

    >>> from warrantgraph.extraction.facts import Draft, EntityKind
    >>> there = Entity("ada", "Ada", EntityKind.PERSON, (Span(0, 3), Span(2, 9)))
    >>> list(find_faults(Draft((there,), (), "none 1"), "Ada left."))
    []
    >>> list(find_faults(Draft((there,), (), "none 1"), "Ada"))
    ['entity ada: (2, 9) is no stretch of the text']
    """
    keys = {entity.key: entity for entity in draft.entities}
    if len(keys) < len(draft.entities):
        yield "two entities have the same key"
    for entity in draft.entities:
        if not _KEY.fullmatch(entity.key):
            yield f"entity {entity.key}: its key cannot be part of an IRI"
        if not entity.name.strip():
            yield f"entity {entity.key}: it has no name"
        yield from _wrong_spans(entity, text, f"entity {entity.key}")
    for number, fact in enumerate(draft.facts, 1):
        where = f"fact {number} ({type(fact).__name__})"
        if not fact.evidence.rule.strip():
            yield f"{where}: it names no rule"
        yield from _wrong_spans(fact, text, where)
        for entity in _entities(fact):
            if keys.get(entity.key) != entity:
                yield f"{where}: {entity.key} is no entity of the draft"


def _wrong_spans(value: object, text: str, where: str) -> Iterator[str]:
    for span in _found(value, Span):
        start, end = span
        if not 0 <= start < end <= len(text):
            yield f"{where}: ({start}, {end}) is no stretch of the text"
        elif not text[start:end].strip():
            yield f"{where}: there are no words at ({start}, {end})"


def _entities(fact: object) -> Iterator[Entity]:
    return _found(fact, Entity)


def _found(value: Any, kind: type[Any]) -> Iterator[Any]:  # noqa: ANN401 - of any kind
    """Give all of one kind in a value, not looking into entities that a fact names."""
    if isinstance(value, kind):
        yield value
        if kind is Entity:
            return
    if isinstance(value, tuple) and not isinstance(value, Span):
        for item in cast("Iterable[Any]", value):
            yield from _found(item, kind)
    elif is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            if not isinstance(inner, Entity) or kind is Entity:
                yield from _found(inner, kind)
