"""Writes what `warrantgraph validate` found on the page of a GitHub run, and its counts as outputs.

Called with the JSON report, which is empty where there was none, and the exit code.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

_OUTCOMES: Final = {
    0: "The data conforms.",
    1: "There are findings that fail the run.",
    2: "The action was used wrongly.",
    3: "Some input could not be read.",
    4: "The engine failed, so nothing is known.",
}
_MOST_ROWS: Final = 50
"""GitHub takes a mebibyte; the annotations and the SARIF file hold the rest."""

_LONGEST: Final = 300
"""Characters of a cell."""


def main(file: Path, code: int) -> None:
    """Add a table to the summary and the counts to the outputs."""
    text = file.read_text(encoding="utf-8")
    report: dict[str, Any] | None = json.loads(text) if text else None
    lines = ["## warrantgraph validate", "", _OUTCOMES.get(code, f"Exit code {code}."), ""]
    if report is not None:
        lines += _tables(report)
        counts = [f"{name}s={number}" for name, number in report["counts"].items()]
        _append(os.environ["GITHUB_OUTPUT"], counts)
    _append(os.environ["GITHUB_STEP_SUMMARY"], lines)


def _tables(report: dict[str, Any]) -> list[str]:
    counts = report["counts"]
    findings = report["findings"]
    lines = [f"| {' | '.join(f'{name}s' for name in counts)} | files | triples |"]
    lines += ["|" + " --- |" * (len(counts) + 2)]
    numbers = [*counts.values(), len(report["files"]), report["triples"]]
    lines += [f"| {' | '.join(f'{number:,}' for number in numbers)} |", ""]
    lines += [f"- {_plain(note)}" for note in report["notes"]]
    if findings:
        lines += ["", "| severity | where | what | shape |", "| --- | --- | --- | --- |"]
        lines += [_row(finding) for finding in findings[:_MOST_ROWS]]
    if len(findings) > _MOST_ROWS:
        lines += ["", f"{len(findings) - _MOST_ROWS:,} more are in the annotations and the files."]
    return [*lines, ""]


def _row(finding: dict[str, Any]) -> str:
    place = finding.get("place") or finding.get("focusPlace") or {}
    where = ":".join(str(place[key]) for key in ("file", "line", "column") if key in place)
    cells = (finding["severity"], where, finding["message"], finding["ruleShort"])
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is: it comes from data that strangers write.

    >>> _plain("a|b <i>")
    'a&#124;b &#60;i&#62;'
    """
    clipped = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "".join(
        sign if sign.isalnum() or sign in " ,;" or ord(sign) > 0x7F else f"&#{ord(sign)};"
        for sign in clipped.replace("\n", " ")
    )


def _append(file: str, lines: list[str]) -> None:
    with Path(file).open("a", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
