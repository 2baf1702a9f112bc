"""Precision, recall and F1 over many texts, with an interval from resampling the texts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Counts", "Interval", "interval"]

_SEED: Final = 20230317
_TAIL: Final = 0.025


@dataclass(frozen=True)
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


def interval(
    texts: Sequence[Counts], figure: Callable[[Counts], float | None], *, samples: int
) -> Interval | None:
    """A bootstrap interval of a figure: texts are drawn again, with repetition.

    The draw is the same each time, so that the same texts give the same interval.

    Returns:
        The interval; None where there is nothing to draw, or no sample has the figure.
    """
    draw = random.Random(_SEED)  # noqa: S311 - a repeatable draw, no secret
    values: list[float] = []
    for _ in range(samples if texts else 0):
        value = figure(sum(draw.choices(texts, k=len(texts)), Counts()))
        if value is not None:
            values.append(value)
    if not values:
        return None
    values.sort()
    last = len(values) - 1
    return Interval(values[round(_TAIL * last)], values[round((1 - _TAIL) * last)])
