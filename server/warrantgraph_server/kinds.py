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

__all__ = [
    "Count",
    "Duration",
    "Endpoint",
    "Engine",
    "Network",
    "Size",
    "Span",
    "parse_count",
    "parse_duration",
    "parse_endpoint",
    "parse_engine",
    "parse_network",
    "parse_size",
    "parse_span",
]

_UNITS: Final = {"": 1, "B": 1, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}
_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(|B|KiB|MiB|GiB)", re.IGNORECASE)
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
_ENDPOINT: Final = re.compile(r"""https?://[^/<>"{}|^`\\\x00-\x20]+[^<>"{}|^`\\\x00-\x20]*""")
_ENGINE: Final = re.compile(r"memory|disk|https?://[^/]+.*")


class Size(int):
    """A number of bytes, written with a unit."""


class Count(int):
    """How many: one or more."""


class Duration(float):
    """Seconds, 0 or more."""


class Span(float):
    """Seconds, more than 0."""


class Endpoint(str):
    """The absolute IRI of a SPARQL endpoint."""


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


def parse_endpoint(text: str) -> str:
    """The IRI of an endpoint; raises ValueError where it is not an absolute one of HTTP."""
    if not _ENDPOINT.fullmatch(text):
        raise ValueError(f'"{text}" is no endpoint; write http://host/path')
    return text


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
