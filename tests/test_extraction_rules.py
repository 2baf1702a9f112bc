"""Each rule of the extractor finds the sentences that it gives as examples, and not the others."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from warrantgraph.extraction import Article
from warrantgraph.extraction.names import find_names
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.patterns.language import PatternError, compile_pattern
from warrantgraph.extraction.phrases import analyse
from warrantgraph.extraction.reading import read
from warrantgraph.extraction.running import RuleExtractor

if TYPE_CHECKING:
    from collections.abc import Iterator

FRIDAY = date(2024, 3, 15)
FAMILIES = sorted(
    path.name.removesuffix(".toml")
    for path in files("warrantgraph.extraction.rules").iterdir()
    if path.name.endswith(".toml")
)


def rules_of(sentences: str) -> set[str]:
    """The names of the rules that find something in a text."""
    article = Article(sentences, FRIDAY)
    return {fact.evidence.rule for fact in RuleExtractor().extract(article).facts}


def examples(key: str) -> list[Any]:
    return list(_sentences(key))


def _sentences(key: str) -> Iterator[Any]:
    for family in FAMILIES:
        path = files("warrantgraph.extraction.rules") / f"{family}.toml"
        for rule, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for number, sentence in enumerate(entry.get(key, ()), 1):
                yield pytest.param(f"{family}/{rule}", sentence, id=f"{family}/{rule}-{number}")


@pytest.mark.parametrize("family", FAMILIES)
def test_each_rule_tells_what_it_finds_and_shows_it(family: str) -> None:
    for name, rule in load_rules(family).rules.items():
        assert rule.about.endswith("."), name
        assert rule.values.get("examples"), f"{name} shows no sentence"


def matched_by(rule: str, sentences: str) -> bool:
    """Whether the patterns of a rule fit a clause: some only change what others find."""
    text = read(Article(sentences, FRIDAY))
    rules = load_rules(rule.partition("/")[0])
    return any(
        found.rule.name == rule
        for clause in analyse(text, find_names(text)).clauses
        for found in rules.find(clause)
    )


@pytest.mark.parametrize(("rule", "sentence"), examples("examples"))
def test_a_rule_finds_its_examples(rule: str, sentence: str) -> None:
    assert rule in rules_of(sentence) or matched_by(rule, sentence)


@pytest.mark.parametrize(("rule", "sentence"), examples("not"))
def test_a_rule_leaves_other_sentences_alone(rule: str, sentence: str) -> None:
    assert rule not in rules_of(sentence)


@pytest.mark.parametrize(
    "pattern", ["", "word?", "NOBODY <say>", "( a b", "<say:shouting> it", "{arrest warrant"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
