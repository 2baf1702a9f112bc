"""One HTML page that holds all it needs: no script, no picture, nothing from the network.

The policy in its head allows its own style alone. Findings are shown and hidden by severity with
check boxes and CSS, on the screen alone: a printed page holds them all.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.description import about, at, message, rule_name
from warrantgraph.reports.formats.excerpt import excerpt
from warrantgraph.reports.formats.grouping import by_file, place_of
from warrantgraph.reports.formats.human import summary_line
from warrantgraph.reports.formats.omissions import (
    Omission,
    OmissionKind,
    counted,
    is_complete,
    list_omissions,
)
from warrantgraph.reports.formats.visible import inert, visible
from warrantgraph.reports.report import GateOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warrantgraph.reports.finding import Finding
    from warrantgraph.reports.formats.presentation import Presentation
    from warrantgraph.reports.report import Report

__all__ = ["write_html"]

_STYLE: Final = Path(__file__).with_name("report.css")
_MOODS: Final = {"It fails": "fails", "It passes": "passes", "Not all could be read": "fails"}
_FAILING: Final = {
    Severity.VIOLATION: "a violation fails the run",
    Severity.WARNING: "a warning or a violation fails the run",
    Severity.INFO: "any finding fails the run",
}
_GATES: Final = {
    GateOutcome.PASSED: "passed",
    GateOutcome.FAILED: "failed",
    GateOutcome.NOT_RUN: "not run",
}


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def write_html(report: Report, presentation: Presentation) -> str:
    """Write the page: verdict and counts, what is missing, the gates, the findings by file."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    groups = by_file(report.findings, presentation)
    heading = f"warrantgraph {presentation.tool}"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(_verdict(report, presentation))} · {heading}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#findings">To the findings</a>',
        *_header(report, presentation, heading),
        "<main>",
        *_omissions(report, presentation),
        *_gates(report),
        *_findings(groups, report, presentation),
        "</main>",
        *_footer(report, presentation),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _verdict(report: Report, presentation: Presentation) -> str:
    failed = any(gate.outcome is GateOutcome.FAILED for gate in report.gates)
    if report.fails(presentation.fail_on) or failed:
        return "It fails"
    if report.unread:
        return "Not all could be read"
    return "It passes" if is_complete(report) else "Nothing fails in what was seen"


def _header(report: Report, presentation: Presentation, heading: str) -> Iterator[str]:
    verdict = _verdict(report, presentation)
    yield f'<header class="{_MOODS.get(verdict, "unsure")}">'
    yield f'<p class="tool">{heading} <span>{_text(presentation.version)}</span></p>'
    yield f"<h1>{verdict}</h1>"
    looked = ((len(report.files), "file"), (report.triples, "triple"))
    parts = [counted(number, noun) for number, noun in looked if number]
    yield f"<p>{' · '.join([*parts, _FAILING[presentation.fail_on]])}</p>"
    yield '<ul class="counts">'
    for severity in Severity:
        name = severity.lower()
        noun = name if report.count(severity) == 1 else f"{name}s"
        yield f'<li class="{name}"><b>{report.count(severity):,}</b> {noun}</li>'
    yield "</ul>"
    yield "</header>"


def _omissions(report: Report, presentation: Presentation) -> Iterator[str]:
    omissions = list_omissions(report)
    if not omissions:
        return
    yield '<section class="notes" aria-labelledby="notes">'
    yield '<h2 id="notes">What this report does not show</h2>'
    yield "<ul>"
    yield from (_omission(omission, presentation) for omission in omissions)
    yield "</ul>"
    yield "</section>"


def _omission(omission: Omission, presentation: Presentation) -> str:
    place = omission.place
    file = "" if place is None else presentation.path(place.file)
    where = ":".join(part for part in (file, at(place)) if part)
    lead = f"<code>{_text(where)}</code> " if where else ""
    kind = "grave" if omission.kind in (OmissionKind.UNREAD, OmissionKind.NOT_RUN) else "plain"
    return f'<li class="{kind}">{lead}{_text(omission.text)}.</li>'


def _gates(report: Report) -> Iterator[str]:
    if not report.gates:
        return
    yield '<section aria-labelledby="gates">'
    yield '<h2 id="gates">Gates</h2>'
    yield '<div class="wide" role="region" aria-labelledby="gates" tabindex="0"><table>'
    yield '<thead><tr><th scope="col">Gate</th><th scope="col">Outcome</th>'
    yield '<th scope="col">What was looked at, or why not</th></tr></thead>'
    yield "<tbody>"
    for gate in report.gates:
        word = _GATES[gate.outcome]
        yield (
            f'<tr><th scope="row">{_text(gate.name)}</th>'
            f'<td><span class="gate {word.replace(" ", "-")}">{word}</span></td>'
            f"<td>{_text(gate.note)}</td></tr>"
        )
    yield "</tbody></table></div>"
    yield "</section>"


