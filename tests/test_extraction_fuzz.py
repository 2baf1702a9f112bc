"""Whatever a text is, an extractor ends with a draft that fits it, or with an ExtractionError.

Runs over the extractors that are there. Texts are random, made of the words that rules look for in
any order, or adversarial: deep, long, turned around, half quoted.
"""

from __future__ import annotations

import contextlib
import warnings
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fake_extraction
from warrantgraph.errors import ExtractionError
from warrantgraph.extracting.conformity import find_faults
from warrantgraph.extraction.article import Article

if TYPE_CHECKING:
    from warrantgraph.extraction.article import Extractor

DAY: Final = date(2024, 11, 21)
ADVERSARIAL: Final = Path(__file__).parent / "cases" / "extract" / "read"
PHRASES: Final = (
    *("The International Criminal Court", "the court", "a tribunal", "prosecutors", "Ruritania"),
    *("President Ada Example", "Bob Placeholder", "the former minister", "he", "she", "they"),
    *("issued an arrest warrant for", "a warrant", "has requested", "withdrew", "was arrested on"),
    *("accused", "denied", "said", "rejects the charges", "found that", "imposed sanctions on"),
    *("is not a member of", "left", "on Friday", "in September 2022", "next week", "yesterday"),
    *("war crimes", "the deportation of children", "fraud", "12,000", "at least 300", "some"),
    *("“", "”", '"', "'", "‘", "’", "(", ")", ",", ".", ";", ":", "—", "...", "\n", "\r\n", "\r"),
    *("\u202e", "\u0301", "\u200b", "\ufeff", "\u2028", "\x0b", "\x1b[31m", "🦊", "𝔸", "İ", "ß"),
    *("Mr.", "U.S.", "No. 3", "1/2/2024", "2024-02-30", "31 June", "the 30th of February", "1e999"),
)
SHAPES: Final = (
    "“" * 2_000,
    "“a " * 1_000 + "” said Ada. " * 1_000,
    "(" * 3_000 + "the court" + ")" * 3_000,
    "the court said " * 2_000,
    "Ada, " * 2_000 + "said.",
    "who said that " * 1_000,
    "e" + "\u0301" * 5_000 + " said.",
    "A.B.C." * 2_000,
    "1,2,3." * 2_000,
    "a" * 50_000,
    "\n" * 20_000 + "A court.\n",
    "A court issued a warrant for Ada Example.\n" * 300,
    # Where time grew with the square of the length, each of these took many minutes.
    "The court said " + "(" * 60_000 + "x" + ")" * 60_000,
    "A court." + " " * 100_000 + "By Ada Example." + " " * 100_000 + "Ada left.",
    "‘a " * 40_000,
    "Ada Example met Bob Placeholder. " * 1_500,
    "Ada" + ", Ada" * 30_000 + " accused Bob of fraud.",
    "word " * 201_000,  # spaCy's pipeline refuses more than a million code points
    "\u202eA court issued a warrant for Ada Example.\u202c",
    "&lt;b&gt; %s {0} ${HOME} \\N{DASH} '''\"\"\" #VALUE! =1+1",
)


def _extractors() -> list[Extractor]:
    found: list[Extractor] = [fake_extraction.FakeExtractor()]
    if all(map(find_spec, ("dateparser", "pycountry", "spacy"))):
        with contextlib.suppress(ModuleNotFoundError):
            found.append(import_module("warrantgraph.extraction.running").RuleExtractor())
    return found


@pytest.fixture(scope="module", params=_extractors(), ids=lambda extractor: extractor.name)
def extractor(request: pytest.FixtureRequest) -> Extractor:
    """Each extractor that needs no network."""
    made: Extractor = request.param
    return made


def check(extractor: Extractor, article: Article) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            draft = extractor.extract(article)
        except ExtractionError:
            return
    assert list(find_faults(draft, article.text)) == []
    assert draft.extractor == extractor.name
    assert extractor.extract(article) == draft, "the same text gives the same draft"


FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FEW
@given(text=st.text(max_size=300))
def test_random_text(extractor: Extractor, text: str) -> None:
    check(extractor, Article(text, DAY))


@FEW
@given(pieces=st.lists(st.sampled_from(PHRASES), max_size=60), blank=st.sampled_from((" ", "")))
def test_words_of_the_trade_in_any_order(
    extractor: Extractor, pieces: list[str], blank: str
) -> None:
    check(extractor, Article(blank.join(pieces), DAY, "Example Times"))


@FEW
@given(
    pieces=st.lists(st.sampled_from(PHRASES), min_size=5, max_size=20),
    day=st.dates(),
    language=st.sampled_from(("en", "en-gb", "de", "")),
)
def test_any_day_and_language(
    extractor: Extractor, pieces: list[str], day: date, language: str
) -> None:
    check(extractor, Article(" ".join(pieces), day, language=language))


@pytest.mark.parametrize("day", [date.min, date.max, date(1, 3, 1), date(9999, 12, 30)])
def test_first_and_last_days(extractor: Extractor, day: date) -> None:
    words = ("last week", "next week", "on Friday", "tomorrow", "12 years ago", "next year")
    told = (f"Ruritania left the International Criminal Court {each}." for each in words)
    check(extractor, Article(" ".join(told), day))


@pytest.mark.parametrize("number", range(len(SHAPES)))
def test_adversarial_shapes(extractor: Extractor, number: int) -> None:
    check(extractor, Article(SHAPES[number], DAY))


@pytest.mark.parametrize("path", sorted(ADVERSARIAL.glob("*.txt")), ids=lambda path: path.stem)
def test_files_as_they_are_read(extractor: Extractor, path: Path) -> None:
    check(extractor, Article(path.read_bytes().decode(), DAY))


def test_a_draft_that_does_not_fit_is_noticed() -> None:
    text = "The court spoke of ASTRAY."
    draft = fake_extraction.FakeExtractor().extract(Article(text, DAY))
    assert list(find_faults(draft, text)) == [
        "entity far: (0, 1000000000) is no stretch of the text"
    ]
