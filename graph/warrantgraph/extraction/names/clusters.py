"""Which names name the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.names.folding import fold, name_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.extraction.names.found import Found

__all__ = ["Cluster", "join_bodies", "join_persons"]


@dataclass
class Cluster:
    """The names of one entity."""

    kind: EntityKind
    forms: list[str] = field(default_factory=list[str])
    found: list[Found] = field(default_factory=list["Found"])
    name: str = ""
    """What the lexicon calls it, empty where it does not have it."""

    def add(self, found: Found, form: str) -> None:
        """Add one more name of the same."""
        self.found.append(found)
        if form not in self.forms:
            self.forms.append(form)

    @property
    def full(self) -> str:
        """The fullest form that the text gives."""
        return max(self.forms, key=lambda form: (len(name_parts(form)), len(form)))


def join_bodies(found: Iterable[tuple[Found, str]]) -> list[Cluster]:
    """Everything but persons: the same in the lexicon, or the same folded words."""
    clusters: dict[tuple[EntityKind, str], Cluster] = {}
    for item, form in found:
        key = (item.kind, item.name or _body_key(form))
        cluster = clusters.setdefault(key, Cluster(item.kind, name=item.name))
        cluster.add(item, form)
    return list(clusters.values())


def _body_key(form: str) -> str:
    words = fold(form).replace(".", "").split()
    if words and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in ("ltd", "inc", "llc", "plc", "corp", "limited"):
        words = words[:-1]
    return " ".join(words)


def join_persons(found: Iterable[tuple[Found, str]]) -> list[Cluster]:
    """Persons: the same parts of a name, or some of them where only one person has these."""
    items = list(found)
    clusters: dict[tuple[str, ...], Cluster] = {}
    by_part: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    by_size = sorted(items, key=lambda pair: -len(name_parts(pair[1])))
    owner: dict[tuple[str, ...], tuple[str, ...]] = {}
    for _, form in by_size:
        parts = name_parts(form)
        if len(parts) < 2 or parts in owner:
            continue
        whole = next((full for full in by_part[parts[-1]] if _same(parts, full)), None)
        owner[parts] = whole or parts
        if whole is None:
            for part in dict.fromkeys(parts):
                by_part[part].append(parts)
    last: dict[tuple[str, ...], int] = {}
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for item, form in items:
        parts = name_parts(form)
        full = owner.get(parts)
        if full is None:
            full = _nearest(parts, by_part.get(parts[-1], []), last, counts)
            if full is None:
                full = parts
                owner[parts] = parts
                by_part[parts[-1]].append(parts)
        last[full] = item.start
        counts[full] += 1
        clusters.setdefault(full, Cluster(EntityKind.PERSON)).add(item, form)
    return list(clusters.values())


def _same(parts: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name of several parts is a shorter form of another."""
    if parts[-1] != full[-1]:
        return parts == full[: len(parts)]
    rest = iter(full)
    if not all(any(_agree(part, other) for other in rest) for part in parts):
        return False
    return _agree(parts[0], full[0]) or parts == full[-len(parts) :]


def _agree(part: str, other: str) -> bool:
    return part == other or (len(part) == 1 and other.startswith(part))


def _nearest(
    parts: tuple[str, ...],
    candidates: list[tuple[str, ...]],
    last: dict[tuple[str, ...], int],
    counts: dict[tuple[str, ...], int],
) -> tuple[str, ...] | None:
    """Whom a short form means: one whose last part it is, before others; then who came last."""
    if not candidates:
        return None

    def rank(full: tuple[str, ...]) -> tuple[bool, bool, int]:
        return (full[-1] == parts[-1], full in last, last.get(full, 0))

    return max(candidates, key=rank)
