"""Finds what stands between quotation marks.

Straight and curly, single and double, and guillemets. An apostrophe is no mark: a single mark opens
before a word and closes after one. A quotation that is not closed by the end of its line ends
there, as where it runs on in the next paragraph; a mark that nothing answers is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Quotation", "find_quotations"]

_CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'", "”": "”"}
_OPENING = re.compile(r"[“„«]|(?<![\w.,!?…])[\"”](?=\S)|(?<!\w)[‘'](?=\w)")
_SINGLE = "‘'"


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks: `outer` with them, `inner` without; in code points."""

    outer: Span
    inner: Span


def find_quotations(text: str) -> tuple[Quotation, ...]:
    r"""The quotations of a text, in order; none stands within another.

    >>> text = "He called it “absurd” and 'an Arab's dream', she said."
    >>> [text[q.inner.start : q.inner.end] for q in find_quotations(text)]
    ['absurd', "an Arab's dream"]
    """
    found: list[Quotation] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found += _in_line(text, start, start + len(line.rstrip()))
        start += len(line)
    return tuple(found)


def _in_line(text: str, start: int, end: int) -> Iterator[Quotation]:
    unanswered: set[str] = set()  # looked for once, or many would take long
    while opening := _OPENING.search(text, start, end):
        mark, begin = opening[0], opening.end()
        close = None if mark in unanswered else _closing(text, mark, begin, end)
        if close is None and mark in _SINGLE:
            unanswered.add(mark)
            start = begin
            continue
        inner = Span(begin, end if close is None else close)
        start = end if close is None else close + 1
        if inner.end > inner.start:
            yield Quotation(Span(opening.start(), max(start, inner.end)), inner)


def _closing(text: str, mark: str, begin: int, end: int) -> int | None:
    """Where the mark that answers stands; None where the line has none."""
    for place in range(begin, end):
        if text[place] not in _CLOSERS[mark]:
            continue
        after = text[place + 1] if place + 1 < end else " "
        if mark in _SINGLE and (after.isalnum() or text[place - 1].isspace()):
            continue
        if mark == '"' and text[place - 1].isspace() and after.isalnum():
            return None
        return place
    return None
