"""An article with its tokens, sentences and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from warrantgraph.extraction.reading.lines import LineKind, kind_of_line
from warrantgraph.extraction.reading.quotations import Quotation, find_quotations
from warrantgraph.extraction.reading.tokens import tokenize
from warrantgraph.sentences import Span, split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from warrantgraph.extraction.article import Article

__all__ = ["Sentence", "Text", "read"]


_BREAK: Final = re.compile("[\n\r]")
_LONGEST: Final = 800
"""Tokens of a sentence: clauses are read in a time that grows with the square of their length."""


@dataclass(frozen=True)
class Sentence:
    """A sentence: tokens `start` to `end` (exclusive) of the text, and the kind of its line."""

    number: int
    """From 1, as passages count."""
    start: int
    end: int
    span: Span
    line: LineKind


@dataclass(frozen=True)
class Text:
    """An article as read."""

    article: Article
    doc: Doc
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]

    def span(self, start: int, end: int) -> Span:
        """The code points of tokens `start` to `end` (exclusive; at least one)."""
        last = self.doc[end - 1]
        return Span(self.doc[start].idx, last.idx + len(last.text))

    def words(self, span: Span) -> str:
        """The text of a span, as it stands."""
        return self.article.text[span.start : span.end]

    def token_at(self, offset: int) -> int:
        """Number of the first token that begins at or after a code point."""
        return bisect_left(self._offsets, offset)

    def quotation_at(self, token: int) -> Quotation | None:
        """The quotation that a token stands in, marks included."""
        offset = self.doc[token].idx
        place = bisect_left(self._ends, offset + 1)
        if place < len(self.quotations) and self.quotations[place].outer.start <= offset:
            return self.quotations[place]
        return None

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(token.lower_ for token in self.doc)

    @cached_property
    def _offsets(self) -> list[int]:
        return [token.idx for token in self.doc]

    @cached_property
    def _ends(self) -> list[int]:
        return [quotation.outer.end for quotation in self.quotations]


def read(article: Article) -> Text:
    """Read an article: its tokens, sentences, kinds of lines and quotations.

    What goes on for more than 800 tokens without an end is no sentence, and left out.
    """
    text = article.text
    doc = tokenize(text)
    offsets = [token.idx for token in doc]
    sentences: list[Sentence] = []
    lines = _Lines(text)
    for number, span in enumerate(split_sentences(text, article.language), 1):
        start, end = bisect_left(offsets, span.start), bisect_left(offsets, span.end)
        if start < end <= start + _LONGEST:
            sentences.append(Sentence(number, start, end, span, lines.kind(span)))
    return Text(article, doc, tuple(sentences), find_quotations(text))


class _Lines:
    """Tells of sentences, in their order, the kind of the line that each stands in.

    A line is judged once: it may have many thousand sentences.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin, self._end = 0, -1
        self._kind = LineKind.BODY

    def kind(self, span: Span) -> LineKind:
        """The kind of the line of a sentence; of all of them, where it runs over several."""
        text = self._text
        if not (self._begin <= span.start and span.end <= self._end):
            begin = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
            line_end = _BREAK.search(text, span.end)
            end = line_end.start() if line_end else len(text)
            self._kind = kind_of_line(text[begin:end])
            several = _BREAK.search(text, span.start, span.end) is not None
            self._begin, self._end = (span.end, span.end) if several else (begin, end)
        return self._kind
