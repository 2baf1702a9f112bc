"""Which names name the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warrantgraph.extraction.names.folding import fold, name_parts
from warrantgraph.extraction.names.mentions import MentionForm
from warrantgraph.extraction.names.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from warrantgraph.extraction.facts import EntityKind
    from warrantgraph.extraction.names.found import Found

__all__ = ["Cluster", "join_bodies", "join_persons"]

_FEWEST = 2
_MOST = 64
"""Of so many persons with one part of a name in common, a text would not speak."""


@dataclass
class Cluster:
    """The names of one entity; `name` is what the lexicon calls it, empty where it has none."""

    kind: EntityKind
    name: str = ""
    forms: list[str] = field(default_factory=list[str])
    found: list[Found] = field(default_factory=list["Found"])

    def add(self, found: Found, form: str) -> None:
        """Add one more name of the same."""
        self.found.append(found)
        if found.form is MentionForm.NAME and form not in self.forms:
            self.forms.append(form)

    @property
    def full(self) -> str:
        """The fullest form that the text gives."""
        if not self.forms:
            return self.name
        return max(self.forms, key=lambda form: (len(name_parts(form)), len(form)))


def join_bodies(
    found: Iterable[tuple[Found, str]], holders: Mapping[int, str] | None = None
) -> list[Cluster]:
    """Everything but persons: the same in the lexicon, or the same folded words.

    `holders` are, by the place of a name, whose body it is where each state has such a one
    ("Spain's Supreme Court"); a name without a holder means the one named last.
    """
    clusters: dict[tuple[EntityKind, str, str], Cluster] = {}
    last: dict[tuple[EntityKind, str], str] = {}
    for item, form in found:
        same = (item.kind, item.name or _body_key(form))
        holder = holders.get(item.start, "") if holders else ""
        if not holder:
            holder = last.get(same, "")
        elif last.get(same) == "":
            clusters[*same, holder] = clusters.pop((*same, ""))
        last[same] = holder
        if (*same, holder) not in clusters:
            clusters[*same, holder] = Cluster(item.kind, item.name)
        clusters[*same, holder].add(item, form)
    return list(clusters.values())


def _body_key(form: str) -> str:
    words = fold(form).replace(".", "").split()
    if words and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in folded_words("organizations", "company"):
        words = words[:-1]
    return " ".join(words)


Parts = tuple[str, ...]


class _Persons:
    """Full names of persons, and which shorter ones mean them."""

    def __init__(self) -> None:
        self._whole: dict[Parts, Parts] = {}
        self._by_part: dict[str, list[Parts]] = defaultdict(list)
        self._by_way: dict[Parts, list[Parts]] = defaultdict(list)
        self._last: dict[Parts, int] = {}
        self.lesser: set[Parts] = set()
        """Those whom the text brings in as somebody's father, wife or namesake."""

        self.counts: dict[Parts, int] = defaultdict(int)
        """How often each is named in a way that only they are."""

    def add_full(self, parts: Parts) -> None:
        """Take a name of several parts; it may be a shorter form of one taken before."""
        if parts in self._whole:
            return
        ways = [parts, (parts[0], "", parts[-1])]
        same = (full for way in ways for full in self._by_way[way][:_MOST])
        whole = next((full for full in same if _is_same(parts, full)), None)
        self._whole[parts] = whole or parts
        if whole is None:
            for part in dict.fromkeys(parts):
                self._by_part[part].append(parts)
            for way in _ways(parts):
                self._by_way[way].append(parts)

    def join(self, one: Parts, other: Parts) -> None:
        """Two names that the text says are of one person."""
        root = self.meant(one, 0)
        if other not in self._whole:
            self._whole[other] = other
            self._by_part[other[-1]].append(other)
        gone = self.root(other)
        if root != gone:
            self._whole[gone] = root

    def root(self, parts: Parts) -> Parts:
        """The name under which a person goes here."""
        while (whole := self._whole[parts]) != parts:
            parts = whole
        return parts

    def meant(self, parts: Parts, place: int) -> Parts:
        """Whom a name at a place means: whoever has it, and of several who came last."""
        if parts not in self._whole or (len(parts) < _FEWEST and self._ambiguous(parts)):
            full = self._nearest(parts)
            if full is None:
                self._whole[parts] = full = parts
                self._by_part[parts[-1]].append(parts)
        else:
            full = parts
        root = self.root(full)
        self._last[root] = place
        return root

    def reigning(self, parts: Parts) -> Parts:
        """Whom a given name alone means: the one who begins with it, or else nobody before."""
        first = (full for full in self._by_part.get(parts[0], []) if full[0] == parts[0])
        full = next(first, None)
        return parts if full is None else self.root(full)

    def _ambiguous(self, parts: Parts) -> bool:
        return len(self._by_part.get(parts[-1], ())) > 1

    def _nearest(self, parts: Parts) -> Parts | None:
        candidates = [
            full
            for full in self._by_part.get(parts[-1], [])[:_MOST]
            if len(parts) == 1 or parts == full[: len(parts)] or parts == full[-len(parts) :]
        ]
        roots = {self.root(full) for full in candidates if full[-1] == parts[-1]} - self.lesser
        counts = sorted(self.counts[root] for root in roots)
        most = counts[-1] if len(counts) > 1 and counts[-1] >= 2 * counts[-2] else 0

        def rank(full: Parts) -> tuple[bool, bool, bool, bool, int]:
            root = self.root(full)
            seen = root in self._last
            leading = seen and most > 0 and self.counts[root] == most
            last = full[-1] == parts[-1]
            return (last, root not in self.lesser, leading, seen, self._last.get(root, 0))

        return max(candidates, key=rank, default=None)


