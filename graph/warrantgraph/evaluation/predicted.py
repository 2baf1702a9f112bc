"""Turns a draft into the records of the gold schema.

Facts that the schema does not have (quantities, events, answers that do not contest) are left
out. So are mentions that are no form of a name, and entities that have no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict, TypeVar

from warrantgraph.evaluation.names import is_adjective, is_same_state, normalize
from warrantgraph.evaluation.records import (
    AccusationRecord,
    DenialRecord,
    EntityRecord,
    Facts,
    MembershipRecord,
    OfficeRecord,
    SanctionRecord,
    StatementRecord,
    WarrantRecord,
)
from warrantgraph.extraction.facts import (
    Accusation,
    EntityKind,
    Fact,
    Membership,
    Office,
    Response,
    ResponseKind,
    Sanction,
    Statement,
    Warrant,
    WarrantKind,
    WarrantState,
)

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import Draft, Entity, StatedCrime, WrittenDate
    from warrantgraph.sentences import Span

__all__ = ["facts_of_draft"]

_KINDS: Final = {WarrantKind.ARREST_WARRANT: "arrest"}
_STATES: Final = {WarrantState.ENDED: "lapsed"}
_TYPES: Final = {EntityKind.ORGANIZATION: "organisation"}
_Some = TypeVar("_Some", bound=Fact)


def facts_of_draft(draft: Draft, text: str) -> Facts:
    """The records that a draft of a text comes to."""
    words = _Words(text)
    return Facts(
        warrants=tuple(words.warrant(each) for each in _of(draft, Warrant)),
        accusations=tuple(words.accusation(each) for each in _of(draft, Accusation)),
        denials=tuple(
            words.denial(each)
            for each in _of(draft, Response)
            if each.kind is not ResponseKind.NON_ANSWER
        ),
        sanctions=tuple(words.sanction(each) for each in _of(draft, Sanction)),
        memberships=tuple(words.membership(each) for each in _of(draft, Membership)),
        offices=tuple(words.office(each) for each in _of(draft, Office)),
        statements=tuple(words.statement(each) for each in _of(draft, Statement)),
        entities=tuple(
            entity
            for each in draft.entities
            if each.named and each.kind is not EntityKind.GROUP
            for entity in (words.entity(each),)
            if entity.mentions or (not each.mentions and each.name in text)
        ),
    )


def _of(draft: Draft, kind: type[_Some]) -> list[_Some]:
    return [fact for fact in draft.facts if isinstance(fact, kind)]


class _Common(TypedDict):
    quote: str
    spans: tuple[Span, ...]
    rule: str


class _Words:
    """Makes records of facts, whose spans are stretches of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def warrant(self, fact: Warrant) -> WarrantRecord:
        return WarrantRecord(
            suspect=fact.subject.name,
            kind=_KINDS.get(fact.kind, str(fact.kind)),
            state=_STATES.get(fact.state, str(fact.state)),
            court=_name(fact.issuer),
            issued_on=_date(fact.issued),
            roles=fact.roles,
            crimes=tuple(_crime(crime) for crime in fact.crimes),
            named=fact.subject.named,
            **self._common(fact),
        )

    def accusation(self, fact: Accusation) -> AccusationRecord:
        return AccusationRecord(
            accused=fact.accused.name,
            accuser=_name(fact.accuser),
            what=self._stretch(fact.what),
            **self._common(fact),
        )

    def denial(self, fact: Response) -> DenialRecord:
        return DenialRecord(by=fact.by.name, of=self._stretch(fact.of), **self._common(fact))

    def sanction(self, fact: Sanction) -> SanctionRecord:
        return SanctionRecord(
            on=fact.on.name, by=_name(fact.by), date=_date(fact.date), **self._common(fact)
        )

    def membership(self, fact: Membership) -> MembershipRecord:
        # The gold counts who only signed the treaty as a member, and who left it as none.
        return MembershipRecord(
            state=fact.state.name,
            body=fact.body.name,
            member=(fact.member or fact.signed_only) and not fact.withdrawn,
            **self._common(fact),
        )

    def office(self, fact: Office) -> OfficeRecord:
        return OfficeRecord(
            person=fact.person.name,
            office=fact.title,
            of=_name(fact.of),
            current=fact.current,
            **self._common(fact),
        )

    def statement(self, fact: Statement) -> StatementRecord:
        return StatementRecord(
            text=self._stretch(fact.quoted) or "",
            speaker=_name(fact.attribution.speaker),
            reported_by=_name(fact.attribution.reporter),
            **self._common(fact),
        )

    def entity(self, entity: Entity) -> EntityRecord:
        forms = dict.fromkeys(self._text[start:end] for start, end in entity.mentions)
        return EntityRecord(
            name=entity.name,
            kind=_TYPES.get(entity.kind, str(entity.kind)),
            mentions=tuple(form for form in forms if _names(form, entity.name)),
            quote=entity.name,
            spans=entity.mentions[:1],
        )

    def _common(self, fact: Fact) -> _Common:
        span = fact.evidence.span
        return {
            "quote": self._text[span.start : span.end],
            "spans": (span,),
            "rule": fact.evidence.rule,
        }

    def _stretch(self, span: Span | None) -> str | None:
        return None if span is None else self._text[span.start : span.end]


def _name(entity: Entity | None) -> str | None:
    return None if entity is None else entity.name


def _date(written: WrittenDate | None) -> str | None:
    return None if written is None else written.edtf


def _crime(crime: StatedCrime) -> str:
    return f"{crime.category}: {crime.wording or 'unspecified'}"


def _names(form: str, name: str) -> bool:
    """Whether a mention is a form of the name: no pronoun, description, adjective or demonym.

    Forms share a word with the name, are its initials, are other names of the same state, or are
    written in capitals throughout.
    """
    words, known = normalize(form).split(), normalize(name).split()
    if is_adjective(form) or not any(letter.isupper() for letter in form):
        return False
    if is_same_state(form, name) or form.replace(".", "").isupper():
        return True
    initials = "".join(word[0] for word in known)
    return bool(set(words) & set(known)) or "".join(words) == initials
