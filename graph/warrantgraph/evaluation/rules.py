"""How each type of fact is scored: what makes a prediction find a gold record, which slots count.

The rules are those that the gold files come with; `docs/extraction-scores.md` tells them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic

from warrantgraph.evaluation.matching import Compared, overlaps
from warrantgraph.evaluation.names import normalize
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
from warrantgraph.evaluation.wording import (
    crime_categories,
    crime_heads,
    head_of_office,
    same_date,
    set_f1,
    token_f1,
)

if TYPE_CHECKING:
    from warrantgraph.evaluation.matching import Rules
    from warrantgraph.evaluation.names import Names

__all__ = ["rules_of", "same_state", "speech_rules"]

_SAME_SPEECH: Final = 0.8
_SAME_ROLE: Final = 0.5


@dataclass(frozen=True)
class _OneToOne(Generic[Compared]):
    """What holds where a type says nothing else: each record counts, none is optional."""

    names: Names

    @property
    def counts_once(self) -> bool:
        return False

    def optional(self, gold: Compared) -> bool:
        return False

    def finds_optional(self, gold: Compared, predicted: Compared) -> bool:
        return False

    def _same_or_open(self, gold: str | None, predicted: str | None) -> bool:
        """Whether a slot is right; one that the gold leaves open always is."""
        return gold is None or (predicted is not None and self.names.same(gold, predicted))

    def _named(self, gold: str | None, predicted: str | None) -> float | None:
        return None if gold is None else float(self._same_or_open(gold, predicted))


class _WarrantRules(_OneToOne[WarrantRecord]):
    """Suspect and kind; warrants for suspects whom the text does not name are optional."""

    def same(self, gold: WarrantRecord, predicted: WarrantRecord) -> bool:
        return gold.kind == predicted.kind and self.names.same(
            gold.suspect, predicted.suspect, person=True
        )

    def slots(self, gold: WarrantRecord, predicted: WarrantRecord) -> dict[str, float | None]:
        court = gold.court is None or (
            predicted.court is not None and self.names.same_court(gold.court, predicted.court)
        )
        state = same_state(gold.state, predicted.state)
        return {
            "court": None if gold.court is None else float(court),
            "state": float(state),
            "strict": float(court and state),
            "issued_on": None
            if gold.issued_on is None
            else float(same_date(gold.issued_on, predicted.issued_on)),
            "roles": _roles(gold, predicted),
            "crimes": set_f1(crime_categories(gold.crimes), crime_categories(predicted.crimes)),
            "crimes-nouns": set_f1(crime_heads(gold.crimes), crime_heads(predicted.crimes)),
        }

    def optional(self, gold: WarrantRecord) -> bool:
        return not gold.named

    def finds_optional(self, gold: WarrantRecord, predicted: WarrantRecord) -> bool:
        if gold.kind != predicted.kind:
            return False
        unnamed = not predicted.named and overlaps(gold, predicted) is not False
        return unnamed or self.names.same(gold.suspect, predicted.suspect)


class _AccusationRules(_OneToOne[AccusationRecord]):
    """Accuser and accused; several predictions of one pair count once."""

    @property
    def counts_once(self) -> bool:
        return True

    def same(self, gold: AccusationRecord, predicted: AccusationRecord) -> bool:
        return self.names.same(gold.accused, predicted.accused) and self._same_or_open(
            gold.accuser, predicted.accuser
        )

    def slots(self, gold: AccusationRecord, predicted: AccusationRecord) -> dict[str, float | None]:
        return {}


class _DenialRules(_OneToOne[DenialRecord]):
    """Who denies."""

    def same(self, gold: DenialRecord, predicted: DenialRecord) -> bool:
        return self.names.same(gold.by, predicted.by)

    def slots(self, gold: DenialRecord, predicted: DenialRecord) -> dict[str, float | None]:
        return {}


class _SanctionRules(_OneToOne[SanctionRecord]):
    """Who sanctions whom; the date apart."""

    def same(self, gold: SanctionRecord, predicted: SanctionRecord) -> bool:
        return self.names.same(gold.on, predicted.on) and self._same_or_open(gold.by, predicted.by)

    def slots(self, gold: SanctionRecord, predicted: SanctionRecord) -> dict[str, float | None]:
        date = None if gold.date is None else float(same_date(gold.date, predicted.date))
        return {"date": date}


class _MembershipRules(_OneToOne[MembershipRecord]):
    """State, body, and whether it is a member."""

    def same(self, gold: MembershipRecord, predicted: MembershipRecord) -> bool:
        return (
            gold.member == predicted.member
            and self.names.same(gold.state, predicted.state)
            and self.names.same_court(gold.body, predicted.body)
        )

    def slots(self, gold: MembershipRecord, predicted: MembershipRecord) -> dict[str, float | None]:
        return {}


class _OfficeRules(_OneToOne[OfficeRecord]):
    """Person, and either what the office is in or its head noun; whether it is held apart."""

    def same(self, gold: OfficeRecord, predicted: OfficeRecord) -> bool:
        if not self.names.same(gold.person, predicted.person, person=True):
            return False
        return self._of(gold, predicted) == 1 or self._head(gold, predicted)

    def slots(self, gold: OfficeRecord, predicted: OfficeRecord) -> dict[str, float | None]:
        current = None if gold.current is None else float(gold.current == predicted.current)
        return {
            "of": self._of(gold, predicted),
            "office": float(self._head(gold, predicted)),
            "current": current,
        }

    def _of(self, gold: OfficeRecord, predicted: OfficeRecord) -> float | None:
        return self._named(gold.of, predicted.of)

    def _head(self, gold: OfficeRecord, predicted: OfficeRecord) -> bool:
        return head_of_office(gold.office) == head_of_office(predicted.office)


class _SpeechRules(_OneToOne[StatementRecord]):
    """The words of direct speech, whoever says them."""

    def same(self, gold: StatementRecord, predicted: StatementRecord) -> bool:
        return token_f1(gold.text, predicted.text) >= _SAME_SPEECH

    def slots(self, gold: StatementRecord, predicted: StatementRecord) -> dict[str, float | None]:
        return {
            "speaker": self._named(gold.speaker, predicted.speaker),
            "reported_by": self._named(gold.reported_by, predicted.reported_by),
        }


class _StatementRules(_SpeechRules):
    """The words of direct speech and who says them."""

    def same(self, gold: StatementRecord, predicted: StatementRecord) -> bool:
        return super().same(gold, predicted) and self._same_or_open(gold.speaker, predicted.speaker)


class _EntityRules(_OneToOne[EntityRecord]):
    """Name and type, where a state and a place are one type; the forms of the name apart."""

    def same(self, gold: EntityRecord, predicted: EntityRecord) -> bool:
        return self.names.same_entity(gold, predicted)

    def slots(self, gold: EntityRecord, predicted: EntityRecord) -> dict[str, float | None]:
        forms = [{normalize(form) for form in each.mentions} for each in (gold, predicted)]
        return {"mentions": set_f1(forms[0], forms[1]) if gold.mentions else None}


def rules_of(names: Names) -> dict[FactType, Rules[Any]]:
    """The rules of each type of fact, for a text with these names."""
    return {
        FactType.WARRANTS: _WarrantRules(names),
        FactType.ACCUSATIONS: _AccusationRules(names),
        FactType.DENIALS: _DenialRules(names),
        FactType.SANCTIONS: _SanctionRules(names),
        FactType.MEMBERSHIPS: _MembershipRules(names),
        FactType.OFFICES: _OfficeRules(names),
        FactType.STATEMENTS: _StatementRules(names),
        FactType.ENTITIES: _EntityRules(names),
    }


def speech_rules(names: Names) -> Rules[StatementRecord]:
    """Rules for direct speech where it does not matter who speaks."""
    return _SpeechRules(names)


def same_state(gold: str, predicted: str) -> bool:
    """Whether two states of an instrument are one; what is unsealed has been issued.

    >>> same_state("issued", "unsealed"), same_state("requested", "issued")
    (True, False)
    """
    return gold == predicted or {gold, predicted} == {"issued", "unsealed"}


def _roles(gold: WarrantRecord, predicted: WarrantRecord) -> float | None:
    if not gold.roles:
        return None
    return float(
        any(token_f1(one, other) >= _SAME_ROLE for one in gold.roles for other in predicted.roles)
    )
