"""Statements, accusations and responses: rules on sentences, each case a file.

A case holds a text and the lines that its facts of the family come to; none for what is no fact.
"""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from warrantgraph.extraction.article import Article
from warrantgraph.extraction.facts import Accusation, Entity, Fact, Response, Statement
from warrantgraph.extraction.running import RuleExtractor

CASES = Path(__file__).parent / "cases" / "extraction"
FAMILIES = ("statements", "accusations", "responses")


def _facts(text: str) -> list[Fact]:
    return list(RuleExtractor().extract(Article(text, date(2024, 5, 17))).facts)


def _name(entity: Entity | None) -> str:
    return "-" if entity is None else entity.name


def _line(fact: Fact, text: str) -> str | None:
    """A fact on one line: who, what kind, whom, and the words."""
    reporter = fact.attribution.reporter
    by = f" (by {_name(reporter)})" if reporter and isinstance(fact, Statement) else ""
    match fact:
        case Statement():
            return f"{_name(fact.attribution.speaker)}{by}: {text[slice(*fact.quoted)]}"
        case Accusation():
            found = " (finding)" if fact.finding else ""
            return f"{_name(fact.accuser)} -> {_name(fact.accused)}{found}"
        case Response():
            return f"{_name(fact.by)}: {fact.kind}"
        case _:
            return None


def _cases() -> list[object]:
    found: list[object] = []
    for family in FAMILIES:
        for path in sorted((CASES / family).glob("*.toml")):
            cases = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [
                pytest.param(family, case, id=f"{path.stem}-{name}") for name, case in cases.items()
            ]
    return found


@pytest.mark.parametrize(("family", "case"), _cases())
def test_facts_of_a_text(family: str, case: dict[str, object]) -> None:
    text = str(case["text"])
    facts = [fact for fact in _facts(text) if fact.evidence.rule.startswith(f"{family}/")]
    assert [_line(fact, text) for fact in facts] == case["facts"]