def _ways(full: Parts) -> set[Parts]:
    """How a shorter form may stand for a name: its beginnings, its endings, first and last."""
    sizes = range(_FEWEST, len(full))
    cut = {full[:size] for size in sizes} | {full[-size:] for size in sizes}
    return cut | {(full[0], "", full[-1]), (full[0][0], "", full[-1])}


def _is_same(parts: Parts, full: Parts) -> bool:
    """Whether a name of several parts is a shorter form of another."""
    if parts[-1] != full[-1]:
        return parts == full[: len(parts)]
    rest = iter(full)
    if not all(any(_agree(part, other) for other in rest) for part in parts):
        return False
    return _agree(parts[0], full[0]) or parts == full[-len(parts) :]


def _agree(part: str, other: str) -> bool:
    return part == other or (len(part) == 1 and other.startswith(part))


def join_persons(
    found: Iterable[tuple[Found, str]],
    aliases: Iterable[tuple[str, str]] = (),
    lesser: Iterable[str] = (),
    royal: Container[int] = (),
) -> list[Cluster]:
    """Persons: the same parts of a name, or some of them where only one person has these.

    `aliases` are pairs of names of one person; `lesser` the names of those whom the text brings
    in as relatives, whom a surname alone does not mean; `royal` the places of names that are no
    surnames ("King Salman").
    """
    items = [(item, form, name_parts(form)) for item, form in found]
    persons = _Persons()
    for _, _, parts in sorted(items, key=lambda item: -len(item[2])):
        if len(parts) >= _FEWEST:
            persons.add_full(parts)
    for one, other in aliases:
        persons.join(name_parts(one), name_parts(other))
    for _, _, parts in items:
        if len(parts) >= _FEWEST:
            persons.counts[persons.root(parts)] += 1
    persons.lesser = {persons.meant(name_parts(name), 0) for name in lesser}
    clusters: dict[Parts, Cluster] = {}
    for item, form, parts in items:
        if item.start in royal and len(parts) < _FEWEST:
            root = persons.reigning(parts)
        else:
            root = persons.meant(parts, item.start)
        if root not in clusters:
            clusters[root] = Cluster(item.kind)
        clusters[root].add(item, form)
    return list(clusters.values())
