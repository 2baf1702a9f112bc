"""Divides an article into parts that a model can read at once, at the ends of sentences.

Neighbours share sentences, so that what two sentences say together is in one part. Sentences keep
the numbers that they have in the article, and offsets are those of the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Part", "divide"]

_SHARED: Final = 2
"""Sentences that a part has in common with the one before."""


@dataclass(frozen=True)
class Part:
    """Some sentences of an article in a row: for each its number, from 1, and where it is."""

    sentences: tuple[tuple[int, Span], ...]

    @property
    def span(self) -> Span:
        """From the first sentence to the last."""
        return Span(self.sentences[0][1].start, self.sentences[-1][1].end)


def divide(sentences: Sequence[Span], longest: int) -> tuple[Part, ...]:
    """The parts of a text of these sentences, none longer than `longest` characters.

    >>> [part.sentences for part in divide([Span(0, 9), Span(10, 19), Span(20, 29)], 20)]
    [((1, Span(start=0, end=9)), (2, Span(start=10, end=19))), \
((2, Span(start=10, end=19)), (3, Span(start=20, end=29)))]

    A sentence that is longer by itself is cut; its pieces have its number.
    """
    pieces = [
        (number, Span(start, min(start + longest, sentence.end)))
        for number, sentence in enumerate(sentences, 1)
        for start in range(sentence.start, sentence.end, longest)
    ]
    parts: list[Part] = []
    first = 0
    while first < len(pieces):
        end = first + 1
        while end < len(pieces) and pieces[end][1].end - pieces[first][1].start <= longest:
            end += 1
        parts.append(Part(tuple(pieces[first:end])))
        if end == len(pieces):
            break
        first = _next_start(pieces, first, end, longest)
    return tuple(parts)


def _next_start(pieces: Sequence[tuple[int, Span]], first: int, end: int, longest: int) -> int:
    """Where the next part begins: a little before `end`, if that leaves room for what is new."""
    start = max(first + 1, end - _SHARED)
    while start < end and pieces[end][1].end - pieces[start][1].start > longest:
        start += 1
    return start
