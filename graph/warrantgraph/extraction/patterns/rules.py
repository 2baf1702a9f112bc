"""Reads the rules of a family and finds them in clauses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from spacy.matcher import Matcher
from spacy.tokens import Doc

from warrantgraph.extraction.patterns.language import NEGATED, compile_pattern, tag_of
from warrantgraph.extraction.reading.tokens import vocabulary_of_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.extraction.phrases.clauses import Clause
    from warrantgraph.extraction.phrases.items import Item

__all__ = ["Found", "Rule", "RuleSet", "load_rules"]


@dataclass(frozen=True)
class Rule:
    """A rule: patterns, what they mean, and sentences that show it."""

    name: str
    """`<family>/<rule>`."""
    about: str
    """What it finds, in one sentence for a reviewer."""
    values: Mapping[str, Any]
    """What else the rule says: kind, state ..."""


@dataclass(frozen=True)
class Found:
    """A place where a rule fits a clause; `items` are the named elements."""

    rule: Rule
    clause: Clause
    items: Mapping[str, Item]
    start: int
    end: int
    """Tokens of the text, from the first item that matched to the last."""

    def __getitem__(self, name: str) -> Item:
        return self.items[name]

    def get(self, name: str) -> Item | None:
        """The item that an element matched; None where the pattern has none of that name."""
        return self.items.get(name)


@dataclass(frozen=True)
class _Pattern:
    """One alternative of one pattern, with a matcher of its own.

    A matcher is run only on clauses that have all that its pattern needs: most have not, and
    one matcher with every pattern took most of the time of an extraction.
    """

    rule: Rule
    names: tuple[str | None, ...]
    needs: tuple[frozenset[str], ...]
    matcher: Matcher

    def may_fit(self, features: frozenset[str]) -> bool:
        """Whether a clause has all that the pattern needs."""
        for need in self.needs:  # noqa: SIM110 - a loop is quicker, and this runs the most
            if features.isdisjoint(need):
                return False
        return True


class RuleSet:
    """The rules of one family, compiled.

    Raises:
        PatternError: a pattern is not of the language.
    """

    def __init__(self, family: str, table: Mapping[str, Any]) -> None:
        self.family = family
        self.rules: dict[str, Rule] = {}
        self._patterns: list[_Pattern] = []
        for name, entry in table.items():
            rule = Rule(f"{family}/{name}", str(entry["about"]), entry)
            self.rules[name] = rule
            for pattern in entry["patterns"]:
                for compiled in compile_pattern(pattern):
                    matcher = Matcher(vocabulary_of_words().vocab)
                    matcher.add("pattern", [list(compiled.specs)])
                    self._patterns.append(_Pattern(rule, compiled.names, compiled.needs, matcher))

    def find(self, clause: Clause) -> list[Found]:
        """Where rules fit a clause: rules in the order of their file, short matches first."""
        features = clause.features
        candidates = [each for each in self._patterns if each.may_fit(features)]
        if not candidates:
            return []
        doc = _as_doc(clause)
        found: list[Found] = []
        for pattern in candidates:
            matches = cast(
                "list[tuple[int, int, int, list[int]]]",
                pattern.matcher(doc, with_alignments=True),
            )
            matches.sort(key=lambda match: (match[2] - match[1], match[1]))
            found += (
                _found(clause, pattern, start, end, alignment)
                for _, start, end, alignment in matches
            )
        return found


def _found(clause: Clause, pattern: _Pattern, start: int, end: int, alignment: list[int]) -> Found:
    """A match as items of the clause; the Matcher counts `^` as the first token."""
    items: dict[str, Item] = {}
    for offset, element in enumerate(alignment):
        name = pattern.names[element]
        place = start + offset - 1
        if name is not None and 0 <= place < len(clause.items):
            items[name] = clause.items[place]
    first = clause.items[min(max(start - 1, 0), len(clause.items) - 1)]
    last = clause.items[min(max(end - 2, 0), len(clause.items) - 1)]
    return Found(
        pattern.rule, clause, items, min(first.start, last.start), max(first.end, last.end)
    )


def _as_doc(clause: Clause) -> Doc:
    """The clause as the Matcher reads it, with `^` before and `$` after."""
    words = ["^", *(item.word for item in clause.items), "$"]
    kinds = ["", *(item.kind.value for item in clause.items), ""]
    doc = Doc(
        vocabulary_of_words().vocab,
        words=words,
        lemmas=["^", *(item.lemma or "-" for item in clause.items), "$"],
        tags=["", *(_tag(item) for item in clause.items), ""],
        ents=None,
    )
    for token, kind in zip(doc, kinds, strict=True):
        if kind:
            token.ent_type_ = kind
    return doc


def _tag(item: Item) -> str:
    if item.voice is None:
        return NEGATED if item.negated else ""
    return tag_of(item.voice, negated=item.negated, modal=item.modal is not None)


@cache
def load_rules(family: str) -> RuleSet:
    """The rules of `rules/<family>.toml`.

    Raises:
        PatternError: a pattern is not of the language.
    """
    path = files("warrantgraph.extraction.rules") / f"{family}.toml"
    return RuleSet(family, tomllib.loads(path.read_text(encoding="utf-8")))
