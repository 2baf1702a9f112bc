"""Names in texts: each file of `cases/names` is a text and the entities that it names."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warrantgraph.authority import Authority, read_authority
from warrantgraph.extraction import Article
from warrantgraph.extraction.names import MentionForm, Names, find_names
from warrantgraph.extraction.reading import Text, read

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES = sorted((Path(__file__).parent / "cases" / "names").glob("*.toml"))
AUTHORITY = Path(__file__).parents[1] / "graph" / "authority"
KINDS = {
    "persons": "person",
    "states": "state",
    "places": "place",
    "courts": "court",
    "organizations": "organization",
}


def names_in(text: str, known: Authority | None = None) -> tuple[Text, Names]:
    article = read(Article(text, date(2024, 3, 1)))
    return article, find_names(article, known)


def found_in(text: str) -> Counter[str]:
    """Kind and forms of each entity that a text names, as one line."""
    article, names = names_in(text)
    return Counter(
        line_of(entity.kind.value, {article.words(span) for span in entity.mentions})
        for entity in names.entities.values()
        if entity.mentions
    )


def line_of(kind: str, forms: Iterable[str]) -> str:
    return f"{kind}: {' | '.join(sorted(forms))}"


def expected_of(case: dict[str, Any]) -> Counter[str]:
    lines = ((kind, str(line)) for key, kind in KINDS.items() for line in case.get(key, []))
    return Counter(line_of(kind, line.split(" | ")) for kind, line in lines)


def adjectives_in(text: str) -> set[str]:
    article, names = names_in(text)
    return {
        f"{article.words(article.span(mention.start, mention.end))} -> "
        f"{names.entities[mention.key].name}"
        for mention in names.mentions
        if mention.form is MentionForm.ADJECTIVE
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_entities_of_a_text(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    found, expected = found_in(case["text"]), expected_of(case)
    assert sorted((found - expected).elements()) == []
    assert sorted((expected - found).elements()) == []
    if "adjectives" in case:
        assert adjectives_in(case["text"]) == set(case["adjectives"])


def test_a_wrong_expectation_is_told() -> None:
    case = {"persons": ["Nadia Petrova"], "states": ["Chile"]}
    assert found_in("The judge Nadia Petrova flew to Peru.") != expected_of(case)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return read_authority(AUTHORITY)


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("President Vladimir Putin spoke. Putin left.", "Vladimir Putin", "person/vladimir-putin"),
        ("Xi Jinping met reporters.", "Xi Jinping", "person/xi-jinping"),
        ("Officials in the US agreed.", "United States", "state/united-states"),
        ("Beijing has denied it.", "China", "state/china"),
        ("The I.C.C. met. The ICC ruled.", "I.C.C.", "organization/international-criminal-court"),
        ("He flew to The Hague.", "The Hague", "place/the-hague"),
        # A surname alone may be another's, and so may a longer name that ends in it.
        ("Mr. Putin spoke.", "Putin", None),
        ("Roman Putin spoke.", "Roman Putin", None),
        ("The judge Nadia Petrova spoke.", "Nadia Petrova", None),
    ],
)
def test_entities_of_the_authority(
    authority: Authority, text: str, name: str, entity: str | None
) -> None:
    _, names = names_in(text, authority)
    iris = {found.name: found.iri for found in names.entities.values()}
    iri = iris[name]
    assert (None if iri is None else str(iri).partition("/id/")[2]) == entity


def check(text: str) -> Names:
    """The names of a text, when they keep what `Names` promises."""
    article, names = names_in(text)
    end = 0
    for mention in names.mentions:
        assert end <= mention.start < mention.end <= len(article.doc)
        assert mention.key in names.entities
        end = mention.end
    for key, entity in names.entities.items():
        assert entity.key == key
        assert key.isascii()
        assert entity.name.strip()
    return names


PIECES = """
Omar al-Bashir bin von de ( ) , . " “ ” ' ’s - — President Mr. the of and Court Ministry ICC U.S.
May Rome Jordan said who 54 known as alias Ltd X. ÉMILE ı ß ﷽ 👍🏽 e\u0301 \u200f in near state
Party for 中国 \x00 THE HAGUE Saint El
"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_has_well_formed_names(text: str) -> None:
    assert check(text) == check(text)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 50_000,
        "Aa" * 20_000,
        "Al-" * 20_000,
        "Omar " * 20_000,
        "de la " * 20_000,
        "Ministry of " * 10_000,
        "Court of and " * 10_000,
        "(ABC) " * 10_000,
        "Anna Roe, known as " * 5_000,
        "X Y, " * 10_000,
        "“Anna " * 10_000,
        "OMAR BASHIR MET ANNA ROE. " * 2_000,
        "👍" * 1_000,
        "e\u0301" * 20_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_a_long_or_odd_text_is_read_to_its_end(text: str) -> None:
    check(text)
