"""Which states a clause speaks of: its subject, and those that it puts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["States", "beside", "is_state", "state_for", "subject_before"]

_MARKS = (",", "–", "—", "--", "-", "(", ")")
_LEADS = word_list("stating", "clause_leads")
_LIGHT = word_list("stating", "light")
_COUNTRY = ("country", "nation", "kingdom", "countries", "nations")
_SUCH = ("like", "such", "including")
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_ALL = ("both", "all", "the")
_NEAR = 2
_WITH = (["along", "with"], ["well", "as"], ["together", "with"])


@dataclass(frozen=True)
class States:
    """The states of a subject; `unlike` those of which the opposite is said."""

    keys: tuple[str, ...]
    start: int
    """First token of the subject."""
    negated: bool = False
    unlike: tuple[str, ...] = ()


def is_state(analysis: Analysis, key: str) -> bool:
    """Whether a key is of a state, or of a city or government that is said for one."""
    entity = analysis.entities[key]
    if entity.kind is EntityKind.STATE:
        return True
    named = entity.named and entity.kind in (EntityKind.PLACE, EntityKind.ORGANIZATION)
    return named and (entity.kind is EntityKind.PLACE or "palestin" in entity.name.casefold())


def state_for(analysis: Analysis, key: str) -> str:
    """The state where the article names both it and its government."""
    if "palestin" in analysis.entities[key].name.casefold():
        for each in analysis.entities.values():
            if each.kind is EntityKind.STATE and "palestin" in each.name.casefold():
                return each.key
    return key


def subject_before(analysis: Analysis, clause: Clause, anchor: int) -> States | None:
    """The states that are the subject of a predicate, whose first item is at `anchor`.

    What stands between commas is passed over ("Egypt, whose minister resigned, is not ...").
    """
    parts = _parts(clause.items[:anchor])
    last = [item for item in parts[-1] if item.keys or item.lemma not in _LIGHT]
    negated = any(_is_not(item) for item in parts[-1])
    for part, after in [(parts[-1], [])] if last else pairwise(parts):
        heads = _head(analysis, clause, part, apart=part is not parts[-1])
        if heads is None and after and after[0].lemma in ("including", "include", "namely"):
            continue
        if heads is not None:
            negated = negated or any(_is_not(item) for item in part)
            alike, unlike = beside(analysis, clause.items)
            keys = tuple(dict.fromkeys((*heads, *alike)))
            return States(keys, part[0].start, negated, unlike)
        if not _is_aside(part):
            return None
    return None


def _is_not(item: Item) -> bool:
    return item.negated or item.lemma in word_list("stating", "not_members")


def _is_aside(part: Sequence[Item]) -> bool:
    """Whether a part before the subject only says when or like whom: "unlike Peru"."""
    prepositions = word_list("words", "prepositions")
    return not part or part[0].lemma in (*prepositions, "unlike", "as", "however", "still", "and")


def _parts(items: Sequence[Item]) -> list[list[Item]]:
    """The items between commas, dashes and brackets, from where the innermost clause begins."""
    parts: list[list[Item]] = [[]]
    for at, item in enumerate(items):
        well = any(
            each.lemma == "well" for each in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])
        )
        such = at > 0 and items[at - 1].lemma == "such"
        breaks = item.lemma in word_list("words", "breakers") | {":", ";"}
        if breaks and not well and not such:
            parts = [[]]
        elif item.lemma in _MARKS and item.kind is ItemKind.WORD:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


def _head(
    analysis: Analysis, clause: Clause, part: Sequence[Item], *, apart: bool
) -> tuple[str, ...] | None:
    """The states that a part begins with; None where it is of something else.

    `apart` tells that a comma follows: "Peru, once a critic, joined", "Peru, which waited, joined".
    """
    counted = _counted(analysis, clause, part)
    if counted:
        return counted
    items = [*part]
    while items and items[0].lemma in _LEADS and items[0].kind is ItemKind.WORD:
        items.pop(0)
    if not items:
        return None
    rest = items[1:]
    if rest and rest[0].lemma in _SUCH and items[0].lemma.endswith("s"):
        at = next((n for n, each in enumerate(rest) if each.kind is ItemKind.STATE), None)
        keys, rest = ((), rest) if at is None else (rest[at].keys, rest[at + 1 :])
    elif _is_country(items[:2]):
        rest = items[1 + (items[0].lemma not in _COUNTRY) :]
        keys = _countries(analysis, clause, items[0])
    elif items[0].lemma in ("including", "include", "namely"):
        keys, rest = (rest[0].keys, rest[1:]) if rest else ((), rest)
    else:
        keys = items[0].keys
    if not keys or not all(is_state(analysis, key) for key in keys):
        return None
    owned = rest[:1] and rest[0].lemma in ("'s", "'")
    return keys if _is_light(rest) or (apart and not owned) else None


def _is_country(items: Sequence[Item]) -> bool:
    """Whether a part begins with "the country", "neither country", "both countries"."""
    words = [item.lemma for item in items]
    if items[0].keys:
        return items[0].kind is ItemKind.GROUP and words[0] in ("countries", "nations")
    return words[0] in _COUNTRY or (
        words[0] in ("the", "two") and words[1:2] != [] and words[1] in _COUNTRY
    )


def _counted(analysis: Analysis, clause: Clause, part: Sequence[Item]) -> tuple[str, ...]:
    """The states that "all three", "both" mean: those listed last, as many as the words say."""
    words = [item.lemma for item in part if item.kind is ItemKind.WORD]
    count = _COUNTS.get(words[-1], 0) if words and len(words) == len(part) else 0
    if not count or (len(words) == 1 and words != ["both"]) or words[0] not in _ALL:
        return ()
    lists = [
        item.keys
        for row in analysis.rows
        if 0 <= clause.sentence.number - row.sentence.number <= _NEAR
        for item in row.items
        if item.kind is ItemKind.STATE and len(item.keys) > 1 and item.start < part[0].start
    ]
    return lists[-1] if lists and len(lists[-1]) == count else ()


def _is_light(rest: Sequence[Item]) -> bool:
    """Whether nothing follows a subject but "also", "has", "nor Chad", "like Peru"."""
    joins = {"nor", "and", "like", "unlike", "as", "well", "along", "with", "together"}
    return all(
        item.lemma in _LIGHT | joins or (item.kind is ItemKind.STATE and before.lemma in joins)
        for before, item in pairwise([*rest[:1], *rest])
    )


def _countries(analysis: Analysis, clause: Clause, word: Item) -> tuple[str, ...]:
    """The states that "the country", "both countries" means: all named just before."""
    plural = word.lemma.endswith("s") or word.negated or _after_neither(clause, word)
    for back in (0, 1):
        found = [
            key
            for row in analysis.rows
            if row.sentence.number == clause.sentence.number - back
            for item in row.items
            if item.start < word.start
            for key in ((*item.keys, item.of) if item.of else item.keys)
            if analysis.entities[key].kind is EntityKind.STATE
        ]
        keys = tuple(dict.fromkeys(found))
        if keys:
            return keys if len(keys) == 1 + plural else ()
    return ()


def _after_neither(clause: Clause, word: Item) -> bool:
    at = clause.items.index(word)
    return at > 0 and clause.items[at - 1].lemma in ("neither", "both")


def beside(analysis: Analysis, items: Sequence[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states that "like" and "along with" put beside others, and those behind "unlike"."""
    alike: list[str] = []
    unlike: list[str] = []
    for at, item in enumerate(items):
        owned = [each.lemma for each in items[at + 1 : at + 2]] in (["'s"], ["'"])
        if item.kind is not ItemKind.STATE or owned or at == 0:
            continue
        before = [each.lemma for each in items[max(0, at - 2) : at]]
        if before[-1] == "unlike":
            unlike += item.keys
        elif before[-1] in ("like", "nor") or before in _WITH:
            alike += item.keys
    return _states(analysis, alike), _states(analysis, unlike)


def _states(analysis: Analysis, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if is_state(analysis, key))
