"""Precision, recall and F1 over many texts, with intervals from resampling the texts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FIGURES", "Counts", "Interval", "add_up", "intervals"]

FIGURES: Final = ("precision", "recall", "f1")
"""The figures that counts come to, each an attribute of `Counts`."""

_SEED: Final = 20230317
_TAIL: Final = 0.025


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records were found, missed and invented; counts add up over texts.

    >>> Counts(found=3, missed=1, invented=2) + Counts(found=1)
    Counts(found=4, missed=1, invented=2)
    """

    found: int = 0
    missed: int = 0
    invented: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found, self.missed + other.missed, self.invented + other.invented
        )

    @property
    def gold(self) -> int:
        """How many there are to find."""
        return self.found + self.missed

    @property
    def predicted(self) -> int:
        """How many predictions are scored."""
        return self.found + self.invented

    @property
    def precision(self) -> float | None:
        """The share of predictions that are right; None where there are none."""
        return self.found / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found; None where there is none."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is neither gold nor prediction."""
        total = self.gold + self.predicted
        return 2 * self.found / total if total else None


class Interval(NamedTuple):
    """The middle 95 % of what resampled texts give."""

    low: float
    high: float


def add_up(counts: Iterable[Counts]) -> Counts:
    """The counts of several texts, or types, as one."""
    return sum(counts, Counts())


def intervals(texts: Sequence[Counts], *, samples: int) -> dict[str, Interval]:
    """Bootstrap intervals of the figures: as many texts are drawn again, with repetition.

    The draw is the same each time, so that the same texts give the same intervals.

    Returns:
        The interval of each of `FIGURES` that some sample has.
    """
    draw = random.Random(_SEED)  # noqa: S311 - a repeatable draw, no secret
    plain = [(each.found, each.missed, each.invented) for each in texts]
    values: dict[str, list[float]] = {name: [] for name in FIGURES}
    for _ in range(samples if any(map(any, plain)) else 0):
        found, missed, invented = map(sum, zip(*draw.choices(plain, k=len(plain)), strict=True))
        sample = Counts(found, missed, invented)
        for name in FIGURES:
            if (value := getattr(sample, name)) is not None:
                values[name].append(value)
    return {name: _middle(sorted(drawn)) for name, drawn in values.items() if drawn}


def _middle(values: list[float]) -> Interval:
    last = len(values) - 1
    return Interval(values[round(_TAIL * last)], values[round((1 - _TAIL) * last)])
