"""Finds the words that a model copied in the article it was shown: verbatim, or not at all.

Nothing is normalised: a quote with other quotation marks, or with letters that only look the same,
is not in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warrantgraph.extraction.chat.rejections import LeftOutError, Reason
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warrantgraph.extraction.chat.parts import Part

__all__ = ["Reading", "places_of"]

_FEWEST_WORDS: Final = 2
_MOST_SENTENCES: Final = 3
_MARKS: Final = "“”„«»\"‘’'"
_OPENING: Final = "“„«"
_CLOSING: Final = "”»"


def places_of(text: str, words: str, within: Span) -> Iterator[Span]:
    """Each place of some words, as whole words, in a stretch of a text.

    >>> list(places_of("Ann met Annabel and Ann.", "Ann", Span(0, 24)))
    [Span(start=0, end=3), Span(start=20, end=23)]
    """
    start = text.find(words, within.start, within.end) if words.strip() else -1
    while start >= 0:
        span = Span(start, start + len(words))
        if not _cuts_word(text, span.start) and not _cuts_word(text, span.end):
            yield span
        start = text.find(words, start + 1, within.end)


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


@dataclass(frozen=True)
class Reading:
    """The part of a text that a model was shown, to find its words in."""

    text: str
    part: Part

    def quote(self, words: str, sentence: int | None, names: Sequence[Sequence[Span]]) -> Span:
        """Where a quote stands.

        Of several places the one in the sentence that the model gave counts, else the only one
        whose sentence has all names; `names` are the mentions of each that the fact is about.

        Raises:
            LeftOutError: it is not there, is there more than once, or is too short or long.
        """
        words = words.strip()
        if len(re.findall(r"\w+", words)) < _FEWEST_WORDS:
            raise LeftOutError(Reason.QUOTE_TOO_SHORT)
        places = list(places_of(self.text, words, self.part.span))
        if not places:
            raise LeftOutError(Reason.QUOTE_NOT_FOUND)
        if len(places) > 1:
            given = [place for place in places if sentence in self.numbers(place)]
            places = given or [
                place
                for place in places
                if all(_touch(self.around(place), mentions) for mentions in names)
            ]
        if len(places) != 1:
            raise LeftOutError(Reason.QUOTE_AMBIGUOUS)
        if len(self.numbers(places[0])) > _MOST_SENTENCES:
            raise LeftOutError(Reason.QUOTE_TOO_LONG)
        return places[0]

    def words(self, words: str, quote: Span) -> Span:
        """Where other words of a fact stand: in its quote, its sentence, or once in the part.

        Raises:
            LeftOutError: in none of these.
        """
        words = words.strip()
        for area in (quote, self.around(quote)):
            place = next(places_of(self.text, words, area), None)
            if place is not None:
                return place
        places = list(places_of(self.text, words, self.part.span))
        if len(places) != 1:
            raise LeftOutError(Reason.WORDS_NOT_FOUND)
        return places[0]

    def speech(self, words: str, quote: Span) -> Span:
        """Where direct speech stands, without its quotation marks.

        Raises:
            LeftOutError: nowhere, or not in quotation marks.
        """
        place = self.words(words.strip(_MARKS), quote)
        line = self.text.rfind("\n", 0, place.start) + 1
        before = self.text[line : place.start]
        last = max(before.rfind(mark) for mark in _OPENING)
        opened = last >= 0 and last > max(before.rfind(mark) for mark in _CLOSING)
        directly = before.endswith(("‘", "'"))
        if not (opened or directly or before.count('"') % 2):
            raise LeftOutError(Reason.NOT_SPEECH)
        return place

    def numbers(self, span: Span) -> list[int]:
        """The numbers of the sentences that a span touches."""
        return [number for number, _ in self._touched(span)]

    def around(self, span: Span, before: int = 0) -> Span:
        """The whole sentences that a span touches, and so many before them."""
        touched = [sentence for _, sentence in self._touched(span)] or [span]
        earlier = [each for _, each in self.part.sentences if each.end <= touched[0].start]
        first = earlier[-before] if 0 < before <= len(earlier) else touched[0]
        return Span(first.start, touched[-1].end)

    def _touched(self, span: Span) -> list[tuple[int, Span]]:
        return [
            (number, sentence)
            for number, sentence in self.part.sentences
            if sentence.start < span.end and span.start < sentence.end
        ]


def _touch(area: Span, mentions: Sequence[Span]) -> bool:
    return any(each.start < area.end and area.start < each.end for each in mentions)
