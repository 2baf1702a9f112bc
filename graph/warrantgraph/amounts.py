"""Amounts as people write them: sizes with a unit, counts, seconds.

>>> parse_size("1.5GiB"), parse_size("512")
(1610612736, 512)
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["parse_count", "parse_duration", "parse_size", "parse_span"]

_UNITS: Final = {"": 1, "B": 1, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}
_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(|B|KiB|MiB|GiB)", re.IGNORECASE)
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)


def parse_size(text: str) -> int:
    """Bytes, from a number with or without KiB, MiB or GiB; raises ValueError."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is no size; write 512MiB or 2GiB')
    return int(float(match[1]) * _UNITS[match[2].upper()])


def parse_count(text: str) -> int:
    """How many, one or more; raises ValueError.

    >>> parse_count("0")
    Traceback (most recent call last):
    ValueError: "0" is not how many there are; write 1 or more
    """
    if not text.isascii() or not text.isdecimal() or not int(text):
        raise ValueError(f'"{text}" is not how many there are; write 1 or more')
    return int(text)


def parse_duration(text: str) -> float:
    """Seconds, 0 or more; raises ValueError."""
    if not _SECONDS.fullmatch(text):
        raise ValueError(f'"{text}" is no number of seconds; write 30 or 2.5')
    return float(text)


def parse_span(text: str) -> float:
    """Seconds, more than 0; raises ValueError."""
    seconds = parse_duration(text)
    if not seconds:
        raise ValueError(f'"{text}" is no time; write a number of seconds above 0')
    return seconds
