"""Finds quotes in a text and describes them as passages.

A quote is found verbatim or not at all: nothing is normalised, and offsets are Unicode code
points of the text as given, so that `text[start:end]` is the quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Literal, URIRef

from warrantgraph.errors import AmbiguousQuoteError, QuoteNotFoundError
from warrantgraph.namespaces import ID, WG
from warrantgraph.sentences import Span, sentence_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CONTEXT", "Passage", "locate", "nearest"]

CONTEXT = 32
"""Code points of text kept before and after a passage, to find it again in a changed copy."""


@dataclass(frozen=True)
class Passage:
    """A run of words in the text of a document."""

    document: str
    span: Span
    sentences: tuple[int, ...]

    @property
    def iri(self) -> URIRef:
        """`id/passage/{document}/{start}-{end}`."""
        return ID[f"passage/{self.document}/{self.span.start}-{self.span.end}"]

    def describe(self, text: str, graph: Graph) -> URIRef:
        """Add the passage's triples to the graph and return its IRI."""
        start, end = self.span
        for term, value in (
            (WG.exactText, Literal(text[start:end])),
            (WG.prefixText, Literal(text[max(0, start - CONTEXT) : start])),
            (WG.suffixText, Literal(text[end : end + CONTEXT])),
            (WG.startOffset, _count(start)),
            (WG.endOffset, _count(end)),
            (WG.inDocument, ID[f"document/{self.document}"]),
            (RDF.type, WG.Passage),
        ):
            graph.add((self.iri, term, value))
        for number in self.sentences:
            graph.add((self.iri, WG.sentenceNumber, Literal(number, datatype=_XSD_POSITIVE)))
        return self.iri


_XSD_POSITIVE = URIRef("http://www.w3.org/2001/XMLSchema#positiveInteger")
_XSD_COUNT = URIRef("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")


def _count(value: int) -> Literal:
    return Literal(value, datatype=_XSD_COUNT)


def locate(text: str, quote: str, sentences: Sequence[Span], within: int | None = None) -> Span:
    """The one place of a quote in a text; `within` limits the search to one sentence.

    >>> from warrantgraph.sentences import split_sentences
    >>> text = "She denied it. He denied it."
    >>> locate(text, "denied it", split_sentences(text), within=2)
    Span(start=18, end=27)

    Raises:
        QuoteNotFoundError: the words are not there; the hint shows the nearest that are.
        AmbiguousQuoteError: they are there more than once.
    """
    if not quote.strip():
        raise QuoteNotFoundError("a quote must have words", value=quote)
    if within is not None and not 1 <= within <= len(sentences):
        raise QuoteNotFoundError(
            f"there is no sentence {within}; the text has {len(sentences)}", value=quote
        )
    area = sentences[within - 1] if within is not None else Span(0, len(text))
    starts = _occurrences(text, quote, area)
    where = f"sentence {within}" if within is not None else "the article"
    if not starts:
        raise QuoteNotFoundError(
            f"these words are not in {where}",
            value=quote,
            hint=f"nearest: “{nearest(text[area.start : area.end], quote)}”",
        )
    spans = [Span(start, start + len(quote)) for start in starts]
    if len(spans) > 1:
        numbers = [str(sentence_numbers(tuple(sentences), span)[0]) for span in spans]
        raise AmbiguousQuoteError(
            f"these words are in {where} {len(spans)} times",
            value=quote,
            hint=f"quote more words, or add cur:inSentence with one of {', '.join(numbers)}",
        )
    return spans[0]


def _occurrences(text: str, quote: str, area: Span) -> list[int]:
    """Every start of the quote in the area, overlapping ones too."""
    starts: list[int] = []
    start = text.find(quote, area.start, area.end)
    while start >= 0:
        starts.append(start)
        start = text.find(quote, start + 1, area.end)
    return starts


def nearest(text: str, quote: str) -> str:
    """The words of a text that look most like a quote, widened to whole words.

    >>> nearest("a warrant has been issued for him", "warant has been isued")
    'warrant has been issued'
    """
    matcher = SequenceMatcher(None, text.casefold(), quote.casefold(), autojunk=False)
    anchor = matcher.find_longest_match()
    start = max(0, anchor.a - anchor.b)
    end = min(len(text), start + len(quote))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip()
