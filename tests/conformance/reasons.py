"""Holds every failure to a reason that is written down, and every reason to a failure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conformance.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.outcome import Verdict

__all__ = ["LAYERS", "REASONS", "Reason", "find_faults", "read_reasons"]

REASONS: Final = Path(__file__).parent / "reasons.toml"

LAYERS: Final = ("engine", "HTTP", "by design")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some tests fail, and in which layer."""

    layer: str
    why: str
    tests: tuple[str, ...]
    form: bool = False
    """Whether they fail by the form of literals alone."""


def read_reasons(content: str) -> list[Reason]:
    """Read reasons; raises ValueError for an unknown layer, or a test with two reasons."""
    table = tomllib.loads(content)
    reasons = [
        Reason(each["layer"], each["why"], tuple(each["tests"]), each.get("form", False))
        for each in table.get("reason", [])
    ]
    unknown = [each.layer for each in reasons if each.layer not in LAYERS]
    if unknown:
        raise ValueError(f"there is no layer {unknown[0]}; there are {', '.join(LAYERS)}")
    tests = [test for each in reasons for test in each.tests]
    twice = [test for test in set(tests) if tests.count(test) > 1]
    if twice:
        raise ValueError(f"{min(twice)} has two reasons")
    return reasons


def find_faults(
    verdicts: Mapping[str, Verdict], reasons: Sequence[Reason], *, is_partial: bool = False
) -> list[str]:
    """Where verdicts and reasons do not agree, one sentence each.

    With `is_partial`, a reason for a test that did not run is no fault.
    """
    by_test = {test: reason for reason in reasons for test in reason.tests}
    faults: list[str] = []
    for test, verdict in verdicts.items():
        reason = by_test.get(test)
        if verdict.outcome is not Outcome.FAILED:
            if reason:
                faults.append(f"{test} is {verdict.outcome.value}; take its reason out")
        elif reason is None:
            faults.append(f"{test} fails without a reason: {verdict.note}")
        elif reason.form != verdict.by_form_alone:
            how = "by more than" if reason.form else "by nothing but"
            faults.append(f"{test} fails {how} the form of literals: {verdict.note}")
    if not is_partial:
        faults += [f"there is no test {test}" for test in by_test if test not in verdicts]
    return faults
