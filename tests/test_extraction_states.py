"""Memberships and sanctions: what each text comes to, each case a file."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from warrantgraph.extraction.article import Article
from warrantgraph.extraction.facts import Fact, Membership, Sanction, WrittenDate
from warrantgraph.extraction.running import RuleExtractor

CASES = Path(__file__).parent / "cases" / "extraction"
FAMILIES = {"memberships": Membership, "sanctions": Sanction}


def _when(written: WrittenDate | None) -> str:
    return f" ({written.edtf})" if written and written.edtf else ""


def _line(fact: Fact) -> str:
    """A fact on one line."""
    if isinstance(fact, Sanction):
        return f"{fact.by.name if fact.by else '-'} -> {fact.on.name}{_when(fact.date)}"
    assert isinstance(fact, Membership)
    how = "in" if fact.member else "not in"
    how = "left" if fact.withdrawn else "signed" if fact.signed_only else how
    return f"{fact.state.name} {how} {fact.body.name}{_when(fact.date)}"


def _cases() -> list[object]:
    return [
        pytest.param(family, case, id=f"{family}-{path.stem}-{name}")
        for family in FAMILIES
        for path in sorted((CASES / family).glob("*.toml"))
        for name, case in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


@pytest.mark.parametrize(("family", "case"), _cases())
def test_a_text_comes_to_its_facts(family: str, case: dict[str, Any]) -> None:
    article = Article(case["text"], date(2024, 5, 17))
    facts = RuleExtractor().extract(article).facts
    lines = [_line(fact) for fact in facts if isinstance(fact, FAMILIES[family])]
    assert sorted(lines) == sorted(case["facts"])
