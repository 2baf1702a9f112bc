"""Divides a text into sentences without touching it.

sentencex finds the ends; three decisions are ours. A line end is always one, since news files put
headlines and paragraphs on lines of their own. A quotation of several sentences is several
sentences, which sentencex keeps as one: its marks are masked, one character for one, before it
looks. And white space between sentences belongs to none.
"""

# sentencex carries no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportAttributeAccessIssue=false, reportUnknownVariableType=false

from __future__ import annotations

import re
from typing import NamedTuple, cast

import sentencex  # type: ignore[import-untyped]

__all__ = ["Span", "sentence_numbers", "split_sentences"]

_MASK = str.maketrans(dict.fromkeys('“”„«»"', " "))
_OPENING_MARK = re.compile(r"(?<=\s)[“„«\"]\s*$")


class Span(NamedTuple):
    """A stretch of text in code points; the end is exclusive."""

    start: int
    end: int


def split_sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    r"""The spans of the sentences of a text, in order.

    >>> text = "He left the U.S. Army. “I am done. That is all.”\nREAD MORE: A list"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['He left the U.S. Army.', '“I am done.', 'That is all.”', 'READ MORE: A list']
    """
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans += _split_line(line, start, language)
        start += len(line)
    return tuple(spans)


def _split_line(line: str, start: int, language: str) -> list[Span]:
    spans: list[Span] = []
    begin = end = 0
    for piece in cast("list[str]", sentencex.segment(language, line.translate(_MASK))):
        end += len(piece)
        mark = _OPENING_MARK.search(line, begin, end)  # it belongs to the sentence that follows
        raw = line[begin : mark.start() if mark and end < len(line) else end]
        if raw.strip():
            first = begin + len(raw) - len(raw.lstrip())
            spans.append(Span(start + first, start + begin + len(raw.rstrip())))
        begin += len(raw)
    return spans


def sentence_numbers(sentences: tuple[Span, ...], span: Span) -> tuple[int, ...]:
    """The numbers, from 1, of the sentences that a span touches.

    >>> sentence_numbers((Span(0, 10), Span(11, 20)), Span(8, 12))
    (1, 2)
    """
    return tuple(
        number
        for number, sentence in enumerate(sentences, 1)
        if sentence.start < span.end and span.start < sentence.end
    )
