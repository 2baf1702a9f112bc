"""JUnit XML, the part of it that GitLab, Jenkins and the parsers for GitHub have in common.

A test suite is a file (`validate`) or a gate (`check`); a test case is a rule that found something
there. What the report does not show is a skipped test case, which each of them displays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from warrantgraph.reports.formats.description import about, at, message, rule_name, title
from warrantgraph.reports.formats.grouping import by_file, place_of
from warrantgraph.reports.formats.human import summary_line
from warrantgraph.reports.formats.omissions import OmissionKind, counted, list_omissions
from warrantgraph.reports.formats.visible import inert, one_line, visible
from warrantgraph.reports.report import GateOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warrantgraph.reports.finding import Finding
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import GateSummary, Report

__all__ = ["write_junit"]

_OUTCOMES: Final = ("failure", "error", "skipped")


@dataclass(frozen=True, slots=True)
class _Case:
    """A test case; `outcome` is the element that says how it ended, empty where it passed."""

    name: str
    outcome: str = ""
    headline: str = ""
    kind: str = ""
    text: str = ""


@dataclass(slots=True)
class _Suite:
    name: str
    cases: list[_Case] = field(default_factory=list["_Case"])
    file: str = ""
    seconds: float = 0.0

    def counts(self) -> dict[str, int]:
        ended = [case.outcome for case in self.cases]
        return {
            "tests": len(ended),
            "failures": ended.count("failure"),
            "errors": ended.count("error"),
            "skipped": ended.count("skipped"),
        }


def write_junit(report: Report, presentation: Presentation) -> str:
    """Write the suites: what could not be read, the gates, the files, what is not shown."""
    suites = [
        *_unread(report, presentation),
        *_gates(report, presentation),
        *_files(report, presentation),
        *_omissions(report, presentation),
    ]
    totals: dict[str, int] = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        totals = {name: totals[name] + number for name, number in suite.counts().items()}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {summary_line(report).replace('--', '-')} -->",
        f"<testsuites{_attributes(name=f'warrantgraph {presentation.tool}', **totals)}>",
        *(line for suite in suites for line in _write_suite(suite)),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _unread(report: Report, presentation: Presentation) -> Iterator[_Suite]:
    for omission in list_omissions(report):
        if omission.kind is OmissionKind.UNREAD:
            place = omission.place
            file = "" if place is None else presentation.path(place.file)
            where = ":".join(part for part in (file, at(place)) if part)
            text = f"{where}: {omission.text}" if where else omission.text
            case = _Case("it can be read", "error", omission.text, omission.kind, text)
            yield _Suite(file or "input", [case], file)


def _gates(report: Report, presentation: Presentation) -> Iterator[_Suite]:
    for gate in report.gates:
        found = [finding for finding in report.findings if finding.gate == gate.name]
        cases = [_gate(gate), *_cases(found, presentation, with_file=True)]
        yield _Suite(gate.name, cases, seconds=gate.seconds)


def _gate(gate: GateSummary) -> _Case:
    if gate.outcome is GateOutcome.NOT_RUN:
        text = f"{gate.name} did not run" + (f": {message(gate.note)}" if gate.note else "")
        return _Case("the gate", "skipped", text, "", text)
    if gate.outcome is GateOutcome.FAILED:
        return _Case("the gate", "failure", gate.note or "failed", "gate", gate.note)
    return _Case("the gate", text=gate.note)


def _files(report: Report, presentation: Presentation) -> Iterator[_Suite]:
    gates = {gate.name for gate in report.gates}
    others = [finding for finding in report.findings if finding.gate not in gates]
    groups = by_file(others, presentation)
    for name, findings in groups.items():
        known = name if place_of(findings[0]) else ""
        yield _Suite(name, list(_cases(findings, presentation, with_file=False)), known)
    read = dict.fromkeys(presentation.path(file) for file in report.files)
    unread = {presentation.path(error.file) for error in report.unread if error.file}
    everywhere = {
        presentation.path(place.file)
        for place in map(place_of, report.findings)
        if place is not None
    }
    for name in read:
        if name not in unread and name not in everywhere:
            yield _Suite(name, [_clean(report)], name)


def _clean(report: Report) -> _Case:
    """A file in which nothing is listed; only where all is listed has it passed."""
    if report.unlisted or report.elsewhere:
        text = "nothing is listed here, but not all findings are listed"
        return _Case("nothing is found", "skipped", text, "", text)
    return _Case("nothing is found")


def _omissions(report: Report, presentation: Presentation) -> Iterator[_Suite]:
    shown = (OmissionKind.UNREAD, OmissionKind.NOT_RUN)
    cases = [
        _Case(
            f"{omission.kind.value} {rule_name(omission.subject)}".strip(),
            "skipped",
            omission.text,
            "",
            omission.text,
        )
        for omission in list_omissions(report)
        if omission.kind not in shown
    ]
    if cases:
        yield _Suite(f"warrantgraph {presentation.tool}: not shown", cases)


def _cases(
    findings: Iterable[Finding], presentation: Presentation, *, with_file: bool
) -> Iterator[_Case]:
    """A case for each rule: a failure if one of its findings fails the run, else passed."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    for group in groups.values():
        heaviest = min(group, key=lambda finding: finding.sort_key)
        fails = heaviest.severity.weighs(presentation.fail_on)
        lines = [_lines(finding, presentation, with_file=with_file) for finding in group]
        headline = message(heaviest.message)
        if len(group) > 1:
            headline = f"{counted(len(group), 'finding')}: {headline}"
        yield _Case(
            title(heaviest),
            "failure" if fails else "",
            headline,
            heaviest.severity.value,
            "\n\n".join(lines),
        )


def _lines(finding: Finding, presentation: Presentation, *, with_file: bool) -> str:
    place = place_of(finding)
    file = presentation.path(place.file) if place is not None and with_file else ""
    where = ":".join(part for part in (file, at(place)) if part)
    parts = [f"{finding.severity.lower()} {where}".strip() + f"  {message(finding.message)}"]
    parts += [f"{name}: {text}" for name, text in about(finding)]
    if finding.mend:
        parts.append(message(finding.mend))
    if finding.quote is not None:
        parts.append(f"quote: {message(finding.quote)}")
    return "\n".join(parts)


def _write_suite(suite: _Suite) -> Iterator[str]:
    attributes = _attributes(name=suite.name, **suite.counts(), time=f"{suite.seconds:.3f}")
    yield f"  <testsuite{attributes}>"
    for case in suite.cases:
        given = {"file": suite.file} if suite.file else {}
        opening = f"    <testcase{_attributes(classname=suite.name, name=case.name, **given)}"
        if case.outcome in _OUTCOMES:
            kind = {"type": case.kind} if case.kind else {}
            inner = _attributes(message=case.headline, **kind)
            yield f"{opening}>"
            yield f"      <{case.outcome}{inner}>{_text(case.text)}</{case.outcome}>"
            yield "    </testcase>"
        elif case.text:
            yield f"{opening}>"
            yield f"      <system-out>{_text(case.text)}</system-out>"
            yield "    </testcase>"
        else:
            yield f"{opening}/>"
    yield "  </testsuite>"


def _attributes(**values: str | int) -> str:
    return "".join(f" {name}={_attribute(str(v))}" for name, v in values.items())


def _attribute(text: str) -> str:
    return inert(quoteattr(one_line(text)), "&#58;", "&#35;")


def _text(text: str) -> str:
    # `>` is escaped too, so that no `]]>` can stand in a text.
    return inert(escape(visible(text)), "&#58;", "&#35;")
