"""Pairs gold records with predicted ones, one to one within a text, the best pair first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from warrantgraph.evaluation.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Compared", "Outcome", "Pair", "Rules", "match", "overlaps"]

Compared = TypeVar("Compared", bound=Record)
_Given = TypeVar("_Given", bound=Record, contravariant=True)


@dataclass(frozen=True)
class Pair(Generic[Compared]):
    """A gold record and the prediction that found it.

    `slots` says of each slot how right it is, from 0 to 1; None where it is not scored.
    """

    gold: Compared
    predicted: Compared
    slots: Mapping[str, float | None]

    @property
    def overlap(self) -> bool | None:
        """Whether the words of both overlap; None where one of them gives none."""
        return overlaps(self.gold, self.predicted)


@dataclass(frozen=True)
class Outcome(Generic[Compared]):
    """What became of the records of one type in one text.

    `unscored` are predictions that are neither right nor wrong: they repeat one that is paired,
    or find a record that may be left out.
    """

    pairs: tuple[Pair[Compared], ...] = ()
    missed: tuple[Compared, ...] = ()
    invented: tuple[Compared, ...] = ()
    unscored: tuple[Compared, ...] = ()


class Rules(Protocol[_Given]):
    """How records of one type are compared."""

    def same(self, gold: _Given, predicted: _Given) -> bool:
        """Whether the prediction finds the gold record."""
        ...

    def slots(self, gold: _Given, predicted: _Given) -> dict[str, float | None]:
        """How right each slot beside the key is, from 0 to 1; None: not scored."""
        ...

    def optional(self, gold: _Given) -> bool:
        """Whether neither missing nor finding it is scored."""
        ...

    def finds_optional(self, gold: _Given, predicted: _Given) -> bool:
        """Whether the prediction finds a record that is optional."""
        ...

    @property
    def counts_once(self) -> bool:
        """Whether several predictions of one gold record, and equal gold records, count once."""
        ...


def match(
    rules: Rules[Compared], gold: Sequence[Compared], predicted: Sequence[Compared]
) -> Outcome[Compared]:
    """Pair the records of one type in one text.

    Pairs are made in the order of how much of their slots is right and whether their words
    overlap; where two are alike, in the order of the text.
    """
    scored = [each for each in gold if not rules.optional(each)]
    if rules.counts_once:
        scored = _without_repeats(rules, scored)
    candidates: list[tuple[float, int, int, Pair[Compared]]] = []
    for first, one in enumerate(scored):
        for second, other in enumerate(predicted):
            if rules.same(one, other):
                pair = Pair(one, other, rules.slots(one, other))
                candidates.append((-_quality(pair), first, second, pair))
    taken_gold: dict[int, Pair[Compared]] = {}
    taken: set[int] = set()
    for _, first, second, pair in sorted(candidates, key=lambda each: each[:3]):
        if first not in taken_gold and second not in taken:
            taken_gold[first] = pair
            taken.add(second)
    repeated = {second for _, _, second, _ in candidates} if rules.counts_once else set[int]()
    left = [each for number, each in enumerate(predicted) if number not in taken]
    unscored = [
        each
        for number, each in enumerate(predicted)
        if number not in taken and (number in repeated or _finds_optional(rules, gold, each))
    ]
    return Outcome(
        pairs=tuple(taken_gold[number] for number in sorted(taken_gold)),
        missed=tuple(each for number, each in enumerate(scored) if number not in taken_gold),
        invented=tuple(each for each in left if not any(each is other for other in unscored)),
        unscored=tuple(unscored),
    )


def overlaps(gold: Record, predicted: Record) -> bool | None:
    """Whether the words of two records overlap; None where one of them gives none."""
    if not gold.spans or not predicted.spans:
        return None
    return any(
        one.start < other.end and other.start < one.end
        for one in gold.spans
        for other in predicted.spans
    )


def _quality(pair: Pair[Compared]) -> float:
    return sum(value or 0.0 for value in pair.slots.values()) + (0.5 if pair.overlap else 0.0)


def _without_repeats(rules: Rules[Compared], gold: Sequence[Compared]) -> list[Compared]:
    kept: list[Compared] = []
    for each in gold:
        if not any(rules.same(other, each) and rules.same(each, other) for other in kept):
            kept.append(each)
    return kept


def _finds_optional(rules: Rules[Compared], gold: Sequence[Compared], predicted: Compared) -> bool:
    return any(rules.optional(each) and rules.finds_optional(each, predicted) for each in gold)
