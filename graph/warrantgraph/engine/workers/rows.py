r"""Counts the rows of an answer in the bytes of its format, piece by piece.

Oxigraph writes answers itself and tells nobody how many rows there were.

>>> counter = row_counter("tsv")
>>> counter.feed(b"?s\n<a>\n<b"), counter.feed(b">\n")
(1, 1)
"""

from __future__ import annotations

import re
from typing import Final, Protocol

__all__ = ["RowCounter", "row_counter"]


class RowCounter(Protocol):
    """Counts rows."""

    def feed(self, piece: bytes) -> int:
        """How many rows this piece completes or begins."""
        ...


class _Lines:
    """TSV: strings hold no line end, and the first line is the head."""

    def __init__(self) -> None:
        self._head = 1

    def feed(self, piece: bytes) -> int:
        lines = piece.count(b"\n")
        head, self._head = min(lines, self._head), self._head - min(lines, self._head)
        return lines - head


class _QuotedLines(_Lines):
    """CSV: a line end between quotes ends no row; a quote within quotes is doubled."""

    def __init__(self) -> None:
        super().__init__()
        self._quoted = False

    def feed(self, piece: bytes) -> int:
        parts = piece.split(b'"')
        first = int(self._quoted)
        self._quoted ^= len(parts) % 2 == 0
        return super().feed(b"".join(parts[first::2]))


class _Elements:
    """XML: a row is an element `result`, and `<` in texts is escaped."""

    _TAG: Final = b"<result>"

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, piece: bytes) -> int:
        text = self._tail + piece
        self._tail = text[-len(self._TAG) + 1 :]
        return text.count(self._TAG)


class _Objects:
    """JSON: outside strings, only an object that is a row follows `[` or `,`."""

    _STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
    _REST_OF_STRING: Final = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)

    def __init__(self) -> None:
        self._carried = b""
        self._in_string = False
        self._last = b""

    def feed(self, piece: bytes) -> int:
        piece = self._carried + piece
        self._carried = b""
        if self._in_string:
            piece = self._after_string(piece)
        structure = self._STRING.sub(b"", piece)
        opened = structure.find(b'"')
        if opened >= 0:
            self._in_string = True
            self._after_string(structure[opened + 1 :])
            structure = structure[:opened]
        structure = self._last + structure
        self._last = structure[-1:]
        return structure.count(b"[{") + structure.count(b",{")

    def _after_string(self, piece: bytes) -> bytes:
        """What follows the end of the string that is open; nothing where it does not end."""
        match = self._REST_OF_STRING.match(piece)
        end = match.end() if match else 0
        if end == len(piece):
            return b""
        if piece[end : end + 1] == b"\\":  # the character it escapes is in the next piece
            self._carried = b"\\"
            return b""
        self._in_string = False
        return piece[end + 1 :]


class _Nothing:
    """A format whose rows are counted where they are made."""

    def feed(self, piece: bytes) -> int:
        del piece
        return 0


_COUNTERS: Final[dict[str, type[RowCounter]]] = {
    "csv": _QuotedLines,
    "json": _Objects,
    "tsv": _Lines,
    "xml": _Elements,
}


def row_counter(format_name: str) -> RowCounter:
    """A counter for the solutions of a format; for a graph's, one that counts nothing."""
    return _COUNTERS.get(format_name, _Nothing)()
