"""Gathers what an article says of each instrument: one record per issuer, subject and kind.

What a text says of an instrument is spread over its clauses: the headline names it, the lead who
issued it, a later sentence ("the warrant was withdrawn") what became of it. The latest state
counts; a mere mention never overrides what a clause states.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, WarrantKind
from warrantgraph.extraction.finding.issuing import is_international
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import StatedCrime, WrittenDate
    from warrantgraph.extraction.finding.sightings import Sighting
    from warrantgraph.extraction.phrases import Analysis

__all__ = ["Docket", "Record"]

_RANKS = {"mentioned": 0, "requested": 1, "issued": 2, "unsealed": 3}
_WEAK = ("mentioned", "requested")
_LAST = 4
"""Rank of what ends an instrument's life: executed, withdrawn, ended."""
_ARREST_NEAR = 3
_SOON = 2
_FARTHEST = 6
"""Sentences over which "the warrant" still means the one spoken of last."""


@dataclass
class Record:
    """What is known so far of one instrument for one subject."""

    subject: str
    kind: WarrantKind
    state: str
    sighting: Sighting
    """The clause that best states it."""
    issuer: str | None = None
    requester: str | None = None
    issued: WrittenDate | None = None
    crimes: list[StatedCrime] = field(default_factory=list["StatedCrime"])
    finite: bool = False


