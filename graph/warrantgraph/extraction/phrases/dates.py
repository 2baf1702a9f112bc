"""Recognises times and resolves them against the day the article appeared.

A time keeps the precision of its words: "in September" is a month, "in 2009" a year. Weekdays are
the latest before the article, or the next after it where the words look ahead. Words that do not
come to a date ("for decades") are none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import WrittenDate
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["find_dates", "resolve_words"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WORDS_FOR_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_WRITABLE = re.compile(r"(?!0000)\d{4}(-\d\d){0,2}(/(?!0000)\d{4}-\d\d-\d\d)?")
_COUNT = rf"(?P<count>\d{{1,2}}|an?|{_WORDS_FOR_NUMBERS})"


@dataclass(frozen=True)
class _Form:
    """A way to write a time, and what it comes to: EDTF, or None."""

    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date], str | None]
    relative: bool


def find_dates(
    text: str, published: date, start: int = 0, end: int | None = None
) -> Iterator[WrittenDate]:
    """The times in a stretch of text, in order; offsets count in the whole text.

    >>> text = "It was issued on Friday; he was charged in September and tried in 2009."
    >>> for found in find_dates(text, date(2023, 3, 17)):
    ...     text[found.span.start : found.span.end], found.edtf
    ('on Friday', '2023-03-17')
    ('in September', '2022-09')
    ('in 2009', '2009')
    """
    end = len(text) if end is None else end
    for match in _ANY.finditer(text, start, end):
        for form in _FORMS:
            whole = form.pattern.fullmatch(match["body"])
            if whole:
                edtf = _resolve(form, whole, published)
                yield WrittenDate(Span(match.start(), match.end()), edtf, form.relative)
                break


def _resolve(form: _Form, match: re.Match[str], published: date) -> str | None:
    """What a time comes to; None beyond the years 1 and 9999, which no EDTF here has."""
    try:
        edtf = form.resolve(match, published)
    except OverflowError:
        return None
    return edtf if edtf is not None and _WRITABLE.fullmatch(edtf) else None


def resolve_words(words: str, published: date) -> str | None:
    """The EDTF of a time as written; None where it comes to none.

    >>> day = date(2024, 1, 1)
    >>> resolve_words("17 March 2023", day), resolve_words("17 March", day)
    ('2023-03-17', '2023-03-17')
    >>> resolve_words("once", day), resolve_words("17 March 1845", day)
    (None, None)
    """
    found = list(find_dates(words, published))
    return found[0].edtf if len(found) == 1 else None


def _full(match: re.Match[str], _: date) -> str | None:
    return _valid(int(match["year"]), _month(match), int(match["day"]))


def _day_of_month(match: re.Match[str], published: date) -> str | None:
    month, day = _month(match), int(match["day"])
    year = published.year - ((month, day) > (published.month, published.day))
    return _valid(year, month, day)


def _month_and_year(match: re.Match[str], _: date) -> str:
    return f"{match['year']}-{_month(match):02}"


def _named_month(match: re.Match[str], published: date) -> str:
    month = _month(match)
    shift = {"last": 0, "this": 0, "next": 1}.get((match["which"] or "").lower())
    year = published.year - (month > published.month)
    if shift == 1:
        year = published.year + (month <= published.month)
    return f"{year:04}-{month:02}"


def _month_of_year(match: re.Match[str], published: date) -> str:
    shift = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return f"{published.year + shift}-{_month(match):02}"


def _weekday(match: re.Match[str], published: date) -> str:
    wanted = _WEEKDAYS.index(match["weekday"].lower())
    back = (published.weekday() - wanted) % 7
    if (match["which"] or "").lower() in ("next", "coming"):
        return str(published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1))
    if (match["which"] or "").lower() in ("last", "previous"):
        back = back or 7
    return str(published - timedelta(days=back))


def _near(match: re.Match[str], published: date) -> str:
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[match["near"].lower()]
    return str(published + timedelta(days=days))


def _period(match: re.Match[str], published: date) -> str | None:
    shift = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    unit = match["unit"].lower()
    if unit == "year":
        return f"{published.year + shift:04}"
    if unit == "month":
        return _shift_months(published, shift)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    return f"{monday}/{monday + timedelta(days=6)}"


def _ago(match: re.Match[str], published: date) -> str | None:
    count = _number(match["count"].lower())
    unit = match["unit"].lower()
    if unit == "day":
        return str(published - timedelta(days=count))
    if unit == "month":
        return _shift_months(published, -count)
    return f"{published.year - count:04}" if unit == "year" else None


def _shift_months(published: date, shift: int) -> str:
    months = published.year * 12 + published.month - 1 + shift
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _year(match: re.Match[str], _: date) -> str:
    return match["year"]


def _iso(match: re.Match[str], _: date) -> str | None:
    return _valid(int(match["year"]), int(match["m"]), int(match["day"]))


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(str(match["month"]).lower()[:3]) // 4 + 1


def _number(word: str) -> int:
    numbers = _WORDS_FOR_NUMBERS.split("|")
    if word in numbers:
        return numbers.index(word) + 1
    return 1 if word in ("a", "an") else int(word)


def _valid(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"


def _forms() -> Iterator[_Form]:
    """The ways to write a time, the longest first."""
    for pattern, resolve, relative in (
        (rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}", _full, False),
        (rf"{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}", _full, False),
        (rf"{_YEAR}-(?P<m>\d\d)-{_DAY}", _iso, False),
        (rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}", _month_and_year, False),
        (rf"{_MONTH}(?:\s+of)?\s+(?P<which>last|this|next)\s+year", _month_of_year, True),
        (rf"{_MONTH}\s+{_DAY}", _day_of_month, True),
        (rf"(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}", _day_of_month, True),
        (rf"(?:(?P<which>last|this|next|previous|coming)\s+)?{_WEEKDAY}", _weekday, True),
        (r"(?P<near>today|tonight|yesterday|tomorrow)", _near, True),
        (
            r"(?:(?:earlier|later)\s+)?(?P<which>last|this|next)\s+(?P<unit>week|month|year)",
            _period,
            True,
        ),
        (rf"{_COUNT}\s+(?P<unit>day|month|year|week)s?\s+ago", _ago, True),
        (
            rf"(?:(?:early|late|mid)[ -])?(?:(?P<which>last|this|next)\s+)?{_MONTH}",
            _named_month,
            True,
        ),
        (rf"(?:(?:early|late|mid)[ -])?{_YEAR}", _year, False),
    ):
        yield _Form(re.compile(pattern, re.IGNORECASE), resolve, relative)


_FORMS = tuple(_forms())
_CASED = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_NO_OTHER_YEAR = r"(?:,?\s+(?:19|20)\d\d(?!\d)|(?!\s+['’]?\d|,\s+\d{4}(?!\d)))"
"""A year of these centuries or none: "on 3 May 1845" is no day of the year of the article."""
_BODY = (
    rf"(?:{_CASED}\s+[0-3]?\d(?:st|nd|rd|th)?(?!\d){_NO_OTHER_YEAR}"
    rf"|(?:the\s+)?[0-3]?\d(?:st|nd|rd|th)?(?:\s+of)?\s+{_CASED}{_NO_OTHER_YEAR}"
    rf"|(?:19|20)\d\d-\d\d-\d\d"
    rf"|{_CASED},?\s+(?:of\s+)?(?:19|20)\d\d"
    rf"|{_CASED}(?:\s+of)?\s+(?:last|this|next)\s+year"
    r"|(?:(?:last|this|next|previous|coming)\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow"
    r"|(?:(?:[Ee]arlier|[Ll]ater)\s+)?(?:[Ll]ast|[Tt]his|[Nn]ext)\s+(?:week|month|year)"
    rf"|{_COUNT.replace('?P<count>', '?:')}\s+(?:day|month|year|week)s?\s+ago"
    rf"|(?:(?:early|late|mid)[ -])?(?:last|this|next)\s+{_CASED}"
    rf"|(?<=[Ii]n\s)(?:(?:early|late|mid)[ -])?{_CASED}{_NO_OTHER_YEAR}"
    rf"|(?<=[Ss]ince\s){_CASED}{_NO_OTHER_YEAR}"
    r"|(?:(?:early|late|mid)[ -])?(?<![\d$€£.,-])(?:19|20)\d\d(?![\d,.]\d|-))"
)
_ANY = re.compile(
    rf"(?<!\w)(?:(?:[Oo]n|[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Ee]arly|[Ll]ate|[Dd]uring)\s+)?"
    rf"(?P<body>{_BODY})(?!\w)"
)
