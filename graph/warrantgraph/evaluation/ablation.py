"""What each rule, or family of rules, brings: the extractor runs again without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.errors import InputError
from warrantgraph.evaluation.records import FactType
from warrantgraph.evaluation.report import Gain
from warrantgraph.evaluation.running import run_extractor
from warrantgraph.evaluation.scoring import View, score
from warrantgraph.evaluation.tally import Counts, add_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from warrantgraph.evaluation.gold import Document
    from warrantgraph.evaluation.running import Run
    from warrantgraph.evaluation.scoring import Score
    from warrantgraph.extraction import Extractor

__all__ = ["list_rules", "measure_gains"]


def list_rules(run: Run, *, families: bool) -> list[str]:
    """The rules, or families of them, that found something, in order."""
    rules = {
        record.rule
        for facts in run.facts.values()
        for kind in FactType
        for record in getattr(facts, kind)
        if record.rule
    }
    return sorted({rule.partition("/")[0] for rule in rules} if families else rules)


def measure_gains(
    make: Callable[..., Extractor],
    documents: Sequence[Document],
    scores: Sequence[Score],
    rules: Sequence[str],
) -> tuple[Gain, ...]:
    """Run an extractor without each rule, and say what that changes.

    Args:
        make: makes the extractor; takes `without`, the rules or families to switch off.
        documents: the texts.
        scores: what came of each with all rules.
        rules: the rules to switch off, one at a time.

    Returns:
        The views that changed, those that lose most first.

    Raises:
        InputError: no rules can be switched off in this extractor.
    """
    complete = _totals(scores)
    gains: list[Gain] = []
    for rule in rules:
        try:
            extractor = make(without=frozenset({rule}))
        except TypeError as error:
            raise InputError("this extractor has no rules that can be switched off") from error
        run = run_extractor(extractor, documents)
        left = _totals([score(each, run.facts[each.id]) for each in documents])
        gains += [
            Gain(rule, view, complete[view], left[view])
            for view in View
            if left[view] != complete[view]
        ]
    return tuple(sorted(gains, key=lambda gain: -gain.f1))


def _totals(scores: Sequence[Score]) -> dict[View, Counts]:
    return {view: add_up(each.counts(view) for each in scores) for view in View}
