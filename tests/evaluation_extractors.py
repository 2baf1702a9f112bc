"""Extractors small enough to know what they find, for tests of the evaluation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warrantgraph.errors import ExtractionError
from warrantgraph.extraction.facts import (
    Draft,
    Entity,
    EntityKind,
    Evidence,
    Fact,
    Response,
    ResponseKind,
    Warrant,
    WarrantKind,
    WarrantState,
    WrittenDate,
)
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from warrantgraph.extraction import Article

__all__ = ["Failing", "Small", "WithoutRules"]

_WARRANT = re.compile(r"(?P<who>\w+ \w+ Court) (?P<verb>issued|was asked for) .*?for (?P<whom>\w+)")
_ANSWER = re.compile(r"(?P<by>[A-Z]\w+) (?P<verb>denied|mocked|said nothing)")
_ANSWERS = {
    "denied": ResponseKind.DENIAL,
    "mocked": ResponseKind.CHARACTERIZATION,
    "said nothing": ResponseKind.NON_ANSWER,
}


class Small:
    """Knows two sentences; takes every warrant to be issued on the day of publication."""

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        self._without = without

    @property
    def name(self) -> str:
        return "small 1"

    def extract(self, article: Article) -> Draft:
        entities: dict[str, Entity] = {}
        facts: list[Fact] = []
        for match in _WARRANT.finditer(article.text):
            warrant = Warrant(
                subject=_entity(entities, match, "whom", EntityKind.PERSON),
                kind=WarrantKind.ARREST_WARRANT,
                state=WarrantState.ISSUED,
                issuer=_entity(entities, match, "who", EntityKind.COURT),
                issued=WrittenDate(Span(*match.span("verb")), article.published.isoformat()),
                evidence=Evidence(Span(*match.span()), f"warrants/{match['verb'].split()[0]}"),
            )
            facts.append(warrant)
        for match in _ANSWER.finditer(article.text):
            response = Response(
                by=_entity(entities, match, "by", EntityKind.PERSON),
                kind=_ANSWERS[match["verb"]],
                evidence=Evidence(Span(*match.span()), "denials/answers"),
            )
            facts.append(response)
        kept = tuple(fact for fact in facts if not self._is_off(fact.evidence.rule))
        return Draft((*entities.values(), *_not_named(article.text)), kept, self.name)

    def _is_off(self, rule: str) -> bool:
        return bool({rule, rule.partition("/")[0]} & self._without)


class WithoutRules:
    """Finds nothing, and has no rules that could be switched off."""

    name = "nothing"

    def extract(self, article: Article) -> Draft:
        return Draft((), (), self.name)


class Failing(WithoutRules):
    """Gives up on texts that say so."""

    def extract(self, article: Article) -> Draft:
        if "unreadable" in article.text:
            raise ExtractionError("this is not English")
        return super().extract(article)


def _entity(known: dict[str, Entity], match: re.Match[str], group: str, kind: EntityKind) -> Entity:
    name = match[group]
    pronoun = Span(match.start("verb"), match.end("verb"))  # a mention that is no name
    made = Entity(name, name, kind, (Span(*match.span(group)), pronoun))
    return known.setdefault(name, made)


def _not_named(text: str) -> tuple[Entity, ...]:
    """What drafts hold beside names: a group, a state by its adjective, one by nothing at all."""
    start = text.find("Norwegian")
    return (
        Entity("crowd", "a crowd", EntityKind.GROUP, named=False),
        Entity("norway", "Norway", EntityKind.STATE, (Span(start, start + len("Norwegian")),)),
        Entity("sweden", "Sweden", EntityKind.STATE),
    )
