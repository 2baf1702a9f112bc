"""Warrants, summonses, indictments and notices: rules on texts, each case a file.

A case holds a text and the lines that its facts come to.
"""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from warrantgraph.extraction.article import Article
from warrantgraph.extraction.facts import Warrant
from warrantgraph.extraction.running import RuleExtractor

CASES = Path(__file__).parent / "cases" / "extraction" / "warrants"
FRIDAY = date(2024, 5, 17)


def _warrant(fact: Warrant) -> str:
    parts = [f"{fact.subject.name}: {fact.kind}, {fact.state}"]
    if fact.issuer:
        parts.append(f"by {fact.issuer.name}")
    if fact.requester:
        parts.append(f"asked by {fact.requester.name}")
    if fact.issued:
        parts.append(f"on {fact.issued.edtf}")
    crimes = [
        f"{crime.category}: {crime.wording}" if crime.wording else crime.category
        for crime in fact.crimes
    ]
    return "; ".join([*parts, ", ".join(crimes)] if crimes else parts)


def _cases() -> list[object]:
    return [
        pytest.param(case, id=f"{path.stem}-{name}")
        for path in sorted(CASES.glob("*.toml"))
        for name, case in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


@pytest.mark.parametrize("case", _cases())
def test_a_text_comes_to_these_facts(case: dict[str, object]) -> None:
    text = str(case["text"])
    facts = RuleExtractor().extract(Article(text, FRIDAY)).facts
    assert [_warrant(fact) for fact in facts if isinstance(fact, Warrant)] == case["facts"]
