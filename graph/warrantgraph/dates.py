"""Turns dates in the Extended Date/Time Format (EDTF) into bounds that can be compared.

A source's precision is kept: `2022-09` is the whole of September, and its bounds are the first
and last second of it. Bounds are `xsd:dateTime`, because OWL 2 reasoners reject `xsd:date`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from edtf import Date, Interval, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from rdflib import XSD, Literal

from warrantgraph.errors import DateError

if TYPE_CHECKING:
    from time import struct_time

__all__ = ["Bounds", "resolve"]


class Bounds(NamedTuple):
    """First and last second of a stretch of time, in UTC; None where it is open."""

    earliest: Literal | None
    latest: Literal | None


def resolve(edtf: str) -> Bounds:
    """The bounds of a date or interval of EDTF level 0, either end of which may be left open.

    >>> [str(bound) for bound in resolve("2022-09")]
    ['2022-09-01T00:00:00Z', '2022-09-30T23:59:59Z']
    >>> str(resolve("/2023-03-17").latest), resolve("/2023-03-17").earliest
    ('2023-03-17T23:59:59Z', None)

    Raises:
        DateError: the text is not such a date, or the interval ends before it starts.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return Bounds(_first(first), _last(first))
    bounds = Bounds(_first(first) if _given(first) else None, _last(last) if _given(last) else None)
    if bounds == (None, None):
        raise DateError("an interval needs a start or an end", value=edtf)
    if bounds.earliest and bounds.latest and str(bounds.earliest) > str(bounds.latest):
        raise DateError("the interval ends before it starts", value=edtf)
    return bounds


def _given(end: str) -> bool:
    return end not in ("", "..")


def _first(date: str) -> Literal:
    return _instant(_parse(date).lower_strict(), "00:00:00")


def _last(date: str) -> Literal:
    return _instant(_parse(date).upper_strict(), "23:59:59")


def _parse(date: str) -> Date:
    parsed: object
    try:
        parsed = parse_edtf(date)  # pyright: ignore[reportUnknownVariableType]
        if isinstance(parsed, Interval) or not isinstance(parsed, Date):
            raise DateError("only dates and intervals of EDTF level 0 are understood", value=date)
        day = parsed.lower_strict()
        datetime(day.tm_year, day.tm_mon, day.tm_mday, tzinfo=UTC)
    except (EDTFParseException, ValueError, TypeError) as error:
        raise DateError(
            "this is not a date", value=date, hint="write 2023, 2023-03, 2023-03-17 or start/end"
        ) from error
    return parsed


def _instant(day: object, clock: str) -> Literal:
    year, month, date = cast("struct_time", day)[:3]
    return Literal(
        f"{year:04}-{month:02}-{date:02}T{clock}Z", datatype=XSD.dateTime, normalize=False
    )
