"""Divides a text into tokens with spaCy's English tokenizer, and no model.

Words with hyphens stay whole (`al-Bashir`, `Hague-based`), since a part of such a name is no name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import spacy
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

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

_RUN: Final = re.compile(r"\S{400}(?=\S)")
"""More without a blank is no word; spaCy takes time with the square of its length."""


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
    # Not `make_doc`, which refuses texts of more than a million code points.
    tokenizer: Any = vocabulary_of_words().tokenizer
    docs: list[Doc] = [tokenizer(piece) for piece in _pieces(text)]
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _pieces(text: str) -> Iterator[str]:
    """The text, cut where it goes on and on without a blank."""
    start = 0
    for run in _RUN.finditer(text):
        yield text[start : run.end()]
        start = run.end()
    yield text[start:]
