"""A gate: a named check that has not run yet, what it looks at, and how it ended.

A gate that could not run, or whose reasoner gave up, is reported as not run: nothing is known of
what it asks, so it neither passed nor failed. It may have found what is in its way all the same.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from warrantgraph.errors import ReasonerError
from warrantgraph.reports import Finding, GateOutcome, GateSummary, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rdflib import Graph

    from warrantgraph.checks.rule import Examined, Rule
    from warrantgraph.checks.vocabulary import Vocabulary

__all__ = ["Gate", "GateResult", "NotRunError", "Subjects"]


class NotRunError(Exception):
    """A gate cannot run; the message says what is missing."""


@dataclass(frozen=True)
class GateResult:
    """How a gate ended, and what it found."""

    summary: GateSummary
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Gate:
    """A named check that has not run yet."""

    name: str
    about: str
    """What it asks, in a sentence."""
    rules: tuple[Rule, ...]
    _check: Callable[[], Examined] = field(repr=False)

    def run(self, fail_on: Severity = Severity.VIOLATION) -> GateResult:
        """Run the check; it fails when it finds something as heavy as `fail_on`, or heavier."""
        started = time.monotonic()
        try:
            findings, note, decided = self._check()
        except (NotRunError, ReasonerError) as error:
            findings, note, decided = (), str(error), False
        failed = any(finding.severity.weighs(fail_on) for finding in findings)
        outcome = GateOutcome.FAILED if failed else GateOutcome.PASSED
        outcome = outcome if decided else GateOutcome.NOT_RUN
        summary = GateSummary(self.name, outcome, note, time.monotonic() - started)
        return GateResult(summary, tuple(replace(found, gate=self.name) for found in findings))


@dataclass(frozen=True)
class Subjects:
    """What the gates look at."""

    vocabulary: Vocabulary

    questions: Path
    """Folder of the competency questions."""

    sources: Path
    """Folder of the curated sources."""

    data: Graph | None = None
    """The graph that is checked with the vocabulary, if there is one."""

    no_data: str = ""
    """Why there is none, for the gates that then do not run."""

    def given_data(self) -> Graph:
        """The data.

        Raises:
            NotRunError: there are none.
        """
        if self.data is None:
            raise NotRunError(self.no_data)
        return self.data
