"""Finds how many people or states a text counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warrantgraph.extraction.facts import Quantity
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["find_quantities"]

_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FEWEST = 2
"""A single one is no group."""
_FEWEST_UNQUALIFIED = 10
""""The two men" tells who is meant, not how many there are."""


def find_quantities(analysis: Analysis) -> Iterator[Quantity]:
    """The counts of groups that an article states, in order."""
    for clause in analysis.clauses:
        for item in () if clause.conditional else clause.items:
            if item.kind is ItemKind.GROUP and not item.negated:
                yield from _counted(analysis, clause, item)


def _counted(analysis: Analysis, clause: Clause, item: Item) -> Iterator[Quantity]:
    words = [token.lower_ for token in analysis.text.doc[item.start : item.end]]
    begin = 1 if words[0] in ("the", "these", "those", "its", "their", "his", "her", "all") else 0
    rule = load_rules("quantities").rules["counted"]
    number, length = _number(words[begin:], rule.values)
    if number is None or number < _FEWEST or begin + length >= len(words):
        return
    start, sort = _qualified(analysis, item, rule.values)
    if sort == "exact" and number < _FEWEST_UNQUALIFIED:
        return
    yield Quantity(
        evidence=analysis.evidence(start, item.end, rule.name),
        attribution=analysis.attribution(clause),
        of=analysis.text.span(item.start + begin + length, item.end),
        lower=None if sort == "upper" else number,
        upper=None if sort in ("lower", "vague") else number,
    )


def _qualified(analysis: Analysis, item: Item, values: Mapping[str, Any]) -> tuple[int, str]:
    """Where the words before a number begin, and which bound they make of it."""
    doc = analysis.text.doc
    for sort in ("lower", "upper", "vague"):
        for words in values[sort].split("|"):
            length = len(words.split())
            start = item.start - length
            if start >= 0 and doc[start : item.start].text.lower() == words:
                return start, sort
    first = doc[item.start].lower_
    return item.start, "vague" if first in ("some", "about") else "exact"


def _number(words: list[str], values: Mapping[str, Any]) -> tuple[int | None, int]:
    """The number that words begin with, and how many words it takes."""
    plain = words[0].replace(",", "")
    if plain.isdigit() and len(plain) <= 12:
        number = int(plain)
    elif plain in values["words"]:
        number = values["words"][plain]
    else:
        return None, 0
    if words[1:2] and words[1] in _TIMES:
        return number * _TIMES[words[1]], 2
    return number, 1
