"""Makes facts of what a model answered: each is checked against the text, or left out.

What each field holds follows from the types of the facts (`slots`); what is checked beyond that
stands here, one short function per kind of fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from warrantgraph.extraction import facts
from warrantgraph.extraction.chat.quotes import Reading
from warrantgraph.extraction.chat.rejections import LeftOutError, Reason, Rejections
from warrantgraph.extraction.chat.slots import FACT_TYPES, Slot, SlotKind, slots_of
from warrantgraph.extraction.chat.support import check_instrument, check_number, check_state
from warrantgraph.extraction.chat.values import ValueReader
from warrantgraph.extraction.facts import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.chat.naming import Naming
    from warrantgraph.extraction.chat.parts import Part
    from warrantgraph.extraction.facts import Entity, Fact
    from warrantgraph.sentences import Span

__all__ = ["FactReader"]

_FEWEST_SPOKEN: Final = 3
_AGENTS: Final = frozenset(EntityKind) - {EntityKind.PLACE}
_BODIES: Final = frozenset({EntityKind.COURT, EntityKind.ORGANIZATION})
_KINDS: Final[dict[tuple[type[facts.Fact], str], Set[EntityKind]]] = {
    (facts.Warrant, "subject"): {EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION},
    (facts.Membership, "state"): {EntityKind.STATE},
    (facts.Membership, "body"): _BODIES,
    (facts.Office, "person"): {EntityKind.PERSON},
    (facts.Office, "of"): frozenset(EntityKind) - {EntityKind.PERSON},
    (facts.Event, "place"): {EntityKind.PLACE, EntityKind.STATE},
    (facts.Event, "participants"): frozenset(EntityKind),
}
"""Which kinds of things a field may hold; all others hold whoever can act."""


@dataclass(frozen=True)
class FactReader:
    """Reads the answers about one article; what it leaves out it counts in `rejections`."""

    article: Article
    naming: Naming
    rule: str
    rejections: Rejections

    def read(self, answer: Mapping[str, Any], part: Part) -> Iterable[Fact]:
        """The facts of an answer that stand in the part of the text that was asked about."""
        reading = Reading(self.article.text, part)
        for name, fact_type in FACT_TYPES.items():
            listed = answer.get(name)
            items = cast("list[object]", listed) if isinstance(listed, list) else [listed]
            for item in items if listed is not None else []:
                self.rejections.offered += 1
                try:
                    if not isinstance(item, dict):
                        raise LeftOutError(Reason.NOT_A_FACT)
                    yield self._fact(fact_type, cast("dict[str, Any]", item), reading)
                except LeftOutError as error:
                    self.rejections.leave_out(error.reason)

    def _fact(self, fact_type: type[Fact], item: Mapping[str, Any], reading: Reading) -> Fact:
        slots = slots_of(fact_type)
        values: dict[str, Any] = {}
        for slot in slots:
            if slot.kind in (SlotKind.NAME, SlotKind.NAMES):
                values[slot.name] = self._entities(fact_type, slot, item.get(slot.name))
        attribution = facts.Attribution(
            *(self._entity(item.get(each), _AGENTS) for each in ("speaker", "reporter"))
        )
        about = [each for each in _flat(values.values()) if each is not None]
        if fact_type is facts.Statement:
            if attribution.speaker is None:
                raise LeftOutError(Reason.NAME_MISSING)
            about = [attribution.speaker]
        quote = self._quote(item, reading, about)
        reader = ValueReader(self.article, reading, quote, self.rejections)
        for slot in slots:
            if slot.name not in values:
                values[slot.name] = reader.value(slot, item.get(slot.name))
        evidence = facts.Evidence(quote, self.rule)
        fact = fact_type(evidence=evidence, attribution=attribution, **values)
        self._check(fact, reading)
        return fact

    def _quote(self, item: Mapping[str, Any], reading: Reading, about: list[Entity]) -> Span:
        words, sentence = item.get("quote"), item.get("sentence")
        if not isinstance(words, str):
            raise LeftOutError(Reason.NOT_A_FACT)
        number = sentence if isinstance(sentence, int) else None
        quote = reading.quote(words, number, [each.mentions for each in about])
        near = reading.around(quote, before=1)
        mentions = [mention for each in about for mention in each.mentions]
        if mentions and not any(m.start < near.end and near.start < m.end for m in mentions):
            raise LeftOutError(Reason.NAME_FAR)
        return quote

    def _entities(
        self, fact_type: type[Fact], slot: Slot, value: object
    ) -> Entity | tuple[Entity, ...] | None:
        kinds = _KINDS.get((fact_type, slot.name), _AGENTS)
        if slot.kind is SlotKind.NAMES:
            names = cast("list[object]", value) if isinstance(value, list) else []
            found = (self._entity(name, kinds) for name in names)
            return tuple(dict.fromkeys(each for each in found if each is not None))
        entity = self._entity(value, kinds)
        if entity is None and not slot.optional:
            raise LeftOutError(Reason.NAME_MISSING)
        return entity

    def _entity(self, name: object, kinds: Set[EntityKind]) -> Entity | None:
        if name is None or name == "":
            return None
        entity = self.naming.entity(name)
        if entity.kind not in kinds:
            raise LeftOutError(Reason.WRONG_KIND)
        return entity

    def _check(self, fact: Fact, reading: Reading) -> None:
        """Refuse what no text can mean, or what needs words that are not there."""
        text = self.article.text
        quote = fact.evidence.span
        match fact:
            case facts.Warrant():
                around = reading.around(quote)
                check_instrument(self.article, fact.kind)
                check_state(self.article, fact.state, text[around.start : around.end])
            case facts.Membership() if fact.member and (fact.withdrawn or fact.signed_only):
                raise LeftOutError(Reason.WRONG_VALUE)
            case facts.Office() if not fact.person.named:
                raise LeftOutError(Reason.NAME_MISSING)
            case facts.Accusation() if fact.accuser == fact.accused:
                raise LeftOutError(Reason.WRONG_VALUE)
            case facts.Statement():
                spoken = text[fact.quoted.start : fact.quoted.end]
                if len(re.findall(r"\w+", spoken)) < _FEWEST_SPOKEN:
                    raise LeftOutError(Reason.SPEECH_TOO_SHORT)
            case facts.Quantity():
                ends = [end for end in (fact.lower, fact.upper) if end is not None]
                if not ends or ends != sorted(ends):
                    raise LeftOutError(Reason.WRONG_VALUE)
                for end in ends:
                    check_number(self.article, end, text[quote.start : quote.end])
            case _:
                pass


def _flat(values: Iterable[Entity | tuple[Entity, ...] | None]) -> Iterable[Entity | None]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value
