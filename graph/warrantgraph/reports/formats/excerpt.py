"""The part of a source line around a place, ready to be marked.

A line may be 100 MB long, hold tabs, wide and combining characters, or escapes for a terminal:
the excerpt is as wide as asked for, and its marks stand under what they mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from warrantgraph.reports.formats.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.reports.finding import Place

__all__ = ["Excerpt", "excerpt"]

_TAB: Final = 4
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source line in three parts: before the mark, marked, and after it."""

    line: int
    before: str
    marked: str
    after: str
    is_marked: bool = True
    """False where the column is not known."""

    @property
    def text(self) -> str:
        """The line, or the part of it that is shown."""
        return self.before + self.marked + self.after

    @property
    def carets(self) -> str:
        """A line that marks, with `^`, what is wrong in the line above; in terminal columns."""
        if not self.is_marked:
            return ""
        return " " * cell_len(self.before) + "^" * max(1, cell_len(self.marked))


def excerpt(
    place: Place | None, read_line: Callable[[Place], str | None], width: int
) -> Excerpt | None:
    r"""Read and cut the line of a place to at most about `width` terminal columns.

    None where the line is not known or cannot be read.

    >>> from pathlib import Path
    >>> from warrantgraph.reports import Place
    >>> found = excerpt(Place(Path("a.ttl"), 1, 4, 1, 5), lambda place: "a\t名x", 80)
    >>> print(found.text, found.carets, sep="\n")
    a   名x
          ^
    """
    if place is None or place.line is None:
        return None
    line = read_line(place)
    if line is None:
        return None
    start = min((place.column or 1) - 1, len(line))
    end = _end(place, start, len(line))
    if place.column is None:
        end = start
    low, high = _window(line, start, max(10, width))
    pieces = _Pieces()
    before = (_CUT if low else "") + pieces.write(line[low:start])
    pieces.column += len(_CUT) if low else 0
    marked = pieces.write(line[start : min(end, high)])
    after = pieces.write(line[min(end, high) : high]) + (_CUT if high < len(line) else "")
    return Excerpt(place.line, before, marked, after, place.column is not None)


def _end(place: Place, start: int, length: int) -> int:
    """Where the mark ends: at the end of the line if what is wrong goes on in the next."""
    if place.end_line is not None and place.line is not None and place.end_line > place.line:
        return length
    if place.end_column is not None and place.end_column - 1 > start:
        return min(place.end_column - 1, length)
    return min(start + 1, length)


def _window(line: str, start: int, width: int) -> tuple[int, int]:
    """The whole line where it fits; else a part of it, a third of that before `start`."""
    if len(line) <= width and sum(map(_cells, line)) <= width:
        return 0, len(line)
    low, used = start, 0
    while low > 0 and used < width // 3:
        low -= 1
        used += _cells(line[low])
    if low < _TAB:
        low = 0  # the sign for a cut would take as much room as what it hides
    high = start
    while high < len(line) and used < width:
        used += _cells(line[high])
        high += 1
    return low, high


@lru_cache(4096)
def _cells(character: str) -> int:
    return _TAB if character == "\t" else max(1, cell_len(visible(character)))


class _Pieces:
    """Writes parts of a line one after the other, tabs filled up to the next stop."""

    def __init__(self) -> None:
        self.column = 0

    def write(self, text: str) -> str:
        parts: list[str] = []
        for index, part in enumerate(text.split("\t")):
            if index:
                blanks = _TAB - self.column % _TAB
                parts.append(" " * blanks)
                self.column += blanks
            shown = visible(part).replace("\n", r"\n")
            parts.append(shown)
            self.column += cell_len(shown)
        return "".join(parts)
