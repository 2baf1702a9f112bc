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
_STEP: Final = 64
"""Lines between two places that are kept, so that no line is far from one."""

_OPEN_FILES: Final = 64


class SourceLines:
    """Gives the line of a place, without its end; None where it cannot be read.

    Files are mapped, not read, and lines may be asked for in any order.

    >>> from pathlib import Path
    >>> from warrantgraph.reports import Place
    >>> lines = SourceLines({Path("-"): b"one\\r\\ntwo"})
    >>> lines(Place(Path("-"), 1)), lines(Place(Path("-"), 2)), lines(Place(Path("-"), 3))
    ('one', 'two', None)
    """

    def __init__(self, contents: Mapping[Path, bytes] | None = None) -> None:
        """`contents` are what was read from elsewhere than files, such as standard input."""
        self._contents = contents or {}
        self._files: dict[Path, _Lines] = {}

    def __call__(self, place: Place) -> str | None:
        """Return the line of a place."""
        if place.line is None or place.line < 1:
            return None
        return self._lines(place.file).read(place.line)

    def _lines(self, file: Path) -> _Lines:
        lines = self._files.pop(file, None)
        if lines is None:
            given = self._contents.get(file)
            lines = _Lines(_map(file) if given is None else given)
            if len(self._files) >= _OPEN_FILES:
                del self._files[next(iter(self._files))]
        self._files[file] = lines  # last, so that the first is the one not asked for longest
        return lines


def _map(file: Path) -> bytes | mmap.mmap:
    # An empty file cannot be mapped; one that is gone or no file has no lines to show.
    with suppress(OSError, ValueError):
        if file.is_file():
            with file.open("rb") as stream:
                return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return b""


class _Lines:
    """The lines of one file; remembers where every so many of them begin."""

    def __init__(self, text: bytes | mmap.mmap) -> None:
        self._text = text
        self._starts = [0]

    def read(self, line: int) -> str | None:
        step, rest = divmod(line - 1, _STEP)
        while len(self._starts) <= step:
            start = self._skip(self._starts[-1], _STEP)
            if start is None:
                return None
            self._starts.append(start)
        start = self._skip(self._starts[step], rest)
        if start is None or start >= len(self._text):
            return None
        end = self._text.find(b"\n", start)
        end = len(self._text) if end < 0 else end
        if end - start > _LONGEST_LINE:
            return None
        content = self._text[start:end].removesuffix(b"\r")
        if line == 1:
            content = content.removeprefix(_BYTE_ORDER_MARK)
        return content.decode("utf-8", "replace")

    def _skip(self, start: int, lines: int) -> int | None:
        """Where the line begins that is so many lines further on."""
        for _ in range(lines):
            end = self._text.find(b"\n", start)
            if end < 0:
                return None
            start = end + 1
        return start
