"""Reads the lines that findings are about, for formats that show them."""

from __future__ import annotations

import mmap
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from warrantgraph.reports.finding import Place

__all__ = ["SourceLines"]

_LONGEST_LINE: Final = 1 << 20
"""Bytes; a longer line is not shown, so that findings in it cost no more than others."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class SourceLines:
    """Gives the line of a place, without its end; None where it cannot be read.

    Fast where places are asked for by file and in the order of lines, as formats do: one file is
    mapped at a time, and the search goes on where it ended.

    >>> from pathlib import Path
    >>> from warrantgraph.reports import Place
    >>> lines = SourceLines({Path("-"): b"one\\r\\ntwo"})
    >>> lines(Place(Path("-"), 1)), lines(Place(Path("-"), 2)), lines(Place(Path("-"), 3))
    ('one', 'two', None)
    """

    def __init__(self, contents: Mapping[Path, bytes] | None = None) -> None:
        """`contents` are what was read from elsewhere than files, such as standard input."""
        self._contents = contents or {}
        self._file: Path | None = None
        self._text: bytes | mmap.mmap = b""
        self._rewind()

    def __call__(self, place: Place) -> str | None:
        """Return the line of a place."""
        if place.line is None or place.line < 1:
            return None
        if place.file != self._file:
            self._open(place.file)
        if place.line < self._line:
            self._rewind()
        return self._advance(place.line)

    def _open(self, file: Path) -> None:
        self._file, self._text = file, self._contents.get(file, b"")
        if file not in self._contents:
            # An empty file cannot be mapped; one that is gone or no file has no lines to show.
            with suppress(OSError, ValueError):
                if file.is_file():
                    with file.open("rb") as stream:
                        self._text = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._rewind()

    def _rewind(self) -> None:
        self._line, self._start = 1, 0

    def _advance(self, line: int) -> str | None:
        while self._line < line:
            end = self._text.find(b"\n", self._start)
            if end < 0:
                return None
            self._line, self._start = self._line + 1, end + 1
        end = self._text.find(b"\n", self._start)
        end = len(self._text) if end < 0 else end
        if self._start >= len(self._text) or end - self._start > _LONGEST_LINE:
            return None
        content = self._text[self._start : end].removesuffix(b"\r")
        if self._line == 1:
            content = content.removeprefix(_BYTE_ORDER_MARK)
        return content.decode("utf-8", "replace")
