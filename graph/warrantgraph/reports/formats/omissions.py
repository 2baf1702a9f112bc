"""What a report does not show, in words: no format may look whole when it is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from warrantgraph.reports.finding import Place
from warrantgraph.reports.formats.description import rule_name
from warrantgraph.reports.formats.visible import clip
from warrantgraph.reports.report import GateOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.errors import InputError
    from warrantgraph.reports.finding import Finding
    from warrantgraph.reports.report import Report

__all__ = ["Omission", "OmissionKind", "counted", "is_complete", "list_accepted", "list_omissions"]

_LONGEST_MESSAGE = 2000


class OmissionKind(StrEnum):
    """Why something is not shown; the names are part of the formats for machines."""

    UNREAD = "unread-file"
    NOT_RUN = "gate-not-run"
    NOTHING_CHECKED = "nothing-checked"
    UNLISTED = "not-listed"
    ELSEWHERE = "outside-the-change"
    ACCEPTED = "accepted-by-the-baseline"
    SETTLED = "gone-from-the-baseline"


@dataclass(frozen=True, slots=True)
class Omission:
    """One thing that the report does not show."""

    kind: OmissionKind
    text: str
    """A sentence without a full stop."""

    subject: str = ""
    """The name of the gate or the rule; empty where it is about the run or about a file."""

    place: Place | None = None
    """Of a file that could not be read: as far as the reader came."""


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "finding"), counted(1234, "finding")
    ('1 finding', '1,234 findings')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def is_complete(report: Report) -> bool:
    """Whether all was read, all gates ran, and every finding is listed or accepted."""
    return not (
        report.unread
        or report.unlisted
        or report.elsewhere
        or report.focus_nodes == 0
        or any(gate.outcome is GateOutcome.NOT_RUN for gate in report.gates)
    )


def list_accepted(report: Report, limit: int | None) -> tuple[Finding, ...]:
    """The findings that the baseline accepts, at most `limit` of each rule."""
    if limit is None:
        return report.accepted
    seen: Counter[str] = Counter()
    listed: list[Finding] = []
    for finding in report.accepted:
        seen[finding.rule] += 1
        if seen[finding.rule] <= limit:
            listed.append(finding)
    return tuple(listed)


def list_omissions(report: Report) -> tuple[Omission, ...]:
    """All that the report does not show, the gravest first.

    >>> from warrantgraph.reports import Report
    >>> [omission.text for omission in list_omissions(Report(elsewhere=2))]
    ['2 findings lie outside what changed and are not listed']
    """
    return (
        *map(_unread, report.unread),
        *_not_run(report),
        *_nothing_checked(report),
        *_unlisted(report),
        *_totals(report),
    )


def _unread(error: InputError) -> Omission:
    text = f"cannot be read: {error.message}"
    if error.value is not None:
        text += f': "{clip(error.value, 200)}"'
    if error.hint is not None:
        text += f" ({error.hint})"
    place = None if error.file is None else Place(error.file, error.line, error.column)
    return Omission(OmissionKind.UNREAD, clip(text, _LONGEST_MESSAGE), place=place)


def _nothing_checked(report: Report) -> Iterable[Omission]:
    if report.focus_nodes == 0 and not report.unread:
        text = "no shape asks anything of any node in the data: nothing was checked"
        yield Omission(OmissionKind.NOTHING_CHECKED, text)


def _not_run(report: Report) -> Iterable[Omission]:
    for gate in report.gates:
        if gate.outcome is GateOutcome.NOT_RUN:
            why = f": {clip(gate.note, _LONGEST_MESSAGE)}" if gate.note else ""
            yield Omission(OmissionKind.NOT_RUN, f"{gate.name} did not run{why}", gate.name)


def _unlisted(report: Report) -> Iterable[Omission]:
    for rule, count in report.unlisted.items():
        verb = "is" if count == 1 else "are"
        text = f"{counted(count, 'more finding')} of {rule_name(rule)} {verb} not listed"
        yield Omission(OmissionKind.UNLISTED, text, rule)


def _totals(report: Report) -> Iterable[Omission]:
    if report.elsewhere:
        verbs = (
            "lies outside what changed and is"
            if report.elsewhere == 1
            else ("lie outside what changed and are")
        )
        text = f"{counted(report.elsewhere, 'finding')} {verbs} not listed"
        yield Omission(OmissionKind.ELSEWHERE, text)
    if report.accepted:
        one = len(report.accepted) == 1
        verbs = (
            "is accepted by the baseline and does"
            if one
            else ("are accepted by the baseline and do")
        )
        text = f"{counted(len(report.accepted), 'finding')} {verbs} not count"
        yield Omission(OmissionKind.ACCEPTED, text)
    if report.settled:
        verb = "is" if report.settled == 1 else "are"
        text = f"{counted(report.settled, 'finding')} of the baseline {verb} gone"
        yield Omission(OmissionKind.SETTLED, text)