class Docket:
    """The instruments of one article."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self.records: list[Record] = []
        self._latest: list[Record] = []
        self._latest_plural = False
        self._unsealed: int | None = None
        self._several: set[WarrantKind] = set()
        """Kinds of which the article has spoken in the plural."""
        self._latest_sentence = 0
        self._arrests: list[Sighting] = []
        self._refused: set[tuple[str, WarrantKind]] = set()

    def enter(self, sighting: Sighting, crimes: list[StatedCrime]) -> None:
        """Take in what one clause says."""
        number = sighting.clause.sentence.number
        if sighting.plural and sighting.kind is not None:
            self._several.add(sighting.kind)
        if sighting.state == "others":
            self._add_others(sighting)
            return
        if sighting.state == "wording":
            self._add_crimes(sighting, crimes)
            return
        if sighting.state == "arrested":
            self._arrests.append(sighting)
            return
        if sighting.state == "acted":
            sighting = self._of_arrest(sighting)
        if sighting.again and not self._latest:
            return
        self._note_unsealing(sighting)
        if sighting.subjects and sighting.kind is not None:
            touched = [
                record
                for subject in sighting.subjects
                if (record := self._record(subject, sighting)) is not None
            ]
            if touched:
                self._latest, self._latest_sentence = touched, number
                self._latest_plural = sighting.plural
        else:
            touched = self._meant(sighting)
        for record in touched:
            self._update(record, sighting)
            record.crimes += crimes

    def _note_unsealing(self, sighting: Sighting) -> None:
        """Keep that instruments were unsealed whose subjects are named later."""
        entities = self._analysis.entities
        named = any(entities[key].named for key in sighting.subjects)
        if sighting.state == "unsealed" and sighting.plural and not named:
            self._unsealed = sighting.clause.sentence.number

    def _add_others(self, sighting: Sighting) -> None:
        """Give those named next the instrument that the article just told of for several."""
        near = sighting.clause.sentence.number - self._latest_sentence <= _SOON
        if not near or not self._latest:
            return
        model = self._latest[0]
        same = sighting.clause.sentence is model.sighting.clause.sentence
        behind = same and model.sighting.rule.endswith(f"/{sighting.behind}")
        if not (behind if sighting.behind else model.kind in self._several):
            return
        for key in sighting.subjects:
            if all(each.subject != key for each in self.records):
                self.records.append(
                    replace(model, subject=key, sighting=sighting, issued=None, crimes=[])
                    if sighting.behind
                    else replace(model, subject=key, sighting=sighting, crimes=[])
                )

    def _of_arrest(self, sighting: Sighting) -> Sighting:
        """The arrest just told of, made on the instrument that a clause names."""
        number = sighting.clause.sentence.number
        for arrest in reversed(self._arrests):
            if not sighting.subjects and number - arrest.clause.sentence.number <= _ARREST_NEAR:
                return replace(sighting, state="executed", subjects=arrest.subjects[:1])
        return replace(sighting, state="executed" if sighting.subjects else "mentioned")

    def close(self) -> None:
        """Call warrants executed whose subjects the article says to have been arrested near by.

        Those issued that follow on an unsealing of several are among the unsealed ones.
        """
        for record in self.records:
            number = record.sighting.clause.sentence.number
            unsealed = self._unsealed is not None and 0 <= number - self._unsealed <= _ARREST_NEAR
            if unsealed and record.state == "issued":
                record.state = "unsealed"
        for arrest in self._arrests:
            for record in self.records:
                known = record.sighting.clause.sentence.number
                near = abs(arrest.clause.sentence.number - known) <= _ARREST_NEAR
                if near and record.subject in arrest.subjects and self._follows(arrest, record):
                    record.state = "executed"

    def _follows(self, arrest: Sighting, record: Record) -> bool:
        """Whether an arrest can be one on this warrant."""
        days = [item.date.edtf for item in arrest.clause.dates if item.date and item.date.edtf]
        issued = record.issued.edtf if record.issued else None
        earlier = bool(days and issued and days[0][:4] < issued[:4])
        alive = record.state in ("issued", "unsealed", "mentioned")
        return alive and record.kind is WarrantKind.ARREST_WARRANT and not earlier

    def _meant(self, sighting: Sighting) -> list[Record]:
        """The records that "the warrant" or "both warrants" is about."""
        item = sighting.instrument
        far = sighting.clause.sentence.number - self._latest_sentence > _FARTHEST
        if far or sighting.state == "mentioned" or not self._latest:
            return []
        if item is None:
            soon = sighting.clause.sentence.number - self._latest_sentence <= _SOON
            asked = (
                sighting.state in ("requested", "withdrawn", "refused")
                and "it-was" not in sighting.rule
            )
            wanted = [each for each in self._latest if each.state == "requested"]
            return wanted if asked else self._latest if soon else []
        if not item.definite:
            return []
        same = [each for each in self._latest if each.kind is sighting.kind]
        alike = sighting.clause.sentence.number == self._latest_sentence
        if not same and alike and len(self._latest) == 1 and sighting.kind is not None:
            other = Record(self._latest[0].subject, sighting.kind, sighting.state, sighting)
            self.records.append(other)
            return [other]
        alone = len(same) == 1 or sighting.plural or not self._latest_plural
        return same if alone else []

    def _record(self, subject: str, sighting: Sighting) -> Record | None:
        """The record that a clause is about, a new one where there is none yet."""
        kind = sighting.kind
        if kind is None:
            return None
        for record in self.records:
            same = record.subject == subject and record.kind is kind
            if same and self._agree(record.issuer, sighting.issuer):
                return record
        if sighting.state == "refused":
            self._refused.add((subject, kind))
            return None
        if sighting.state in _WEAK and (subject, kind) in self._refused:
            return None
        record = Record(subject, kind, sighting.state, sighting)
        self.records.append(record)
        return record

    def _agree(self, known: str | None, issuer: str | None) -> bool:
        """Whether two issuers can be the same: a state and its court, a court and its judge."""
        if known is None or issuer is None or known == issuer:
            return True
        entities = self._analysis.entities
        if not (entities[known].named and entities[issuer].named):
            return True
        international = [is_international(self._analysis, key) for key in (known, issuer)]
        kinds = {entities[known].kind, entities[issuer].kind}
        return international[0] == international[1] and kinds != {EntityKind.PERSON}

    def _update(self, record: Record, sighting: Sighting) -> None:
        if sighting.state == "refused":
            if record.state in ("requested", "mentioned"):
                self._refused.add((record.subject, record.kind))
                self.records = [each for each in self.records if each is not record]
            return
        new, old = (_RANKS.get(state, _LAST) for state in (sighting.state, record.state))
        better = new > old or (new == old == _LAST)
        if better:
            record.state = sighting.state
        if (better and sighting.subjects) or self._states_better(sighting, record):
            record.sighting = sighting
        self._take_parties(record, sighting)
        record.finite = record.finite or sighting.finite

    def _states_better(self, sighting: Sighting, record: Record) -> bool:
        """Whether the same is stated in the body that only the headline stated so far."""
        known = record.sighting
        headline = known.clause.sentence.line is LineKind.HEADLINE
        body = sighting.clause.sentence.line is not LineKind.HEADLINE
        return headline and body and sighting.state == record.state and bool(sighting.subjects)

    def _take_parties(self, record: Record, sighting: Sighting) -> None:
        """Take in issuer, requester and day; a body rather than a person or a state."""
        entities = self._analysis.entities
        if sighting.issuer is not None and self._prefer(record.issuer, sighting.issuer):
            record.issuer = sighting.issuer
        record.requester = record.requester or sighting.requester
        if sighting.issued is not None:
            record.issued = record.issued or sighting.issued
        del entities

    def _prefer(self, known: str | None, issuer: str) -> bool:
        if known is None:
            return True
        entities = self._analysis.entities
        if entities[issuer].named != entities[known].named:
            return entities[issuer].named and entities[issuer].kind is not EntityKind.PLACE
        order = (EntityKind.COURT, EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PERSON)
        ranks = {kind: rank for rank, kind in enumerate(order)}
        return ranks.get(entities[issuer].kind, 9) < ranks.get(entities[known].kind, 9)

    def _add_crimes(self, sighting: Sighting, crimes: list[StatedCrime]) -> None:
        """Crimes of somebody, or of the instrument spoken of last, told in another clause."""
        near = sighting.clause.sentence.number - self._latest_sentence <= _FARTHEST
        for record in list(self.records):
            latest = any(record is each for each in self._latest) and near
            about = record.subject in sighting.subjects if sighting.subjects else latest
            if about and self._speaks_for(sighting.issuer, record):
                record.crimes += crimes

    def _speaks_for(self, accuser: str | None, record: Record) -> bool:
        """Whether who accuses is who issued the instrument, or nobody in particular."""
        if accuser is None or record.issuer is None:
            return True
        return accuser in (record.issuer, record.requester) or self._prosecutes(accuser)

    def _prosecutes(self, accuser: str) -> bool:
        """Whether an accuser is called a prosecutor, whose case it then is."""
        words = set(self._analysis.entities[accuser].name.casefold().split())
        return bool(words & {"prosecutor", "prosecutors", "judges", "investigators"})