def _findings(
    groups: dict[str, tuple[Finding, ...]], report: Report, presentation: Presentation
) -> Iterator[str]:
    yield '<section id="findings" aria-labelledby="found" tabindex="-1">'
    yield '<h2 id="found">Findings</h2>'
    if not groups:
        yield f'<p class="none">{_nothing(report)}</p>'
    else:
        yield from _filters(report)
        if len(groups) > 1:
            yield from _contents(groups)
    for number, (name, findings) in enumerate(groups.items(), start=1):
        yield f'<section class="file" aria-labelledby="file-{number}">'
        yield (
            f'<h3 id="file-{number}"><span class="path">{_text(name)}</span> '
            f'<span class="count">{counted(len(findings), "finding")}</span></h3>'
        )
        for finding in findings:
            yield from _finding(finding, presentation)
        yield "</section>"
    yield "</section>"


def _nothing(report: Report) -> str:
    return "Nothing was found." if is_complete(report) else "Nothing is listed; see above."


def _filters(report: Report) -> Iterator[str]:
    """Check boxes that CSS alone reads; a severity that does not occur has none."""
    listed = {finding.severity for finding in report.findings}
    if len(listed) < 2:
        return
    yield '<fieldset class="filters"><legend>Show</legend>'
    for severity in Severity:
        if severity in listed:
            name = severity.lower()
            yield (
                f'<label class="{name}"><input type="checkbox" id="show-{name}" checked> '
                f"{name}s</label>"
            )
    yield "</fieldset>"


def _contents(groups: dict[str, tuple[Finding, ...]]) -> Iterator[str]:
    yield '<nav aria-label="Files"><ol>'
    for number, (name, findings) in enumerate(groups.items(), start=1):
        yield (
            f'<li><a href="#file-{number}"><span class="path">{_text(name)}</span></a> '
            f'<span class="count">{len(findings):,}</span></li>'
        )
    yield "</ol></nav>"


def _finding(finding: Finding, presentation: Presentation) -> Iterator[str]:
    place, severity = place_of(finding), finding.severity.lower()
    where = f' <span class="where">{at(place)}</span>' if at(place) else ""
    yield f'<article class="finding {severity}">'
    yield f'<p class="kind"><span class="severity">{severity}</span>{where}</p>'
    yield f"<h4>{_text(message(finding.message))}</h4>"
    yield from _excerpt(finding, presentation)
    yield from _facts(_named(finding))
    if finding.mend:
        yield f'<p class="mend"><b>How to mend it</b> {_text(message(finding.mend))}</p>'
    if finding.quote is not None:
        yield f"<blockquote><p>{_text(message(finding.quote))}</p></blockquote>"
    yield "</article>"


def _named(finding: Finding) -> Sequence[tuple[str, str]]:
    kind = "shape" if ":" in finding.rule else "rule"
    label = (("called", message(finding.label)),) if finding.label else ()
    return ((kind, rule_name(finding.rule)), *label, *about(finding))


def _facts(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "<dl>"
    for name, text in pairs:
        shown = _text(text) if name == "called" else f"<code>{_text(text)}</code>"
        yield f"<div><dt>{name}</dt><dd>{shown}</dd></div>"
    yield "</dl>"


def _excerpt(finding: Finding, presentation: Presentation) -> Iterator[str]:
    shown = excerpt(place_of(finding), presentation.read_line, presentation.width)
    if shown is not None:
        marked = f"<mark>{_text(shown.marked or ' ')}</mark>" if shown.is_marked else ""
        yield (
            f'<pre tabindex="0" role="group" aria-label="Line {shown.line}">'
            f'<span class="line">{shown.line}</span>'
            f"<code>{_text(shown.before)}{marked}{_text(shown.after)}</code></pre>"
        )


def _footer(report: Report, presentation: Presentation) -> Iterator[str]:
    made = f"warrantgraph {presentation.tool} {presentation.version}".strip()
    yield f"<footer><p>{_text(summary_line(report))}.</p><p>Made by {_text(made)}.</p></footer>"


def _text(text: str) -> str:
    """Text from data as HTML: what cannot be seen is shown, and nothing is read as markup."""
    return inert(escape(visible(text), quote=True), "&#58;", "&#35;")
