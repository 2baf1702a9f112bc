"""The last steps of the work of `validate` and `check`: baseline, cap, formats, exit code.

They run in the process of the work and hand over JSON: what to print, what to write into which
file, and the exit code.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from warrantgraph import __version__
from warrantgraph.reports.baseline import apply_baseline, read_baseline, write_baseline
from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats import FORMATS, Presentation, SourceLines
from warrantgraph.reports.formats.visible import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.reports.report import Report

__all__ = ["deliver", "refuse"]


def deliver(
    report: Report,
    arguments: Mapping[str, Any],
    tool: Literal["check", "validate"],
    contents: Mapping[Path, bytes] | None = None,
    *,
    engine_failed: bool = False,
) -> bytes:
    """Return what to print and to write of a report, and the exit code, as JSON.

    `arguments` are those of `cli.reporting`; `contents` is what was read from elsewhere than plain
    files, for the lines that are shown. The exit code is 3 where something could not be read,
    else 1 where something was found, else 4 where `engine_failed`.

    Raises InputError when the baseline cannot be read.
    """
    files: list[tuple[str, str]] = []
    if arguments["write_baseline"]:
        files.append((arguments["write_baseline"], write_baseline(report.findings)))
        report = apply_baseline(report, frozenset(found.fingerprint for found in report))
    elif arguments["baseline"]:
        report = apply_baseline(report, read_baseline(Path(arguments["baseline"])))
    fail_on = Severity(arguments["fail_on"].capitalize())
    report = report.judged(fail_on)
    limit = arguments["limit"] or None
    presentation = Presentation(
        tool=tool,
        version=__version__,
        root=Path(arguments["root"]),
        fail_on=fail_on,
        colour=arguments["colour"],
        width=arguments["width"],
        read_line=SourceLines(contents),
        limit=limit,
    )
    shown = report.capped(limit)
    in_a_file = replace(presentation, colour=False)
    for name, file in arguments["outputs"]:
        files.append((file, FORMATS[name].write(shown, in_a_file)))
    if arguments["format"] == "human":  # whoever reads it stands here, and not at the root
        presentation = replace(presentation, root=Path.cwd())
    printed = FORMATS[arguments["format"]].write(shown, presentation)
    code = 3 if report.unread else 1 if report.fails(fail_on) else 4 if engine_failed else 0
    return _handed(printed=printed, files=files, exit_code=code)


def refuse(message: str, exit_code: int) -> bytes:
    """Return that the work ends with an error, as JSON."""
    return _handed(error=harmless(f"Error: {message}"), exit_code=exit_code)


def _handed(
    *,
    exit_code: int,
    printed: str = "",
    files: list[tuple[str, str]] | None = None,
    error: str = "",
) -> bytes:
    handed = {"printed": printed, "files": files or [], "exit_code": exit_code, "error": error}
    return json.dumps(handed).encode()
