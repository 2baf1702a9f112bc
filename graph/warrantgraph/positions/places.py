"""From offsets in a text to lines and columns, for the few offsets that are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["lines_and_columns"]


def lines_and_columns(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    r"""Return line and column of each offset; both count from 1, columns in code points.

    A line ends at LF, CR LF or CR. One walk over the text, however many offsets there are.

    >>> lines_and_columns("a\r\nbc\rd", [0, 4, 6])
    {0: (1, 1), 4: (2, 2), 6: (3, 1)}
    """
    found: dict[int, tuple[int, int]] = {}
    line, start, here = 1, 0, 0
    for offset in sorted(set(offsets)):
        halfway = offset > 0 and text.startswith("\r\n", offset - 1)  # the line has not ended yet
        upto = offset - 1 if halfway else offset
        ends = text.count("\n", here, upto) + text.count("\r", here, upto)
        if ends:
            line += ends - text.count("\r\n", here, upto)
            start = 1 + max(text.rfind("\n", here, upto), text.rfind("\r", here, upto))
        here = upto
        found[offset] = line, offset - start + 1
    return found
