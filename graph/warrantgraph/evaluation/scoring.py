"""Scores the predictions of texts against their gold, and adds up what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.evaluation.matching import Outcome, match
from warrantgraph.evaluation.names import Names
from warrantgraph.evaluation.records import FactType
from warrantgraph.evaluation.rules import rules_of, speech_rules
from warrantgraph.evaluation.tally import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warrantgraph.evaluation.gold import Document
    from warrantgraph.evaluation.matching import Pair
    from warrantgraph.evaluation.records import Facts, Record, StatementRecord, WarrantRecord

__all__ = [
    "Score",
    "Slot",
    "StateConfusion",
    "View",
    "evidence_overlap",
    "score",
    "slot_scores",
    "state_confusion",
]

_NOT_IN_FORCE: Final = frozenset({"requested", "withdrawn"})
_IN_FORCE: Final = frozenset({"issued", "unsealed", "executed"})
_ISSUED: Final = frozenset({"issued", "unsealed"})


class View(StrEnum):
    """What figures are given for: each type of fact, and two more ways to look at one."""

    WARRANTS = "warrants"
    WARRANTS_STRICT = "warrants-strict"
    ACCUSATIONS = "accusations"
    DENIALS = "denials"
    SANCTIONS = "sanctions"
    MEMBERSHIPS = "memberships"
    OFFICES = "offices"
    STATEMENTS = "statements"
    STATEMENTS_WORDS = "statements-words"
    ENTITIES = "entities"

    @property
    def fact_type(self) -> FactType:
        """The type of fact that is looked at."""
        return FactType(self.partition("-")[0])


@dataclass(frozen=True)
class Score:
    """What became of the records of one text.

    `speech` is what became of statements whoever speaks. `called_issued` are the warrants that
    are predicted as issued, and only requested or withdrawn in the gold.
    """

    document: Document
    outcomes: Mapping[FactType, Outcome[Any]]
    speech: Outcome[StatementRecord]
    predicted: Facts
    called_issued: tuple[WarrantRecord, ...]

    def counts(self, view: View) -> Counts:
        """How many records were found, missed and invented."""
        if view is View.STATEMENTS_WORDS:
            return _counts(self.speech)
        counts = _counts(self.outcomes[view.fact_type])
        if view is View.WARRANTS_STRICT:
            wrong = sum(1 for pair in self.outcomes[FactType.WARRANTS].pairs if _loose(pair))
            return counts + Counts(found=-wrong, missed=wrong, invented=wrong)
        return counts


@dataclass(frozen=True)
class Slot:
    """How right a slot is in the pairs in which it is scored; `right` adds up their shares."""

    right: float = 0.0
    of: int = 0

    @property
    def accuracy(self) -> float | None:
        """The mean share that is right; None where it is nowhere scored."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True)
class StateConfusion:
    """How states of instruments are mistaken, and what is called issued in hard negatives.

    `called_issued` counts predictions that an instrument was issued, unsealed or executed where
    the gold knows it as requested or withdrawn only; `not_issued` is how many the gold knows so.
    `matrix` counts the pairs by both states. `issued` and `issued_gold` count the arrest warrants
    called issued in the hard negatives, predicted and gold.
    """

    called_issued: int
    not_issued: int
    matrix: Mapping[tuple[str, str], int]
    issued: int
    issued_gold: int


def score(document: Document, predicted: Facts) -> Score:
    """Compare what was predicted for a text with its gold."""
    names = Names(document.facts.entities)
    gold = document.facts
    outcomes: dict[FactType, Outcome[Any]] = {
        kind: match(rules, getattr(gold, kind), getattr(predicted, kind))
        for kind, rules in rules_of(names).items()
    }
    speech = match(speech_rules(names), gold.statements, predicted.statements)
    return Score(
        document, outcomes, speech, predicted, tuple(_called_issued(names, gold, predicted))
    )


def slot_scores(scores: Sequence[Score]) -> dict[FactType, dict[str, Slot]]:
    """How right each slot is in the pairs of each type of fact, over some texts."""
    found: dict[FactType, dict[str, Slot]] = {}
    for kind in FactType:
        slots = found.setdefault(kind, {})
        pairs = [pair for each in scores for pair in each.outcomes[kind].pairs]
        if kind is FactType.STATEMENTS:
            pairs = [pair for each in scores for pair in each.speech.pairs]
        for pair in pairs:
            for name, value in pair.slots.items():
                slot = slots.get(name, Slot())
                slots[name] = slot if value is None else Slot(slot.right + value, slot.of + 1)
    return found


def evidence_overlap(scores: Iterable[Score]) -> dict[FactType, Slot]:
    """The share of pairs whose words overlap; entities have none."""
    overlap: dict[FactType, Slot] = {}
    for each in scores:
        for kind, outcome in each.outcomes.items():
            if kind is FactType.ENTITIES:
                continue
            pairs = [pair for pair in outcome.pairs if pair.gold.spans]
            slot = overlap.get(kind, Slot())
            right = sum(1 for pair in pairs if pair.overlap)
            overlap[kind] = Slot(slot.right + right, slot.of + len(pairs))
    return overlap


def state_confusion(scores: Sequence[Score]) -> StateConfusion:
    """How states are mistaken in the pairs of warrants, over some texts."""
    pairs = [pair for each in scores for pair in each.outcomes[FactType.WARRANTS].pairs]
    negatives = [each for each in scores if each.document.hard_negative]
    return StateConfusion(
        called_issued=sum(len(each.called_issued) for each in scores),
        not_issued=sum(_not_issued(each.document.facts.warrants) for each in scores),
        matrix=Counter((pair.gold.state, pair.predicted.state) for pair in pairs),
        issued=sum(_issued(each.predicted.warrants) for each in negatives),
        issued_gold=sum(_issued(each.document.facts.warrants) for each in negatives),
    )


def _called_issued(names: Names, gold: Facts, predicted: Facts) -> Iterator[WarrantRecord]:
    rules = rules_of(names)[FactType.WARRANTS]
    for each in predicted.warrants:
        states = {other.state for other in gold.warrants if rules.same(other, each)}
        if each.state in _IN_FORCE and states and states <= _NOT_IN_FORCE:
            yield each


def _not_issued(warrants: Iterable[WarrantRecord]) -> int:
    return sum(1 for each in warrants if each.named and each.state in _NOT_IN_FORCE)


def _issued(warrants: Iterable[WarrantRecord]) -> int:
    return sum(1 for each in warrants if each.kind == "arrest" and each.state in _ISSUED)


def _counts(outcome: Outcome[Any]) -> Counts:
    return Counts(len(outcome.pairs), len(outcome.missed), len(outcome.invented))


def _loose(pair: Pair[Record]) -> bool:
    """Whether a pair fails the strict score."""
    return pair.slots["strict"] != 1
