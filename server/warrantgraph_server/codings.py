"""Reads `Accept-Encoding` (RFC 9110, 12.5.3).

>>> wanted_codings("gzip;q=0.5, br", ["zstd", "br", "gzip"])
('br', 'gzip')
>>> wanted_codings("*;q=0.1, zstd;q=0", ["zstd", "br", "gzip"])
('br', 'gzip')
>>> wanted_codings(None, ["gzip"])
()
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["coding_weights", "wanted_codings"]

_MEMBER: Final = re.compile(
    r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)


def coding_weights(accept_encoding: str | None) -> dict[str, float]:
    """The weight of each coding that a client names, `*` included; malformed members are left out.

    >>> coding_weights("gzip, identity; q=0.5, nonsense;q=7")
    {'gzip': 1.0, 'identity': 0.5}
    """
    members = (_MEMBER.fullmatch(each.strip()) for each in (accept_encoding or "").split(","))
    return {each[1].lower(): float(each[2] or 1) for each in members if each}


def wanted_codings(accept_encoding: str | None, offered: Sequence[str]) -> tuple[str, ...]:
    """The offered codings that a client takes, the most wanted first.

    None where it prefers the plain answer.
    """
    weights = coding_weights(accept_encoding)
    otherwise = weights.get("*", 0.0)
    plain = weights.get("identity", 0.0)
    weighed = {each: weights.get(each, otherwise) for each in offered}
    wanted = [each for each in offered if weighed[each] > 0 and weighed[each] >= plain]
    return tuple(sorted(wanted, key=lambda each: -weighed[each]))
