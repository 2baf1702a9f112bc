"""The verb `warrantgraph validate`: do RDF files hold what always holds?"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any, Final

import click

from warrantgraph.bounded import READING
from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.cli.reporting import hand_over, report_options, run_work
from warrantgraph.errors import (
    MemoryLimitError,
    ReleaseError,
    TimeLimitError,
    WorkCrashedError,
)
from warrantgraph.release import Release

__all__ = ["validate"]

_STANDARD_INPUT: Final = "-"
_FORMATS: Final = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")
_IN_MEMORY: Final = 16 * 1024 * 1024


@click.command(epilog="Example: warrantgraph validate data/ --output sarif=findings.sarif")
@click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[PATH]..."
)
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="PATH",
    help="Shapes to use instead of ours: a file or folder; may be repeated.",
)
@click.option(
    "--with-ours",
    is_flag=True,
    help="With --shapes: use our shapes as well.",
)
@click.option(
    "--no-ontology",
    is_flag=True,
    help="Leave out our ontology and schemes, and the types that follow from them.",
)
@click.option(
    "--changed-since",
    metavar="REVISION",
    help="List only findings that touch what changed since this git revision.",
)
@click.option(
    "--input-format",
    type=click.Choice(_FORMATS),
    default=_FORMATS[0],
    show_default=True,
    help="Format of standard input, where PATH is -.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    show_default="as many as there are cores",
    help="Processes that work at the same time.",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Keep reports there, and give one again where nothing that decides it has changed.",
)
@report_options
@click.pass_context
def validate(
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    shapes: tuple[Path, ...],
    with_ours: bool,
    no_ontology: bool,
    changed_since: str | None,
    input_format: str,
    processes: int | None,
    cache: Path | None,
    **options: Any,  # noqa: ANN401 - those of `report_options`
) -> None:
    """Check RDF files, or all in a folder, against the shapes; without PATH, the release.

    The files are read as one graph, so that one may speak of what another says. PATH may be - for
    standard input. Nothing is ever fetched. Exit code 0: no finding that --fail-on asks for; 1:
    there are; 3: something could not be read; 4: the work could not be done.
    """
    if not paths:
        paths = (_release(),)
    arguments: dict[str, Any] = {
        "paths": [str(path) for path in paths],
        "shapes": [str(path) for path in shapes],
        "ours": with_ours or not shapes,
        "ontology": not no_ontology,
        "changed_since": changed_since,
        "input_format": input_format,
        "cache": None if cache is None else str(cache),
        "processes": processes or os.cpu_count() or 1,
    }
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as given:
        if _STANDARD_INPUT in arguments["paths"]:
            shutil.copyfileobj(sys.stdin.buffer, given)
        handed = _run(arguments, options, given)
    context.exit(hand_over(handed))


def _release() -> Path:
    """The dataset of the release in this folder; raises ReleaseError where there is none."""
    try:
        return Release.open(DEFAULT_OUT).dataset
    except ReleaseError as error:
        raise ReleaseError(f"{error}; or name files or folders to check") from error


def _run(
    arguments: dict[str, Any], options: dict[str, Any], standard_input: IO[bytes]
) -> dict[str, Any]:
    """Do the work; where a file kills it, do it without that file, of which nothing is known then.

    Raises WorkStoppedError where it dies of something else, and when all of that takes too long.
    """
    began = time.monotonic()
    allowed: float = options["timeout"]
    unreadable: dict[str, str] = {}
    while True:
        standard_input.seek(0)
        left = allowed - (time.monotonic() - began)
        try:
            return run_work(
                "warrantgraph.cli.validating:run",
                {**arguments, "unreadable": list(unreadable.items())},
                {**options, "timeout": max(left, 0.0)},
                standard_input,
            )
        except TimeLimitError as error:
            raise TimeLimitError(allowed, error.step) from error
        except (MemoryLimitError, WorkCrashedError) as error:
            file = error.step.removeprefix(READING)
            if file == error.step or file in unreadable:
                raise
            unreadable[file] = _reason(error)


def _reason(error: MemoryLimitError | WorkCrashedError) -> str:
    if isinstance(error, WorkCrashedError):
        return f"this file cannot be read: {error.reason}"
    return "this file needs more memory than there may be used"
