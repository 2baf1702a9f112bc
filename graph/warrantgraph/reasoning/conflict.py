"""QuickXplain: which few of many statements contradict each other.

After U. Junker, "QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained
Problems" (AAAI 2004). With k guilty statements among n it asks about k * log2(n / k) questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["smallest_conflict"]

T = TypeVar("T")


def smallest_conflict(
    statements: Sequence[T], contradictory: Callable[[Sequence[T]], bool]
) -> list[T]:
    """Return a part of the statements that is contradictory while no part of it is.

    `contradictory` must hold for the whole, and for more whenever it holds for less.

    >>> smallest_conflict([1, 2, 3, 4, 5], lambda part: {2, 5} <= set(part))
    [2, 5]
    """

    def search(background: list[T], grown: bool, candidates: list[T]) -> list[T]:
        if grown and contradictory(background):
            return []
        if len(candidates) == 1:
            return candidates
        middle = len(candidates) // 2
        left, right = candidates[:middle], candidates[middle:]
        from_right = search(background + left, bool(left), right)
        from_left = search(background + from_right, bool(from_right), left)
        return from_left + from_right

    return search([], False, list(statements)) if statements else []
