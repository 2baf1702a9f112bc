"""Where an entity is mentioned, and in which form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.extraction.facts import Entity

__all__ = ["Mention", "MentionForm", "Names"]


class MentionForm(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    """A proper name, whole or in part: "Omar al-Bashir", "Bashir", "ICC"."""
    ADJECTIVE = "adjective"
    """An adjective or a people's name: "Sudanese", "Hague-based"."""


@dataclass(frozen=True, order=True)
class Mention:
    """Tokens `start` to `end` (exclusive) of a text name the entity with this key."""

    start: int
    end: int
    key: str
    form: MentionForm


@dataclass(frozen=True)
class Names:
    """The entities of a text by key, and their mentions in order; no two mentions overlap."""

    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
