"""Where the statements of an N-Triples or N-Quads text are written: one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.positions.lexing import STATEMENT

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from warrantgraph.positions.written import Statement, Term

__all__ = ["scan_lines", "scan_statements", "statement_at"]

_OBJECT = 3


def scan_statements(text: str) -> Iterator[re.Match[str]]:
    """Yield a match of `lexing.STATEMENT` for each statement.

    Raises ValueError at what is no statement.
    """
    for match in STATEMENT.finditer(text):
        if match.lastindex == _OBJECT:
            yield match
        elif match.lastindex is not None:
            raise ValueError(f"no statement of N-Triples or N-Quads at offset {match.end() - 1}")
        else:
            return


def scan_lines(text: str) -> Iterator[Statement]:
    """Yield each statement; ends early at what is none, and never raises.

    >>> text = '<x:s> <x:p> "a b"@en <x:g> .'
    >>> [[text[start:end] for start, end, _ in statement] for statement in scan_lines(text)]
    [['<x:s>', '<x:p>', '"a b"@en']]
    """
    try:
        yield from map(_written, scan_statements(text))
    except ValueError:
        return


def statement_at(text: str, offset: int) -> Statement | None:
    """Return the statement that begins there, or None."""
    match = STATEMENT.match(text, offset)
    return None if match is None or match.lastindex != _OBJECT else _written(match)


def _written(match: re.Match[str]) -> Statement:
    return _term(match, 1), _term(match, 2), _term(match, _OBJECT)


def _term(match: re.Match[str], number: int) -> Term:
    start, end = match.span(number)
    text = match.string
    return start, end, text[start:end] if text[start] == "_" else None
