"""Counts what a model offered and what was left out of it, by reason.

>>> rejections = Rejections(offered=3)
>>> rejections.leave_out(Reason.QUOTE_NOT_FOUND)
>>> rejections.leave_out(Reason.QUOTE_NOT_FOUND)
>>> str(rejections)
'2 of 3 facts left out: 2 quotes not in the text'
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

__all__ = ["LeftOutError", "Reason", "Rejections"]


class Reason(Enum):
    """Why a fact, or a detail of one, is left out: as said of one, and of several."""

    NOT_A_FACT = ("not of the form that was asked for", "not of the form that was asked for")
    QUOTE_NOT_FOUND = ("quote not in the text", "quotes not in the text")
    QUOTE_AMBIGUOUS = ("quote more than once in the text", "quotes more than once in the text")
    QUOTE_TOO_SHORT = ("quote of less than two words", "quotes of less than two words")
    QUOTE_TOO_LONG = ("quote of too many sentences", "quotes of too many sentences")
    NAME_NOT_FOUND = ("name not in the text", "names not in the text")
    NAME_AMBIGUOUS = ("name of several", "names of several")
    NAME_MISSING = ("without a name that it needs", "without a name that they need")
    NAME_FAR = ("quote that is about nobody it names", "quotes that are about nobody they name")
    WRONG_KIND = ("about the wrong kind of thing", "about the wrong kind of thing")
    WRONG_VALUE = ("value that is not allowed", "values that are not allowed")
    WORDS_NOT_FOUND = ("wording not in the text", "wordings not in the text")
    NOT_SPEECH = ("speech not in quotation marks", "speeches not in quotation marks")
    SPEECH_TOO_SHORT = ("speech of less than three words", "speeches of less than three words")
    NUMBER_NOT_FOUND = ("number not in its quote", "numbers not in their quotes")
    INSTRUMENT_NOT_NAMED = (
        "instrument that the text does not name",
        "instruments that the text does not name",
    )
    STATE_NOT_STATED = (
        "warrant called issued where it is asked for",
        "warrants called issued where they are asked for",
    )
    CRIME_NOT_NAMED = ("crime that the text does not name", "crimes that the text does not name")
    DATE_NOT_READ = ("date that could not be read", "dates that could not be read")

    def of(self, count: int) -> str:
        """The reason with how often it was met.

        >>> Reason.NAME_NOT_FOUND.of(1)
        '1 name not in the text'
        """
        one, several = self.value
        return f"{count} {one if count == 1 else several}"


class LeftOutError(Exception):
    """One fact is left out; never reaches a caller of the extractor."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value[0])


@dataclass
class Rejections:
    """What became of the facts that a model offered for one article.

    `facts` counts facts that were left out, `details` dates, crimes and wordings that were left
    out of facts that stayed; `repeated` facts that were offered more than once.
    """

    offered: int = 0
    repeated: int = 0
    facts: Counter[Reason] = field(default_factory=Counter[Reason])
    details: Counter[Reason] = field(default_factory=Counter[Reason])

    def leave_out(self, reason: Reason) -> None:
        """Count a fact that is left out."""
        self.facts[reason] += 1

    def __str__(self) -> str:
        left_out = self.facts.total()
        text = f"{left_out} of {self.offered} {'fact' if self.offered == 1 else 'facts'} left out"
        if left_out:
            text += f": {_listed(self.facts)}"
        if self.details:
            text += f"; details left out: {_listed(self.details)}"
        return text


def _listed(counts: Counter[Reason]) -> str:
    return ", ".join(reason.of(count) for reason, count in counts.most_common())
