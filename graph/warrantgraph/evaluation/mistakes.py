"""Lists what an extractor missed, invented and got wrong, with the words and the rule of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from warrantgraph.evaluation.matching import overlaps
from warrantgraph.evaluation.records import (
    AccusationRecord,
    DenialRecord,
    EntityRecord,
    FactType,
    MembershipRecord,
    OfficeRecord,
    SanctionRecord,
    StatementRecord,
    WarrantRecord,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from warrantgraph.evaluation.matching import Outcome, Pair
    from warrantgraph.evaluation.records import Record
    from warrantgraph.evaluation.scoring import Score

__all__ = ["Mistake", "MistakeKind", "describe", "list_mistakes"]


class MistakeKind(StrEnum):
    """What went wrong."""

    MISSED = "missed"
    INVENTED = "invented"
    WRONG = "wrong"
    """It was found, but slots of it are not right."""


@dataclass(frozen=True)
class Mistake:
    """One mistake; `near` is the record of the other side whose words overlap, if there is one."""

    document: str
    fact_type: FactType
    kind: MistakeKind
    record: Record
    near: Record | None = None
    slots: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule that made it, or that found something near; empty where there is none."""
        return self.record.rule or (self.near.rule if self.near else "")


def list_mistakes(
    scores: Sequence[Score], only: Collection[FactType], rule: str = ""
) -> Iterator[Mistake]:
    """The mistakes in some texts, by text and type of fact.

    Args:
        scores: the texts.
        only: the types of fact to list.
        rule: what the name of the rule begins with that found, or nearly found, the record.
    """
    for score in scores:
        for kind in only:
            for mistake in _mistakes(score.document.id, kind, score.outcomes[kind]):
                if mistake.rule.startswith(rule):
                    yield mistake


def describe(record: Record) -> str:
    """A record in one line.

    >>> describe(DenialRecord(by="the ministry", of="the charge"))
    'by the ministry; of: the charge'
    """
    match record:
        case WarrantRecord():
            return _warrant(record)
        case AccusationRecord():
            return f"{record.accuser or '(nobody named)'} -> {record.accused}" + _more(
                what=record.what
            )
        case DenialRecord():
            return f"by {record.by}" + _more(of=record.of)
        case SanctionRecord():
            return f"{record.by or '(nobody named)'} -> {record.on}" + _more(date=record.date)
        case MembershipRecord():
            return f"{record.state} {'in' if record.member else 'not in'} {record.body}"
        case OfficeRecord():
            held = {True: "current", False: "former", None: None}[record.current]
            return f"{record.person}: {record.office}" + _more(of=record.of, held=held)
        case StatementRecord():
            return f"{record.speaker or '(no speaker)'}: “{record.text}”" + _more(
                reported_by=record.reported_by
            )
        case EntityRecord():
            return f"{record.name} ({record.kind})" + _more(mentions=", ".join(record.mentions))
        case _:
            return record.quote


def _warrant(record: WarrantRecord) -> str:
    unnamed = "" if record.named else " (not named)"
    return f"{record.suspect}{unnamed}: {record.kind}, {record.state}" + _more(
        court=record.court,
        issued_on=record.issued_on,
        roles=", ".join(record.roles),
        crimes=", ".join(record.crimes),
    )


def _more(**slots: str | None) -> str:
    return "".join(f"; {name}: {value}" for name, value in slots.items() if value)


def _mistakes(document: str, kind: FactType, outcome: Outcome[Any]) -> Iterator[Mistake]:
    for record in outcome.missed:
        near = _near(record, outcome.invented)
        yield Mistake(document, kind, MistakeKind.MISSED, record, near)
    for record in outcome.invented:
        near = _near(record, outcome.missed)
        yield Mistake(document, kind, MistakeKind.INVENTED, record, near)
    for pair in outcome.pairs:
        if slots := _wrong_slots(pair):
            yield Mistake(document, kind, MistakeKind.WRONG, pair.predicted, pair.gold, slots)


def _near(record: Record, others: Sequence[Record]) -> Record | None:
    return next((other for other in others if overlaps(record, other)), None)


def _wrong_slots(pair: Pair[Record]) -> tuple[str, ...]:
    return tuple(
        name
        for name, value in pair.slots.items()
        if value is not None and value < 1 and name != "strict"
    )
