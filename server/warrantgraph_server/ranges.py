"""Range requests: RFC 9110, section 14, in bytes.

>>> parse_ranges("bytes=0-1, -2", 10)
[ByteRange(first=0, last=1), ByteRange(first=8, last=9)]
>>> parse_ranges("bytes=10-", 10)
[]
>>> parse_ranges("lines=1-2", 10) is None
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_RANGES", "ByteRange", "Part", "parse_ranges", "parts", "total"]

MOST_RANGES = 32
"""Ranges in one request; a request for more gets the whole (17.15)."""

_LONGEST_HEADER = 1024
_SPECIFIER: Final = re.compile(r"[ \t]*(?:([0-9]{1,19})-([0-9]{0,19})|-([0-9]{1,19}))[ \t]*")


class ByteRange(NamedTuple):
    """Bytes from `first` to `last`, both included, counted from 0."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The value of the header `Content-Range`, of a representation of so many bytes."""
        return f"bytes {self.first}-{self.last}/{size}"


class Part(NamedTuple):
    """A piece of a multipart body: text, then bytes of the file."""

    head: bytes
    range: ByteRange | None


def parse_ranges(header: str, size: int) -> list[ByteRange] | None:
    """Read `Range` for a representation of `size` bytes.

    None when the header is to be ignored: another unit, not well formed, or too many ranges
    (14.2). An empty list when no range of it can be satisfied. Ranges that overlap or touch
    become one, so that nothing is sent twice.
    """
    unit, equals, specifiers = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals or len(specifiers) > _LONGEST_HEADER:
        return None
    members = [each for each in specifiers.split(",") if each.strip()]
    if not 0 < len(members) <= MOST_RANGES:
        return None
    ranges: list[ByteRange] = []
    for member in members:
        match = _SPECIFIER.fullmatch(member)
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            return None
        first = int(match[1]) if match[1] else max(size - int(match[3]), 0)
        last = min(int(match[2]), size - 1) if match[2] else size - 1
        if first <= last:
            ranges.append(ByteRange(first, last))
    return _coalesce(ranges)


def _coalesce(ranges: list[ByteRange]) -> list[ByteRange]:
    """Join ranges that overlap or touch; if none do, the client's order stays (15.3.7.2)."""
    joined: list[ByteRange] = []
    for each in sorted(ranges):
        if joined and each.first <= joined[-1].last + 1:
            joined[-1] = ByteRange(joined[-1].first, max(joined[-1].last, each.last))
        else:
            joined.append(each)
    return ranges if len(joined) == len(ranges) else joined


def parts(ranges: Sequence[ByteRange], size: int, content_type: str, boundary: str) -> list[Part]:
    """The pieces of a `multipart/byteranges` body (14.6)."""
    pieces = [
        Part(
            f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\n"
            f"Content-Range: {each.content_range(size)}\r\n\r\n".encode(),
            each,
        )
        for each in ranges
    ]
    return [*pieces, Part(f"\r\n--{boundary}--\r\n".encode(), None)]


def total(pieces: Sequence[Part]) -> int:
    """How many bytes a body has."""
    return sum(len(piece.head) + (piece.range.size if piece.range else 0) for piece in pieces)
