"""The lines that findings stand in, read once per file and only as many as are needed."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from warrantgraph.reports.finding import Finding, Place

__all__ = ["SourceLines"]

_LONGEST: Final = 2_000
"""Characters; a longer line is not shown, since one literal may fill a file."""


class SourceLines:
    """Lines by place: `lines(place)` is the text of its line, without the end of the line.

    Lines end at LF, CR LF or CR. None where the place has no line, the file cannot be read or has
    no such line any more, and where the line is too long to be shown.
    """

    def __init__(
        self, findings: Iterable[Finding], open_file: Callable[[Path], IO[bytes]] | None = None
    ) -> None:
        self._open = open_file or _open
        self._wanted: dict[Path, set[int]] = {}
        self._lines: dict[Path, dict[int, str]] = {}
        for finding in findings:
            for place in (finding.place, finding.focus_place):
                if place is not None and place.line is not None:
                    self._wanted.setdefault(place.file, set()).add(place.line)

    def __call__(self, place: Place) -> str | None:
        """Return the line of a place, or None."""
        if place.line is None:
            return None
        if place.file not in self._lines:
            self._lines[place.file] = self._read(place.file)
        return self._lines[place.file].get(place.line)

    def _read(self, path: Path) -> dict[int, str]:
        wanted = self._wanted.get(path, set())
        last = max(wanted, default=0)
        found: dict[int, str] = {}
        try:
            with self._open(path) as raw, _text(raw) as text:
                number = 0
                while number < last and (piece := text.readline(_LONGEST + 1)):
                    number += 1
                    whole = piece.endswith("\n") or len(piece) <= _LONGEST
                    if whole and number in wanted:
                        found[number] = piece.removesuffix("\n")
                    while not piece.endswith("\n") and (piece := text.readline(_LONGEST)):
                        pass
        except OSError:
            return found
        return found


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _text(raw: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace")
