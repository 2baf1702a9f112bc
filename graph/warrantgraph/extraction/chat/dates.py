"""Reads dates that are written out in full; what needs the calendar of the article is left out.

>>> read_date("17 March 2023"), read_date("March 17th, 2023"), read_date("2023-03")
('2023-03-17', '2023-03-17', '2023-03')
>>> read_date("last Friday") is None
True
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from warrantgraph.extraction.facts import WrittenDate

if TYPE_CHECKING:
    from warrantgraph.extraction.article import Article
    from warrantgraph.sentences import Span

__all__ = ["read_date", "written_date"]

_WEEKDAY: Final = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH: Final = f"(?P<month>{'|'.join(_MONTHS)})"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[12][0-9]{3})"
_FORMS: Final = [
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEAR}(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?)?",
        rf"{_WEEKDAY}(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
]


def written_date(article: Article, span: Span) -> WrittenDate | None:
    """The date that a stretch of an article is; None where it cannot be read."""
    edtf = read_date(article.text[span.start : span.end])
    return None if edtf is None else WrittenDate(span, edtf)


def read_date(written: str) -> str | None:
    """The EDTF of a date, at the precision that it is written with; None where it is none."""
    for form in _FORMS:
        match = form.fullmatch(written)
        if match is None:
            continue
        parts = match.groupdict()
        month, day = parts.get("month"), parts.get("day")
        number = int(month) if month and month.isdecimal() else _number_of(month)
        try:
            date(int(parts["year"]), 1 if number is None else number, int(day) if day else 1)
        except ValueError:
            return None
        edtf = parts["year"] if number is None else f"{parts['year']}-{number:02}"
        return f"{edtf}-{int(day):02}" if day else edtf
    return None


def _number_of(month: str | None) -> int | None:
    return None if month is None else _MONTHS.index(month.casefold()) + 1
