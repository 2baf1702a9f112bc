"""Kinds of values that settings have, beside numbers, text and paths: how each is written.

>>> parse_size("1.5GiB"), parse_size("512")
(1610612736, 512)
>>> parse_network("10.0.0.7"), parse_network("2001:DB8::/32")
('10.0.0.7', '2001:db8::/32')
>>> parse_engine("paper")
Traceback (most recent call last):
ValueError: "paper" is no engine; write memory, disk or http://host/path
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Final

__all__ = ["Engine", "Network", "Size", "parse_engine", "parse_network", "parse_size"]

_UNITS: Final = {"": 1, "B": 1, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}
_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(|B|KiB|MiB|GiB)", re.IGNORECASE)
_ENGINE: Final = re.compile(r"memory|disk|https?://[^/]+.*")


class Size(int):
    """A number of bytes, written with a unit."""


class Engine(str):
    """Where data is kept: `memory`, `disk` or a URL."""


class Network(str):
    """An IP address, or a network in CIDR notation (RFC 4632)."""


def parse_size(text: str) -> int:
    """Bytes, from a number with or without KiB, MiB or GiB; raises ValueError."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is no size; write 512MiB or 2GiB')
    return int(float(match[1]) * _UNITS[match[2].upper()])


def parse_engine(text: str) -> str:
    """Where data is kept, as it was written; raises ValueError where there is no such place."""
    if not _ENGINE.fullmatch(text):
        raise ValueError(f'"{text}" is no engine; write memory, disk or http://host/path')
    return text


def parse_network(text: str) -> str:
    """An IP address or network in its shortest form; raises ValueError."""
    try:
        return str(ip_network(text) if "/" in text else ip_address(text))
    except ValueError as error:
        hint = "write 10.0.0.7 or 10.0.0.0/8"
        raise ValueError(f'"{text}" is no address and no network; {hint}') from error
