"""All that a run found, what it looked at, and what it could not look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from warrantgraph.reports.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from warrantgraph.errors import InputError

__all__ = ["GateOutcome", "GateSummary", "Report"]


class GateOutcome(StrEnum):
    """How a gate ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class GateSummary:
    """A check as a whole: one that did not run is no check that passed."""

    name: str
    outcome: GateOutcome
    note: str = ""
    """What was looked at, or why the gate did not run."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found. Counts are those of all findings, listed or not."""

    findings: tuple[Finding, ...] = ()
    """The findings to show, sorted; at most as many of a rule as `capped` was asked for."""

    counts: Mapping[Severity, int] = field(default_factory=dict[Severity, int])
    """Findings by severity, before any cap."""

    rule_counts: Mapping[str, int] = field(default_factory=dict[str, int])
    """Findings by rule, before any cap."""

    accepted: tuple[Finding, ...] = ()
    """Findings that the baseline accepts: they neither count nor fail."""

    settled: int = 0
    """Findings of the baseline that are gone."""

    elsewhere: int = 0
    """Findings left out because they do not touch what changed; see `--changed-since`."""

    files: tuple[Path, ...] = ()
    """What was looked at."""

    unread: tuple[InputError, ...] = ()
    """What could not be read: of these files nothing is known."""

    gates: tuple[GateSummary, ...] = ()
    triples: int = 0

    focus_nodes: int | None = None
    """Nodes of the data that a shape asked something of; None where no shapes were run."""

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """Return the report of these findings, sorted and counted.

        >>> Report.of([Finding("label-case", Severity.WARNING, "lower case, please")]).summary
        '0 violations, 1 warning, 0 infos'
        """
        ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
        return cls(
            findings=ordered,
            counts=Counter(finding.severity for finding in ordered),
            rule_counts=Counter(finding.rule for finding in ordered),
        )

    def capped(self, per_rule: int | None) -> Report:
        """The same report that lists at most `per_rule` findings of each rule; None: all.

        >>> many = Report.of(Finding("r", Severity.INFO, f"{n}") for n in range(9))
        >>> len(many.capped(2).findings), many.capped(2).count(Severity.INFO)
        (2, 9)
        """
        if per_rule is None:
            return self
        seen: Counter[str] = Counter()
        listed: list[Finding] = []
        for finding in self.findings:
            seen[finding.rule] += 1
            if seen[finding.rule] <= per_rule:
                listed.append(finding)
        return replace(self, findings=tuple(listed))

    def judged(self, fail_on: Severity) -> Report:
        """The same report whose gates fail by the findings that count, before any cap.

        Where a baseline accepts all that a gate found, it passes; one that did not run stays so.

        >>> gates = (GateSummary("labels", GateOutcome.FAILED),)
        >>> Report(gates=gates).judged(Severity.VIOLATION).gates[0].outcome
        <GateOutcome.PASSED: 'passed'>
        """
        failing = {found.gate for found in self.findings if found.severity.weighs(fail_on)}
        gates = tuple(
            gate
            if gate.outcome == GateOutcome.NOT_RUN
            else replace(
                gate,
                outcome=GateOutcome.FAILED if gate.name in failing else GateOutcome.PASSED,
            )
            for gate in self.gates
        )
        return replace(self, gates=gates)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos do not stop a release."""
        return self.count(Severity.VIOLATION) == 0

    @property
    def summary(self) -> str:
        """The counts in words.

        >>> Report.of([]).summary
        '0 violations, 0 warnings, 0 infos'
        """
        counts = ((severity.lower(), self.count(severity)) for severity in Severity)
        return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in counts)

    @property
    def total(self) -> int:
        """The number of findings, listed or not."""
        return sum(self.counts.values())

    @property
    def unlisted(self) -> Mapping[str, int]:
        """By rule, how many findings are not listed."""
        listed = Counter(finding.rule for finding in self.findings)
        return {
            rule: count - listed[rule]
            for rule, count in sorted(self.rule_counts.items())
            if count > listed[rule]
        }

    def count(self, severity: Severity) -> int:
        """The number of findings of exactly this severity, listed or not."""
        return self.counts.get(severity, 0)

    def fails(self, least: Severity) -> bool:
        """Whether there is a finding that weighs as much as `least`, or more."""
        return any(self.count(severity) for severity in Severity if severity.weighs(least))

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the listed findings that weigh as much as `severity`, or more."""
        return tuple(finding for finding in self.findings if finding.severity.weighs(severity))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)
