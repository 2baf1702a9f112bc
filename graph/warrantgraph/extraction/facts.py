"""What an extractor finds in an article: entities, and facts about them with the words for each.

Facts say what a text states, never what is so. Each carries its `Evidence`: the stretch of the
original text that states it, and the name of the rule that found it. Times keep the words of the
text beside the EDTF that they come to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import URIRef

    from warrantgraph.sentences import Span

__all__ = [
    "Accusation",
    "Attribution",
    "Draft",
    "Entity",
    "EntityKind",
    "Event",
    "EventKind",
    "Evidence",
    "Fact",
    "Membership",
    "Office",
    "Quantity",
    "Response",
    "ResponseKind",
    "Sanction",
    "StatedCrime",
    "Statement",
    "Warrant",
    "WarrantKind",
    "WarrantState",
    "WrittenDate",
]


class EntityKind(StrEnum):
    """What sort of thing a name names."""

    PERSON = "person"
    STATE = "state"
    PLACE = "place"
    COURT = "court"
    ORGANIZATION = "organization"
    GROUP = "group"
    """People or bodies that the text describes without naming them each."""


@dataclass(frozen=True)
class Entity:
    """Somebody or something that an article speaks of.

    `key` is unique in the article and part of IRIs; `name` the fullest form that the text gives.
    `iri` is the one of the authority, None for whom the authority does not know: nothing is
    guessed. `named` is False for somebody whom the text only describes ("a senior official").
    """

    key: str
    name: str
    kind: EntityKind
    mentions: tuple[Span, ...] = ()
    iri: URIRef | None = None
    named: bool = True


@dataclass(frozen=True)
class Evidence:
    """The stretch of the original text that states a fact, and the rule that found it.

    `rule` is `<family>/<rule>`, as `warrants/issued-by-court`; `chat/<model>` for a model's.
    """

    span: Span
    rule: str


@dataclass(frozen=True)
class Attribution:
    """Who says it, where that is not the article itself.

    `reporter` is who stands between the speaker and the article ("Reuters reported").
    """

    speaker: Entity | None = None
    reporter: Entity | None = None


@dataclass(frozen=True)
class WrittenDate:
    """A time as written, where, and as EDTF at the precision that the words give.

    `edtf` is None where the words do not come to a date.
    """

    span: Span
    edtf: str | None
    relative: bool = False
    """Whether the date follows from the day the article appeared."""


@dataclass(frozen=True)
class StatedCrime:
    """An alleged crime in the words of the text.

    `category` is one of: war crime, crime against humanity, genocide, aggression, terrorism,
    ordinary crime, financial crime, cybercrime, espionage, other. `wording` is the specific crime
    as written, None where the text stops at the category. `concept` is the local name in the
    Rome Statute scheme (`art-8-2-a-vii`) where the wording allows one.
    """

    category: str
    wording: str | None = None
    concept: str | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What all facts carry."""

    evidence: Evidence
    attribution: Attribution = field(default_factory=Attribution)


class WarrantKind(StrEnum):
    """Which instrument."""

    ARREST_WARRANT = "arrest warrant"
    SUMMONS = "summons"
    INDICTMENT = "indictment"
    """Formal criminal charges too."""
    RED_NOTICE = "red notice"


class WarrantState(StrEnum):
    """The latest state of an instrument that the text gives."""

    REQUESTED = "requested"
    ISSUED = "issued"
    UNSEALED = "unsealed"
    WITHDRAWN = "withdrawn"
    EXECUTED = "executed"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Warrant(Fact):
    """A warrant, summons, indictment or notice for one person, real or only asked for.

    `issuer` is who issued it or, where it is requested or withdrawn, who was asked; None where
    the text does not say. `requester` is who asked. `roles` are how the text describes the
    subject, each a substring of it. `issued` is the day of issue, not that of a report of it.
    """

    subject: Entity
    kind: WarrantKind
    state: WarrantState
    issuer: Entity | None = None
    requester: Entity | None = None
    issued: WrittenDate | None = None
    crimes: tuple[StatedCrime, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Accusation(Fact):
    """Somebody accuses somebody of something; the accuser is None in a passive without one.

    `what` is the stretch of the text that says of what.
    """

    accuser: Entity | None
    accused: Entity
    what: Span | None = None
    crimes: tuple[StatedCrime, ...] = ()
    finding: bool = False
    """Whether an inquiry found it ("the report found that ...") instead of accusing."""


class ResponseKind(StrEnum):
    """How somebody answers an accusation or an instrument."""

    DENIAL = "denial"
    CHARACTERIZATION = "characterization"
    NON_ANSWER = "non-answer"


@dataclass(frozen=True, kw_only=True)
class Response(Fact):
    """Somebody answers an accusation, an instrument or a jurisdiction.

    `of` is the stretch that names what is answered; `quoted` the direct speech in it, without its
    quotation marks.
    """

    by: Entity
    kind: ResponseKind
    of: Span | None = None
    quoted: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Sanction(Fact):
    """Sanctions that were imposed; not proposed or failed ones."""

    by: Entity | None
    on: Entity
    date: WrittenDate | None = None
    ground: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Membership(Fact):
    """A state is, is not or is no longer a member of a court or party to its treaty.

    `body` is the court, also where the text names its treaty.
    """

    state: Entity
    body: Entity
    member: bool
    withdrawn: bool = False
    signed_only: bool = False
    date: WrittenDate | None = None


@dataclass(frozen=True, kw_only=True)
class Office(Fact):
    """A named person holds or held a function; `current` is None where that is open.

    `title` is the function as written, without "former" and without the state or body it is in.
    """

    person: Entity
    title: str
    of: Entity | None = None
    current: bool | None = True


@dataclass(frozen=True, kw_only=True)
class Statement(Fact):
    """Direct speech; `quoted` is what stands between the quotation marks.

    Who says it is `attribution.speaker`, never None here.
    """

    quoted: Span


@dataclass(frozen=True, kw_only=True)
class Quantity(Fact):
    """How many persons or states; `of` is the stretch that names them ("Ukrainian children")."""

    of: Span
    lower: int | None
    upper: int | None


class EventKind(StrEnum):
    """Whether an event could happen or is intended."""

    POSSIBLE = "possible"
    PLANNED = "planned"


@dataclass(frozen=True, kw_only=True)
class Event(Fact):
    """Something that could happen or is planned; `what` is the stretch that says what."""

    kind: EventKind
    what: Span
    participants: tuple[Entity, ...] = ()
    place: Entity | None = None
    date: WrittenDate | None = None


@dataclass(frozen=True)
class Draft:
    """All that one extractor found in one article, in the order of the text."""

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    extractor: str
    """Name and version: `rules 1`, `chat some-model`."""
