"""Findings that a team has accepted: they are told, but they fail nothing.

The file is JSON that people review in a diff: sorted, one finding a block, each with the words
that say what it is. Only the fingerprint decides.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import InputError, MissingFileError
from warrantgraph.reports.report import Report
from warrantgraph.reports.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from warrantgraph.reports.finding import Finding

__all__ = ["apply_baseline", "read_baseline", "write_baseline"]

_VERSION: Final = 1
_HINT: Final = "write one with --write-baseline"


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints that a file accepts.

    Raises MissingFileError when it is not there, InputError when it is no baseline.
    """
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise MissingFileError("there is no such baseline", file=path, hint=_HINT) from error
    except json.JSONDecodeError as error:
        raise InputError(
            "not JSON", file=path, line=error.lineno, column=error.colno, hint=_HINT
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise InputError("not a baseline", file=path, hint=_HINT) from error
    try:
        if document["version"] != _VERSION:
            version = str(document["version"])
            raise InputError("a baseline of another version", file=path, value=version, hint=_HINT)
        return frozenset(str(each["fingerprint"]) for each in document["findings"])
    except (KeyError, TypeError) as error:
        raise InputError("not a baseline", file=path, hint=_HINT) from error


def apply_baseline(report: Report, fingerprints: frozenset[str]) -> Report:
    """Set apart the findings that the baseline accepts; what remains counts.

    >>> from warrantgraph.reports.finding import Finding, Severity
    >>> known = Finding("r", Severity.INFO, "m", fingerprint="1")
    >>> report = apply_baseline(Report.of([known]), frozenset({"1", "2"}))
    >>> report.total, len(report.accepted), report.settled
    (0, 1, 1)
    """
    new = [found for found in report.findings if found.fingerprint not in fingerprints]
    accepted = tuple(found for found in report.findings if found.fingerprint in fingerprints)
    fresh = Report.of(new)
    return replace(
        report,
        findings=fresh.findings,
        counts=fresh.counts,
        rule_counts=fresh.rule_counts,
        accepted=accepted,
        settled=len(fingerprints) - len(accepted),
    )


def write_baseline(findings: Iterable[Finding]) -> str:
    """Return the file that accepts these findings."""
    entries = sorted((_entry(finding) for finding in findings), key=_order)
    document = {"version": _VERSION, "findings": entries}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(finding: Finding) -> dict[str, str]:
    about = "" if finding.focus_node is None else shorten(finding.focus_node)
    entry = {"rule": finding.rule, "about": about, "path": str(finding.path or "")}
    if finding.value is not None and finding.value != finding.focus_node:
        entry["value"] = shorten(finding.value)
    entry |= {"message": finding.message, "fingerprint": finding.fingerprint}
    return {name: text for name, text in entry.items() if text}


def _order(entry: Mapping[str, str]) -> tuple[str, ...]:
    return (entry["rule"], entry.get("about", ""), entry["fingerprint"])
