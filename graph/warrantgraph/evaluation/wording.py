"""Compares stretches of words: direct speech, roles, offices, crimes, dates."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from warrantgraph.evaluation.names import normalize, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

__all__ = [
    "crime_categories",
    "crime_heads",
    "head_of_office",
    "same_date",
    "set_f1",
    "token_f1",
]

_ENDINGS: Final = (
    *("ations", "ation", "ating", "ates", "ated", "ings", "ing", "ions", "ion"),
    *("ies", "ed", "es", "s", "e", "y"),
)
_SHORTEST_STEM: Final = 3


def token_f1(first: str, second: str) -> float:
    """How much two texts share of their words, from 0 to 1.

    >>> token_f1("We reject this.", "we reject that")
    0.6666666666666666
    """
    one, other = Counter(normalize(first).split()), Counter(normalize(second).split())
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def set_f1(first: Set[object], second: Set[object]) -> float:
    """How much two sets share, from 0 to 1; two empty ones are alike.

    >>> set_f1({"murder"}, {"murder", "torture"}), set_f1(set(), set())
    (0.6666666666666666, 1.0)
    """
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))


def crime_categories(crimes: Iterable[str]) -> frozenset[str]:
    """The categories of crimes written `category: specific`.

    >>> sorted(crime_categories(["war crime: murder", "war crime: unspecified"]))
    ['war crime']
    """
    return frozenset(_category(crime) for crime in crimes)


def crime_heads(crimes: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The categories with the head noun of the specific crime, in its stem.

    >>> crime_heads(["war crime: unlawful deportation"]) == crime_heads(
    ...     ["war crime: deporting families to another country"]
    ... )
    True
    """
    return frozenset((_category(crime), _crime_head(crime.partition(":")[2])) for crime in crimes)


@cache
def _offices() -> dict[str, str]:
    """What each word for an office comes to, the longest first."""
    forms = {
        normalize(form): office
        for office, words in table("words")["offices"].items()
        for form in words
    }
    return dict(sorted(forms.items(), key=lambda pair: -len(pair[0])))


def head_of_office(office: str) -> str:
    """The head noun of an office, synonyms made one.

    >>> head_of_office("Vice-President of the Court"), head_of_office("former spokeswoman")
    ('vice president', 'spokesperson')
    """
    words = _before_preposition(normalize(office))
    for form, same in _offices().items():
        if words == form or words.endswith(f" {form}"):
            return same
    return words.split()[-1] if words else ""


def same_date(gold: str, predicted: str | None) -> bool:
    """Whether a date is the gold's, at the precision of the gold.

    >>> same_date("2024-11", "2024-11-21"), same_date("2024-11-21", "2024-11")
    (True, False)
    """
    return predicted is not None and f"{predicted}-".startswith(f"{gold}-")


def _category(crime: str) -> str:
    return normalize(crime.partition(":")[0])


def _crime_head(specific: str) -> str:
    """The stem of the head noun; of "taking hostages" it is the word that says what is done."""
    words = _before_preposition(normalize(specific)).split()
    if not words:
        return ""
    gerunds = [word for word in words if word.endswith("ing")]
    return _stem(gerunds[0] if gerunds else words[-1])


def _before_preposition(words: str) -> str:
    """The words before the first preposition, all of them where that comes first."""
    kept: list[str] = []
    for word in words.split():
        if kept and word in table("words")["prepositions"]:
            break
        kept.append(word)
    return " ".join(kept)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
