"""The extractor by rules: reads, names, analyses, and runs each family of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from warrantgraph.extraction.facts import Draft, Entity, Fact
from warrantgraph.extraction.finding import FAMILIES
from warrantgraph.extraction.names import find_names
from warrantgraph.extraction.phrases import analyse
from warrantgraph.extraction.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.authority import Authority
    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.phrases import Analysis

__all__ = ["RuleExtractor"]

_VERSION = "1"


class RuleExtractor:
    """Finds facts by the rules of `rules/*.toml`; the same article gives the same draft.

    `without` names families or rules to leave out, to measure what each brings.
    """

    def __init__(
        self, known: Authority | None = None, without: frozenset[str] = frozenset()
    ) -> None:
        self._known = known
        self._without = without

    @property
    def name(self) -> str:
        """Name and version; the version changes with what the rules find."""
        return f"rules {_VERSION}"

    def extract(self, article: Article) -> Draft:
        """What the article states, in the order of its text."""
        text = read(article)
        analysis = analyse(text, find_names(text, self._known))
        facts: list[Fact] = []
        for family, find in FAMILIES.items():
            if family not in self._without:
                facts += (
                    fact for fact in find(analysis) if fact.evidence.rule not in self._without
                )
        facts.sort(key=lambda fact: (fact.evidence.span.start, fact.evidence.rule))
        return Draft(self._spoken_of(analysis, facts), tuple(facts), self.name)

    def _spoken_of(self, analysis: Analysis, facts: list[Fact]) -> tuple[Entity, ...]:
        """All that is named, and whom facts need though they are only described."""
        needed = {entity.key for fact in facts for entity in _entities(fact)}
        return tuple(
            entity for entity in analysis.entities.values() if entity.named or entity.key in needed
        )


def _entities(fact: Fact) -> Iterable[Entity]:
    """The entities that a fact names."""
    values: list[object] = [*vars(fact).values(), *vars(fact.attribution).values()]
    for value in values:
        if isinstance(value, Entity):
            yield value
        elif isinstance(value, tuple):
            members = cast("tuple[object, ...]", value)
            yield from (each for each in members if isinstance(each, Entity))
