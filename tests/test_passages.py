"""A quote is found exactly where it stands, whatever characters it is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warrantgraph.errors import AmbiguousQuoteError, QuoteNotFoundError
from warrantgraph.passages import locate
from warrantgraph.sentences import Span, sentence_numbers, split_sentences

# Curly quotes, combining marks, characters beyond the first plane, joiners, right-to-left letters.
ALPHABET = st.sampled_from("ab A.?!\n“”‘’\"'e\u0301é\u00a0\u200d😀𝔘אب‏#\t")
TEXTS = st.text(ALPHABET, max_size=80)
WORDS = st.text(ALPHABET, min_size=1, max_size=20).filter(str.strip)


@given(before=TEXTS, quote=WORDS, after=TEXTS)
def test_a_quote_that_stands_once_is_found_at_its_code_points(
    before: str, quote: str, after: str
) -> None:
    text = before + quote + after
    places = [i for i in range(len(text)) if text.startswith(quote, i)]
    if len(places) == 1:
        span = locate(text, quote, split_sentences(text))
        assert span == Span(len(before), len(before) + len(quote))
        assert text[span.start : span.end] == quote
    else:
        with pytest.raises(AmbiguousQuoteError, match=f"{len(places)} times"):
            locate(text, quote, split_sentences(text))


@given(text=TEXTS, quote=WORDS)
def test_a_quote_that_does_not_stand_there_is_refused(text: str, quote: str) -> None:
    if quote not in text:
        with pytest.raises(QuoteNotFoundError, match="nearest"):
            locate(text, quote, split_sentences(text))


@given(text=TEXTS)
def test_sentences_are_ordered_trimmed_and_cover_all_but_white_space(text: str) -> None:
    sentences = split_sentences(text)
    end = 0
    for sentence in sentences:
        assert sentence.start >= end
        assert text[end : sentence.start].strip() == ""
        words = text[sentence.start : sentence.end]
        assert words == words.strip() != ""
        end = sentence.end
    assert text[end:].strip() == ""


@given(text=TEXTS, quote=WORDS)
def test_a_quote_found_in_a_sentence_lies_in_that_sentence(text: str, quote: str) -> None:
    sentences = split_sentences(text)
    for number, sentence in enumerate(sentences, 1):
        if text[sentence.start : sentence.end].count(quote) != 1:
            continue
        try:
            span = locate(text, quote, sentences, within=number)
        except AmbiguousQuoteError:
            continue  # overlapping occurrences, which count() does not see
        assert sentence_numbers(sentences, span) == (number,)


def test_looks_alike_is_not_the_same() -> None:
    text = "caf\u00e9"
    with pytest.raises(QuoteNotFoundError):
        locate(text, "cafe\u0301", split_sentences(text))


@pytest.mark.parametrize("within", [0, 3, -1])
def test_a_sentence_that_is_not_there_is_refused(within: int) -> None:
    text = "One. Two."
    with pytest.raises(QuoteNotFoundError, match="there is no sentence"):
        locate(text, "One", split_sentences(text), within=within)
