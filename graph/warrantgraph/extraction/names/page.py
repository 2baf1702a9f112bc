"""The words of a text with what their shape says, as lists that are quick to walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.names.folding import fold
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from warrantgraph.extraction.reading import Sentence, Text

__all__ = ["Page", "read_page"]

_LOUD_SHARE = 0.7
_LOUD_WORDS = 4
_LONG_WORD = 4


@dataclass(frozen=True)
class Page:
    """Token by token: the word, its folded form, and how it is written."""

    words: list[str]
    folded: list[str]
    sentence: list[int]
    """Number of the sentence that the token stands in; 0 for none."""
    capital: list[bool]
    """Begins with a capital, or is a small particle joined to one (`al-Bashir`)."""
    lower: list[bool]
    """Begins with a small letter."""
    loud: list[bool]
    """In a sentence where most words are capitalised, so that capitals say little."""
    first: list[bool]
    """First word of its sentence or of a quotation, capitalised whatever it is."""
    credit: list[bool]
    """In a line that says who wrote or edited."""
    common: frozenset[str]
    """Words that the text has in small letters too."""

    def word(self, place: int) -> str:
        """The word at a place, empty beyond the ends of the text."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def small(self, place: int) -> str:
        """The folded word at a place, empty beyond the ends of the text."""
        return self.folded[place] if 0 <= place < len(self.folded) else ""

    def capital_at(self, place: int) -> bool:
        """Whether the word at a place is capitalised; False beyond the ends of the text."""
        return 0 <= place < len(self.words) and self.capital[place]

    def together(self, left: int, right: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return (
            left >= 0
            and right < len(self.words)
            and self.sentence[left] == self.sentence[right] != 0
        )


def read_page(text: Text) -> Page:
    """The tokens of a text with their shapes."""
    words = [token.text.replace("’", "'") for token in text.doc]
    count = len(words)
    folded = [fold(word) for word in words]
    capital = [_is_capital(word) for word in words]
    lower = [word[:1].islower() and not big for word, big in zip(words, capital, strict=True)]
    page = Page(
        words,
        folded,
        [0] * count,
        capital,
        lower,
        [False] * count,
        [False] * count,
        [False] * count,
        frozenset(word for word, small in zip(words, lower, strict=True) if small),
    )
    for sentence in text.sentences:
        _mark(page, sentence)
    return page


def _mark(page: Page, sentence: Sentence) -> None:
    places = range(sentence.start, sentence.end)
    letters = [place for place in places if page.words[place][0].isalpha()]
    long = [place for place in letters if len(page.words[place]) >= _LONG_WORD]
    big = sum(page.capital[place] for place in long)
    shouted = all(page.words[place].isupper() for place in letters)
    loud = len(long) >= _LOUD_WORDS and big >= _LOUD_SHARE * len(long)
    loud = (loud or len(letters) > 1) if shouted else loud and sentence.line is not LineKind.BODY
    credit = sentence.line is LineKind.CREDIT or _is_byline(page, sentence)
    for place in places:
        page.sentence[place] = sentence.number
        page.loud[place] = loud
        page.credit[place] = credit
        if credit:
            page.capital[place], page.lower[place] = False, True
        page.first[place] = page.words[place - 1] in _OPENERS if place > 0 else True
    if letters:
        page.first[letters[0]] = True


def _is_byline(page: Page, sentence: Sentence) -> bool:
    """Whether a line is "By Jane Roe" or "By Jane Roe and John Doe"."""
    words = page.words[sentence.start : sentence.end]
    if words[0].lower() != "by" or len(words) > _LONGEST_BYLINE or len(words) < _SHORTEST_BYLINE:
        return False
    places = range(sentence.start + 1, sentence.end)
    if sentence.line is not LineKind.BODY and len(words) <= _SHORT_BYLINE:
        return True
    rest = [place for place in places if page.words[place] not in ("and", ",", "|", "in", "for")]
    return all(page.capital[place] or not page.words[place][0].isalpha() for place in rest)


_LONGEST_BYLINE = 14
_SHORTEST_BYLINE = 3
_SHORT_BYLINE = 8
_OPENERS = frozenset(['"', "“", "‘", "'", "«", "„", ":", "•", "*"])


def _is_capital(word: str) -> bool:
    if word[:1].isupper():
        return True
    first, hyphen, rest = word.partition("-")
    if hyphen and rest[:1].isupper():
        return first in word_list("persons", "particles")
    return word[:2] in ("d'", "l'") and word[2:3].isupper()
