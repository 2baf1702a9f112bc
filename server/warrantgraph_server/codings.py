"""Chooses the content coding of an answer by `Accept-Encoding`: RFC 9110, section 12.5.3.

>>> choose_coding("gzip, zstd;q=0.5", {"gzip", "zstd"})
'gzip'
>>> choose_coding("gzip, deflate, br, zstd", {"gzip", "zstd"})
'zstd'
>>> choose_coding("br", {"gzip"})
'identity'
>>> choose_coding("br, identity;q=0", {"gzip"}) is None
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["FILE_CODINGS", "IDENTITY", "choose_coding", "wanted_codings"]

IDENTITY = "identity"


FILE_CODINGS: Final = {"zstd": "application/zstd", "gzip": "application/gzip"}
"""The codings that a release may have, the preferred one first, and what a file in one is when it
is asked for by its own name (RFC 8878, RFC 6713)."""

_MEMBER: Final = re.compile(
    r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)


def choose_coding(accept_encoding: str | None, available: Collection[str]) -> str | None:
    """Choose a coding among those available and identity; None when the client refuses them all.

    Of codings wanted equally, the smaller file is sent; without the header, the plain one.
    """
    if accept_encoding is None:
        return IDENTITY
    weights = _weights(accept_encoding)
    anything = weights.get("*", 0.0)
    wanted = {each: weights.get(each, anything) for each in FILE_CODINGS if each in available}
    best = max(wanted, key=wanted.__getitem__, default=IDENTITY)
    plain = weights.get(IDENTITY, weights.get("*"))
    if wanted.get(best, 0) > 0 and wanted[best] >= (plain or 0):
        return best
    return None if plain == 0 else IDENTITY


def wanted_codings(accept_encoding: str | None, offered: Sequence[str]) -> tuple[str, ...]:
    """The offered codings that a client takes, the most wanted first.

    None where it prefers the plain answer, which is always to be had.

    >>> wanted_codings("gzip;q=0.5, br", ["zstd", "br", "gzip"])
    ('br', 'gzip')
    >>> wanted_codings("*;q=0.1, zstd;q=0", ["zstd", "br", "gzip"])
    ('br', 'gzip')
    >>> wanted_codings(None, ["gzip"])
    ()
    """
    weights = _weights(accept_encoding or "")
    otherwise = weights.get("*", 0.0)
    plain = weights.get(IDENTITY, 0.0)
    weighed = {each: weights.get(each, otherwise) for each in offered}
    wanted = [each for each in offered if weighed[each] > 0 and weighed[each] >= plain]
    return tuple(sorted(wanted, key=lambda each: -weighed[each]))


def _weights(accept_encoding: str) -> dict[str, float]:
    """The weight of each coding; a malformed member is left out."""
    weights: dict[str, float] = {}
    for member in accept_encoding.split(","):
        match = _MEMBER.fullmatch(member.strip())
        if match:
            coding = match[1].lower().removeprefix("x-")
            weights[coding] = float(match[2]) if match[2] else 1.0
    return weights
