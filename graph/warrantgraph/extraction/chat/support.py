"""Checks that the text has the words without which a fact cannot be in it.

A model may copy a sentence word for word and still read into it what is not there. The words
checked here are English; articles in other languages are only checked for their quotes and names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from warrantgraph.extraction.chat.rejections import LeftOutError, Reason
from warrantgraph.extraction.facts import WarrantKind, WarrantState

if TYPE_CHECKING:
    from warrantgraph.extraction.article import Article

__all__ = ["check_crime", "check_instrument", "check_number", "check_state", "numbers_in"]

_INSTRUMENTS: Final = {
    WarrantKind.ARREST_WARRANT: re.compile(r"\bwarrants?\b", re.IGNORECASE),
    WarrantKind.SUMMONS: re.compile(r"\bsummon", re.IGNORECASE),
    WarrantKind.INDICTMENT: re.compile(r"\b(?:indict|charg)", re.IGNORECASE),
    WarrantKind.RED_NOTICE: re.compile(r"\bred notices?\b", re.IGNORECASE),
}
_CATEGORIES: Final = {
    "war crime": re.compile(r"\bwar crimes?\b", re.IGNORECASE),
    "crime against humanity": re.compile(r"\bcrimes? against humanity\b", re.IGNORECASE),
    "genocide": re.compile(r"\bgenocid", re.IGNORECASE),
    "aggression": re.compile(r"\baggress", re.IGNORECASE),
    "terrorism": re.compile(r"\bterror", re.IGNORECASE),
}
_ASKED: Final = re.compile(
    r"\b(?:seek|sought|request|appl(?:y|ie|ying|ication)|(?:ask|call|push)(?:s|ed|ing)? for)",
    re.IGNORECASE,
)
_ISSUED: Final = re.compile(r"\b(?:issu|grant|approv|unseal)", re.IGNORECASE)
_UNITS: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Final = (
    {word: value for value, word in enumerate(_SMALL)}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {"a": 1, "an": 1, "dozen": 12}
)
_NUMBER: Final = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:[,\u202f\u00a0 ][0-9]{3})+|[0-9]{1,12})(?P<rest>\.[0-9]{1,6})?"
    rf"(?:[ -](?P<unit>{'|'.join(_UNITS)}))?(?![0-9])"
    rf"|\b(?P<word>{'|'.join(_VALUES)})(?:-(?P<one>{'|'.join(_SMALL[1:10])}))?"
    rf"(?: (?P<units>{'|'.join(_UNITS)}))?\b",
    re.IGNORECASE | re.ASCII,
)


def check_instrument(article: Article, kind: WarrantKind) -> None:
    """Refuse an instrument whose name the text never uses; raises LeftOutError."""
    if _is_english(article) and not _INSTRUMENTS[kind].search(article.text):
        raise LeftOutError(Reason.INSTRUMENT_NOT_NAMED)


def check_state(article: Article, state: WarrantState, sentence: str) -> None:
    """Refuse as issued what its sentence only says was asked for; raises LeftOutError."""
    asked = _ASKED.search(sentence) and not _ISSUED.search(sentence)
    if state is WarrantState.ISSUED and _is_english(article) and asked:
        raise LeftOutError(Reason.STATE_NOT_STATED)


def check_crime(article: Article, category: str) -> None:
    """Refuse a grave crime that the text never names; raises LeftOutError."""
    pattern = _CATEGORIES.get(category)
    if pattern and _is_english(article) and not pattern.search(article.text):
        raise LeftOutError(Reason.CRIME_NOT_NAMED)


def check_number(article: Article, number: int, quote: str) -> None:
    """Refuse a number that its quote does not give; raises LeftOutError."""
    if number not in (numbers_in(quote) if _is_english(article) else _digits_in(quote)):
        raise LeftOutError(Reason.NUMBER_NOT_FOUND)


def numbers_in(words: str) -> set[int]:
    """The whole numbers that are written in some words.

    >>> sorted(numbers_in("16,221 children, two million people, twenty-five states, 1.5 million"))
    [25, 16221, 1500000, 2000000]
    """
    found: set[int] = set()
    for match in _NUMBER.finditer(words):
        if match["digits"]:
            digits = re.sub(r"[^0-9]", "", match["digits"])
            unit = _UNITS.get((match["unit"] or "").casefold(), 1)
            places = len(match["rest"] or ".") - 1
            value, rest = divmod(int(digits + (match["rest"] or ".")[1:]) * unit, 10**places)
            found |= set() if rest else {value}
        else:
            value = _VALUES[match["word"].casefold()]
            value += _VALUES[match["one"].casefold()] if match["one"] else 0
            found.add(value * _UNITS.get((match["units"] or "").casefold(), 1))
    return found


def _digits_in(words: str) -> set[int]:
    found = re.findall(r"[0-9]{1,12}(?:[.,\s][0-9]{3})*(?![0-9])", words)
    return {int(re.sub(r"[^0-9]", "", each)) for each in found}


def _is_english(article: Article) -> bool:
    return article.language.casefold().split("-")[0] == "en"
