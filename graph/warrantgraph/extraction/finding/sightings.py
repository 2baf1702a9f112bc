"""A sighting: one clause that says something of an instrument; read from what a rule matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import WarrantKind
from warrantgraph.extraction.finding.doubts import is_doubtful, may_be_so
from warrantgraph.extraction.finding.issue_days import issue_day
from warrantgraph.extraction.finding.issuing import issuer_of
from warrantgraph.extraction.finding.whom import names_in_sentence, phrase_for_whom, subjects_of
from warrantgraph.extraction.phrases import Voice

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import WrittenDate
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["Sighting", "read_sighting"]

_WITHOUT_KIND = ("wording", "arrested", "acted", "others")
_KINDS = {
    "arrest warrant": WarrantKind.ARREST_WARRANT,
    "summons": WarrantKind.SUMMONS,
    "indictment": WarrantKind.INDICTMENT,
    "charges": WarrantKind.INDICTMENT,
    "red notice": WarrantKind.RED_NOTICE,
}


@dataclass(frozen=True)
class Sighting:
    """What one clause says of an instrument.

    `subjects` are none where the clause only speaks of "the warrant"; `state` is the rule's.
    `issuer` and `requester` are keys of entities. `tail` is the first token of where the clause
    may tell the crimes.
    """

    clause: Clause
    rule: str
    start: int
    end: int
    state: str
    subjects: tuple[str, ...] = ()
    kind: WarrantKind | None = None
    plural: bool = False
    issuer: str | None = None
    requester: str | None = None
    issued: WrittenDate | None = None
    tail: int = 0
    finite: bool = False
    again: bool = False
    """Whether it holds only where an instrument was spoken of before."""
    behind: str = ""
    """The rule that must have fitted the same sentence."""
    instrument: Item | None = field(default=None, compare=False)


def read_sighting(analysis: Analysis, found: Found) -> Sighting | None:
    """What a match says; None where it says nothing certain of an instrument."""
    values = found.rule.values
    instrument = found.get("instrument")
    kind = _kind_of(found)
    state = str(values["state"])
    if kind is None and state not in _WITHOUT_KIND and not values.get("follows"):
        return None
    if _only_charges(found, state):
        return None
    if state not in ("refused", "wording", "arrested") and is_doubtful(analysis, found, state):
        return None
    if not may_be_so(analysis, found):
        return None
    whom = phrase_for_whom(found)
    subjects = subjects_of(analysis, found)
    if state == "others":
        subjects = tuple(names_in_sentence(analysis, found.clause, found.start))
    if whom is not None and not subjects:
        return None
    places = [each for each in (whom, instrument) if each is not None]
    tail = max([found.end, *(each.end for each in places)])
    return Sighting(
        clause=found.clause,
        rule=found.rule.name,
        start=min([found.start, *(each.start for each in places)]),
        end=tail,
        state=state,
        subjects=subjects,
        kind=kind,
        plural=instrument is not None and instrument.plural,
        issuer=issuer_of(analysis, found, state),
        requester=_key(found.get("requester")),
        issued=issue_day(analysis, found, state),
        tail=tail,
        finite=_is_finite(found),
        again=bool(values.get("again")),
        behind=str(values.get("behind", "")),
        instrument=instrument,
    )


def _only_charges(found: Found, state: str) -> bool:
    """Whether "charges" is not the instrument here: "on charges of"."""
    instrument = found.get("instrument")
    if instrument is None or instrument.lemma != "charges":
        return False
    states = ("withdrawn", "unsealed", "refused")
    return not (found.rule.values.get("charges") or state in states)


def _is_finite(found: Found) -> bool:
    """Whether somebody was charged, not just described as "charged with"."""
    verb = found.get("verb")
    return verb is not None and (verb.voice is not Voice.PAST or found.get("issuer") is not None)


def _key(item: Item | None) -> str | None:
    return item.keys[0] if item is not None and item.keys else None


def _kind_of(found: Found) -> WarrantKind | None:
    if found.rule.values.get("indicts"):
        return WarrantKind.INDICTMENT
    said = found.rule.values.get("kind")
    if said is not None:
        return WarrantKind(said)
    instrument = found.get("instrument")
    return _KINDS.get(instrument.lemma) if instrument is not None else None
