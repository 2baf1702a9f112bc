"""Brings names to a common form, so that spelling, case and accents do not hide that they agree."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from warrantgraph.extraction.lexicon.reading import word_list

__all__ = ["fold", "name_parts", "slug"]

_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_OTHERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "junior", "filho", "neto"])
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST_SLUG = 60


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in small letters, without accents, with straight apostrophes.

    >>> fold("Milošević")
    'milosevic'
    """
    if word.isascii():
        return word.lower()
    # Twice, since what stands for a capital ("𝔸") becomes one only then.
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_OTHERS)


@lru_cache(maxsize=8192)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name that distinguish it: folded, particles left out.

    >>> name_parts("Omar Hassan Ahmad Al Bashir")[-1] == name_parts("al-Bashir")[-1]
    True
    """
    particles = word_list("persons", "particles")
    parts: list[str] = []
    for word in fold(name).replace('"', " ").replace("“", " ").replace("”", " ").split():
        first, hyphen, rest = word.partition("-")
        kept = rest if hyphen and rest and first in particles else word
        parts.append(kept.strip(".,'"))
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    kept_parts = tuple(part for part in parts if part and part not in particles)
    return kept_parts or tuple(part for part in parts if part)


def slug(name: str) -> str:
    """A name as part of an IRI: small letters, digits and hyphens; "name" where none is left.

    >>> slug("Côte d’Ivoire")
    'cote-divoire'
    """
    plain = fold(name).replace("'", "").encode("ascii", "ignore").decode()
    kept = _NO_WORD.sub("-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    return kept or "name"
