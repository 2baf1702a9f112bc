"""What can come of a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Outcome", "Verdict", "failed", "inapplicable", "passed"]


class Outcome(Enum):
    """The outcome of a test, named as EARL 1.0 names it (section 2.5)."""

    PASSED = "passed"
    FAILED = "failed"
    INAPPLICABLE = "inapplicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, and the words for it where it is not a pass."""

    outcome: Outcome
    note: str = ""
    by_form_alone: bool = False
    """Whether a failed answer has the expected values, and only writes them otherwise."""


def passed() -> Verdict:
    """The test passed."""
    return Verdict(Outcome.PASSED)


def failed(note: str, *, by_form_alone: bool = False) -> Verdict:
    """The test failed, and this was seen."""
    return Verdict(Outcome.FAILED, note, by_form_alone)


def inapplicable(note: str) -> Verdict:
    """The test asks for what the endpoint does not offer, and does not pretend to."""
    return Verdict(Outcome.INAPPLICABLE, note)
