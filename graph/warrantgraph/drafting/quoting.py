"""Finds words that stand in an article once and hold a piece of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warrantgraph.drafting.notes import LeftOutError
from warrantgraph.drafting.wording import is_writable
from warrantgraph.passages import CONTEXT
from warrantgraph.sentences import Span, sentence_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Quote", "Text"]

_LONGEST = 3_000
"""Code points of a quote; nobody reviews a longer one."""


class Quote(NamedTuple):
    """Words that are quoted: where they stand, and the sentence to look in, if it must be said."""

    span: Span
    sentence: int | None


class Text:
    """An article's text with its sentences."""

    def __init__(self, text: str, sentences: tuple[Span, ...]) -> None:
        self.text = text
        self.sentences = sentences

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def trim(self, span: Span) -> Span:
        """The span without white space at its ends.

        Raises:
            LeftOutError: nothing is left, or the span reaches out of the text.
        """
        if not 0 <= span.start < span.end <= len(self.text):
            raise LeftOutError("its words are outside of the article")
        words = self.words(span)
        start = span.start + len(words) - len(words.lstrip())
        end = span.end - (len(words) - len(words.rstrip()))
        if start >= end:
            raise LeftOutError("it has no words")
        return Span(start, end)

    def numbers(self, span: Span) -> tuple[int, ...]:
        """The numbers of the sentences that a span touches.

        Raises:
            LeftOutError: it touches none.
        """
        found = sentence_numbers(self.sentences, span)
        if not found:
            raise LeftOutError("its words are in no sentence")
        return found

    def cover(self, *spans: Span | None) -> Span:
        """The shortest stretch that holds all of the spans, trimmed."""
        given = [self.trim(span) for span in spans if span is not None]
        return Span(min(span.start for span in given), max(span.end for span in given))

    def sentence_around(self, span: Span) -> Span:
        """The stretch of the whole sentences that a span touches."""
        numbers = sentence_numbers(self.sentences, span)
        if not numbers:
            return span
        return self.cover(span, self.sentences[numbers[0] - 1], self.sentences[numbers[-1] - 1])

    def find(self, words: str, *near: Span) -> Span | None:
        """Where words stand in the sentences of the first of some spans that has them.

        Where none has them: their only place in the text, else None.
        """
        if not words:
            return None
        for span in near:
            if not 0 <= span.start < span.end <= len(self.text):
                continue
            around = self.sentence_around(span)
            start = self.text.find(words, around.start, around.end)
            if start >= 0:
                return Span(start, start + len(words))
        start = self.text.find(words)
        if start < 0 or self.text.find(words, start + 1) >= 0:
            return None
        return Span(start, start + len(words))

    def quote(self, span: Span) -> Quote:
        """The shortest words around a span that are found in one place, and that is this one.

        Raises:
            LeftOutError: there are none, or no export could hold them.
        """
        span = self.trim(span)
        for candidate in self._candidates(span):
            if candidate.end - candidate.start > _LONGEST:
                break
            if not self._is_writable(candidate):
                raise LeftOutError("its sentence holds characters that XML cannot")
            for sentence in (None, *self._alone(candidate)):
                if self._is_found(candidate, sentence):
                    return Quote(candidate, sentence)
        raise LeftOutError("its words cannot be told from others")

    def _candidates(self, span: Span) -> Iterator[Span]:
        """The span, its sentences, and these with ever more of their neighbours."""
        yield span
        numbers = self.numbers(span)
        first, last = numbers[0], numbers[-1]
        for _ in range(10):
            yield self.cover(span, self.sentences[first - 1], self.sentences[last - 1])
            first, last = max(1, first - 1), min(len(self.sentences), last + 1)

    def _alone(self, span: Span) -> tuple[int, ...]:
        """The sentence that holds all of a span, if one does."""
        numbers = sentence_numbers(self.sentences, span)
        if len(numbers) != 1:
            return ()
        sentence = self.sentences[numbers[0] - 1]
        return numbers if sentence.start <= span.start and span.end <= sentence.end else ()

    def _is_writable(self, span: Span) -> bool:
        """Whether every export can hold the sentences of a span and the words around them."""
        around = self.sentence_around(span)
        return is_writable(self.text[max(0, around.start - CONTEXT) : around.end + CONTEXT])

    def _is_found(self, span: Span, sentence: int | None) -> bool:
        area = self.sentences[sentence - 1] if sentence else Span(0, len(self.text))
        first = self.text.find(self.words(span), area.start, area.end)
        return first == span.start and self.text.find(self.words(span), first + 1, area.end) < 0
