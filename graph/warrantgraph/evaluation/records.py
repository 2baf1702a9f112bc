"""The facts of one text in the schema of the gold files: what is compared with what.

Gold and predictions become the same records, so that the scorers know nothing of where either
comes from. A slot that is None is one that the text leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warrantgraph.sentences import Span

__all__ = [
    "AccusationRecord",
    "DenialRecord",
    "EntityRecord",
    "FactType",
    "Facts",
    "MembershipRecord",
    "OfficeRecord",
    "Record",
    "SanctionRecord",
    "StatementRecord",
    "WarrantRecord",
]


class FactType(StrEnum):
    """The types of fact of the gold schema, named as its lists are."""

    WARRANTS = "warrants"
    ACCUSATIONS = "accusations"
    DENIALS = "denials"
    SANCTIONS = "sanctions"
    MEMBERSHIPS = "memberships"
    OFFICES = "offices"
    STATEMENTS = "statements"
    ENTITIES = "entities"


@dataclass(frozen=True, kw_only=True)
class Record:
    """What all records carry: the words that state the fact, where they stand, which rule found it.

    `spans` are all places of the words of a gold record, and the one of a prediction; `rule` is
    empty in gold.
    """

    quote: str = ""
    spans: tuple[Span, ...] = ()
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class WarrantRecord(Record):
    """One instrument for one suspect; `named` is False where the text does not name them."""

    suspect: str
    kind: str
    state: str
    court: str | None = None
    issued_on: str | None = None
    roles: tuple[str, ...] = ()
    crimes: tuple[str, ...] = ()
    """Each `category: specific`, or `category: unspecified`."""
    named: bool = True


@dataclass(frozen=True, kw_only=True)
class AccusationRecord(Record):
    """Who accuses whom; `accuser` is None in a passive without one."""

    accused: str
    accuser: str | None = None
    what: str | None = None


@dataclass(frozen=True, kw_only=True)
class DenialRecord(Record):
    """Who contests what."""

    by: str
    of: str | None = None


@dataclass(frozen=True, kw_only=True)
class SanctionRecord(Record):
    """Who sanctions whom."""

    on: str
    by: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class MembershipRecord(Record):
    """Whether a state is a member of a court or a party to its treaty."""

    state: str
    body: str
    member: bool


@dataclass(frozen=True, kw_only=True)
class OfficeRecord(Record):
    """Who holds or held which function in which state or body."""

    person: str
    office: str
    of: str | None = None
    current: bool | None = None


@dataclass(frozen=True, kw_only=True)
class StatementRecord(Record):
    """A span of direct speech."""

    text: str
    speaker: str | None = None
    reported_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class EntityRecord(Record):
    """Whom or what the text names; `kind` is person, court, state, organisation or place."""

    name: str
    kind: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All facts of one text, one field per `FactType`."""

    warrants: tuple[WarrantRecord, ...] = ()
    accusations: tuple[AccusationRecord, ...] = ()
    denials: tuple[DenialRecord, ...] = ()
    sanctions: tuple[SanctionRecord, ...] = ()
    memberships: tuple[MembershipRecord, ...] = ()
    offices: tuple[OfficeRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    entities: tuple[EntityRecord, ...] = ()
