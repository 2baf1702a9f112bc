"""The word lists of the lexicon, folded to compare with the words of a text."""

from __future__ import annotations

from functools import cache

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.names.folding import fold

__all__ = ["folded_words", "is_role", "is_title"]


@cache
def folded_words(name: str, *keys: str) -> frozenset[str]:
    """The words of some lists of one file, folded.

    >>> "ministry" in folded_words("organizations", "heads")
    True
    """
    return frozenset(fold(word) for key in keys for word in word_list(name, key))


def is_role(word: str) -> bool:
    """Whether a folded word says what somebody does: "president", "spokesmen", "ex-minister".

    >>> is_role("judges"), is_role("ex-president"), is_role("table")
    (True, True, False)
    """
    heads = folded_words("roles", "heads")
    if word in heads:
        return True
    first, hyphen, rest = word.partition("-")
    if hyphen and first in ("ex", "vice", "deputy", "co", "then", "president"):
        return is_role(rest) or rest in ("elect", "designate")
    singular = word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")
    return singular in heads


def is_title(word: str) -> bool:
    """Whether a folded word stands before a name without being part of it: "mr.", "sheikh"."""
    return word in folded_words("roles", "titles") or word in folded_words("persons", "before")
