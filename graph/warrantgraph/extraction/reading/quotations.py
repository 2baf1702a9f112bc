"""Finds what stands between quotation marks.

Straight and curly, single and double, and guillemets. An apostrophe is no mark: a single mark opens
before a word and closes after one. A quotation that is not closed by the end of its line ends
there, as where it runs on in the next paragraph; a stray mark that nothing answers is none.
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
_OPENERS = ("“", "„", "«", '"')
_NEAR = 6
_POSSESSIVE = re.compile(r"s['’] [a-z][^‘'’]{0,200}[.,!?]['’](?!\w)")
"""A possessive inside single marks, where they close later."""
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
        if close is None and mark != '"':
            unanswered.add(mark)
        if close is None and (mark in _SINGLE or not _may_stay_open(text, opening.start(), end)):
            start = begin
            continue
        inner = Span(begin, end if close is None else close)
        start = end if close is None else close + 1
        if inner.end > inner.start:
            yield Quotation(Span(opening.start(), max(start, inner.end)), inner)


def _may_stay_open(text: str, mark: int, end: int) -> bool:
    """Whether a quotation without a mark that closes it may run to the end of its line.

    It does where it begins a line, where a colon or a comma leads to it, or where the next line
    opens again; elsewhere a stray mark would make speech of what nobody said.
    """
    before = text[max(mark - _NEAR, 0) : mark].rstrip(" \t")
    if not before or before.endswith(("\n", "\r", ":", ",")):
        return text.count(text[mark], mark + 1, end) == 0
    return text[end : end + _NEAR].lstrip()[:1] in _OPENERS


def _closing(text: str, mark: str, begin: int, end: int) -> int | None:
    """Where the mark that answers stands; None where the line has none."""
    for place in range(begin, end):
        if text[place] not in _CLOSERS[mark]:
            continue
        after = text[place + 1] if place + 1 < end else " "
        if mark in _SINGLE and (after.isalnum() or text[place - 1].isspace()):
            continue
        if mark in _SINGLE and _POSSESSIVE.match(text, place - 1, end):
            continue  # "the nurses' children": a mark after a full stop or a comma follows
        if mark == '"' and text[place - 1].isspace() and after.isalnum():
            return None
        return place
    return None
