"""Reads the words that a model says are a date: by the same rules as the other extractor.

The date is never the model's own: it follows from the words of the text and the day the article
appeared, or there is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from warrantgraph.extraction.phrases.dates import find_dates

if TYPE_CHECKING:
    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.facts import WrittenDate
    from warrantgraph.sentences import Span

__all__ = ["written_date"]

_WEEKDAY: Final = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?=.*\d)")


def written_date(article: Article, span: Span) -> WrittenDate | None:
    """The date that a stretch of an article is; None where it is none, or more than that.

    >>> from datetime import date
    >>> from warrantgraph.extraction.article import Article
    >>> from warrantgraph.sentences import Span
    >>> article = Article("Issued Friday, 17 March 2023, before noon.", date(2023, 3, 20))
    >>> written_date(article, Span(7, 28)).edtf, written_date(article, Span(30, 41))
    ('2023-03-17', None)
    """
    weekday = _WEEKDAY.match(article.text, span.start, span.end)
    start = weekday.end() if weekday else span.start
    found = list(find_dates(article.text, article.published, start, span.end))
    if len(found) != 1 or found[0].edtf is None or found[0].span != (start, span.end):
        return None
    return found[0]
