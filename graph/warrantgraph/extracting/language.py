"""Tells English from other languages by the short words that every English text is full of."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

__all__ = ["is_english"]

_WORD: Final = re.compile(r"[^\W\d_]+")

_COMMON: Final = frozenset(
    (
        *("the", "and", "that", "which", "with", "from", "this", "these", "those", "have", "has"),
        *("been", "were", "would", "could", "should", "his", "her", "their", "they", "who", "said"),
        *("says", "not", "of", "by", "as", "its", "it", "he", "she", "after", "before", "about"),
    )
)
"""Only such as are rare in other languages: `in`, `is`, `was`, `for` and `on` are not."""

_MOST: Final = 5_000
_LEAST: Final = 40
"""Words below which nothing can be told; such a text passes."""

_SHARE: Final = 0.08
"""English news has 20 % and more of them; German, French, Spanish and Dutch have below 4 %."""

_LATIN: Final = 0.5


def is_english(text: str) -> bool:
    """Whether a text may be English; one that is too short to tell may be.

    >>> is_english("Der Gerichtshof hat am Freitag einen Haftbefehl erlassen. " * 10)
    False
    >>> is_english("The court that has issued the warrant said it would not withdraw it. " * 10)
    True
    """
    words = [word.group().casefold() for word in islice(_WORD.finditer(text), _MOST)]
    letters = "".join(words)
    latin = sum(1 for letter in letters if letter < "\u0250")
    if len(letters) > _LEAST and latin < _LATIN * len(letters):
        return False
    common = sum(1 for word in words if word in _COMMON)
    return len(words) < _LEAST or common >= _SHARE * len(words)
