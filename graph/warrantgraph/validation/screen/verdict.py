"""What the screen can say: surely yes, surely no, or maybe."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

__all__ = ["Check", "Constraint", "Verdict", "all_of", "maybe", "surely"]

Verdict = bool | None
"""Whether a node conforms; None: pySHACL has to say, or may refuse to."""

Check = Callable[[int], Verdict]
"""Whether a node conforms to a shape."""

Constraint = Callable[[int, Collection[int]], Verdict]
"""Whether a focus node and its value nodes conform to one constraint of a shape."""


def maybe(*_: object) -> Verdict:
    """Leave everything to pySHACL."""
    return None


def surely(*_: object) -> Verdict:
    """Let everything pass."""
    return True


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether all conform; one maybe is stronger than any no, for pySHACL looks at all of them.

    >>> all_of([True, False]), all_of([False, None]), all_of([])
    (False, None, True)
    """
    result: Verdict = True
    for verdict in verdicts:
        if verdict is None:
            return None
        if not verdict:
            result = False
    return result
