"""Chooses the media type of an answer: RFC 9110, section 12.5.1.

>>> choose("text/turtle;q=0.5, application/ld+json", ["text/turtle", "application/ld+json"])
'application/ld+json'
>>> choose("application/*, application/json;q=0", ["application/json", "application/xml"])
'application/xml'
>>> choose("image/png", ["text/turtle"]) is None
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["MediaRange", "choose", "parse_accept", "quality"]

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]++"
_QUOTED = r'"(?:[^"\\]++|\\.)*+"'
_PARAMETER: Final = re.compile(rf"[ \t]*+;[ \t]*+(?:({_WORD})=({_WORD}|{_QUOTED}))?")
_RANGE: Final = re.compile(rf"[ \t]*+({_WORD})/({_WORD})((?:{_PARAMETER.pattern})*+)[ \t]*+")
_REST: Final = re.compile(rf"(?:[^,\"]++|{_QUOTED}|\")*+")
_WEIGHT: Final = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_UTF_8 = ("utf-8", '"utf-8"', "utf8", "*")


class MediaRange(NamedTuple):
    """One member of `Accept`; a greater `specificity` takes precedence."""

    type: str
    subtype: str
    weight: float
    specificity: int

    def matches(self, media_type: str) -> bool:
        """Whether a media type is in this range."""
        type_, _, subtype = media_type.partition("/")
        return self.type in (type_, "*") and self.subtype in (subtype, "*")


def parse_accept(accept: str) -> Iterator[MediaRange]:
    """Yield the members of an `Accept` header; a malformed one is left out.

    Every representation here is in UTF-8, so that a range with another charset matches nothing.
    Other parameters make a range more specific, but no less of a match.

    >>> list(parse_accept("text/*;q=0.3, nonsense, text/html;level=1"))
    [MediaRange(type='text', subtype='*', weight=0.3, specificity=1), \
MediaRange(type='text', subtype='html', weight=1.0, specificity=3)]
    """
    offset = 0
    while offset < len(accept):
        match = _RANGE.match(accept, offset)
        end = match.end() if match else offset
        rest = _REST.match(accept, end)
        following = rest.end() if rest else end
        if match and following == end:
            member = _media_range(match[1].lower(), match[2].lower(), match[3])
            if member:
                yield member
        offset = following + 1


def _media_range(type_: str, subtype: str, parameters: str) -> MediaRange | None:
    if type_ == "*" and subtype != "*":
        return None
    weight, given = 1.0, 0
    for name, value in _PARAMETER.findall(parameters):
        if name.lower() == "q":
            if not _WEIGHT.fullmatch(value):
                return None
            weight = float(value)
        elif name.lower() == "charset" and value.lower() not in _UTF_8:
            subtype += f";charset={value}"
        elif name:
            given = 1
    return MediaRange(type_, subtype, weight, (type_ != "*") + (subtype != "*") + given)


def quality(ranges: Sequence[MediaRange], media_type: str) -> float:
    """How much a media type is wanted: the weight of the most specific range that it is in."""
    matching = [member for member in ranges if member.matches(media_type)]
    if not matching:
        return 0.0
    highest = max(member.specificity for member in matching)
    return max(member.weight for member in matching if member.specificity == highest)


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """Choose the offer that is wanted most, the earlier of two equals; None if none is wanted.

    Without the header, or when no member of it is well formed, everything is welcome.
    """
    ranges = list(parse_accept(accept or ""))
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: quality(ranges, offer))
    return best if quality(ranges, best) > 0 else None
