"""What a line of an article is: running text, a headline, a pointer to other news, a credit."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["LineKind", "kind_of_line"]


class LineKind(StrEnum):
    """The part that a line plays in an article."""

    BODY = "body"
    HEADLINE = "headline"
    """A title or a heading: present tense, left-out words, no full stop."""
    POINTER = "pointer"
    """"READ MORE: ...": it speaks of another article."""
    CREDIT = "credit"
    """Who wrote, edited or contributed."""


_POINTER = re.compile(
    r"\s*(read|see|watch|listen)\s+(more|also|next|here|on)\b|\s*(related|also read|explainer"
    r"|analysis|opinion|video|photos|in pictures|don['’]t miss|more on this|recommended)\s*[:|–—-]",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\s*[(\[]?\s*(additional\s+)?(reporting|writing|editing|compiled|edited|written|photo|image"
    r"|with reporting|graphics)\s+by\b|.{0,120}\bcontributed to this (report|story|article)\b"
    r"|\s*(©|\(c\)|copyright)",
    re.IGNORECASE,
)
_ENDS_AS_SENTENCE = re.compile(r"[.!?…:;,]['’\"”»)\]]*$")
_LONGEST_HEADLINE = 22


def kind_of_line(line: str) -> LineKind:
    """What a line is, judged by itself.

    >>> kind_of_line("READ MORE: A court and its limits").value
    'pointer'
    >>> kind_of_line("Court issues warrant for general").value
    'headline'
    >>> kind_of_line("The court issued a warrant.").value
    'body'
    """
    line = line.strip()  # else the patterns go over every blank many times
    if _POINTER.match(line):
        return LineKind.POINTER
    if _CREDIT.match(line):
        return LineKind.CREDIT
    if len(line.split()) <= _LONGEST_HEADLINE and not _ENDS_AS_SENTENCE.search(line):
        return LineKind.HEADLINE
    return LineKind.BODY
