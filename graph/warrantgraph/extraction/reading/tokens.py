"""Divides a text into tokens with spaCy's English tokenizer, and no model.

Words with hyphens stay whole (`al-Bashir`, `Hague-based`), since a part of such a name is no name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import spacy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["tokenize", "vocabulary_of_words"]

_INFIXES = (
    r"\.{2,}",
    r"[…–—]",
    r"--+",
    r"(?<=[^\W\d_]),(?=[^\W\d_])",
    r"(?<=[^\W\d_])[?!;:/\"“”](?=[^\W\d_])",
    r"(?<=[a-z])\.(?=[A-Z“\"])",
)
"""Where a token is divided inside: dashes and marks between words, but no hyphen."""


@cache
def vocabulary_of_words() -> Language:
    """The blank English pipeline: its tokenizer and its vocabulary, shared by all matchers."""
    language = spacy.blank("en")
    # spaCy's own `compile_infix_regex` does the same, without types.
    tokenizer: Any = language.tokenizer
    tokenizer.infix_finditer = re.compile("|".join(_INFIXES)).finditer
    return language


def tokenize(text: str) -> Doc:
    """The tokens of a text; `token.idx` counts code points of the original.

    >>> [token.text for token in tokenize("Sudan’s Omar al-Bashir, 75, left")]
    ['Sudan', '’s', 'Omar', 'al-Bashir', ',', '75', ',', 'left']
    """
    return vocabulary_of_words().make_doc(text)
