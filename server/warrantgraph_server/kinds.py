"""Kinds of values that settings have, beside numbers, text and paths: how each is written.

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
    "parse_endpoint",
    "parse_engine",
    "parse_network",
]

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
