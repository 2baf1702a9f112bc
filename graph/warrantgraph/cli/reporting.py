"""Options that `validate` and `check` share, and what happens before and after their work.

The work itself runs in a process of its own, with bounds on time and memory: parsers, shapes and
reasoners may be fed by strangers. It hands back what is to be written and printed, so that nothing
is written before everything is known.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from functools import reduce
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from warrantgraph.amounts import parse_size, parse_span
from warrantgraph.bounded import Bounds, run_bounded
from warrantgraph.cli.changes import work_tree
from warrantgraph.cli.progress import show_step
from warrantgraph.engine.workers.opening import available_memory
from warrantgraph.errors import MissingFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMAT_NAMES", "hand_over", "report_options", "run_work"]

FORMAT_NAMES: Final = ("human", "json", "sarif", "junit", "github", "turtle", "html")
"""The formats of a report; held here too, so that `--help` need not load them."""

_SEVERITIES: Final = ("violation", "warning", "info")
_SHARE_OF_MEMORY: Final = 0.8


def _amount(parse: Callable[[str], float]) -> Callable[[str], float]:
    """Return a type of click's that reads a value with one of the functions of `amounts`."""

    def convert(value: str) -> float:
        try:
            return parse(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return convert


def _output(value: str) -> tuple[str, str]:
    name, separator, file = value.partition("=")
    if name not in FORMAT_NAMES or not separator or not file:
        formats = ", ".join(FORMAT_NAMES)
        raise click.BadParameter(f'"{value}" is not FORMAT=FILE with one of {formats}')
    return name, file


_OPTIONS: Final = (
    click.option(
        "--format",
        type=click.Choice(FORMAT_NAMES),
        default="human",
        show_default=True,
        help="Format of the report on standard output.",
    ),
    click.option(
        "--output",
        "outputs",
        type=_output,
        multiple=True,
        metavar="FORMAT=FILE",
        help="Write the report to this file as well, such as sarif=out.sarif; may be repeated.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(_SEVERITIES),
        default="violation",
        show_default=True,
        help="Exit with 1 if there is a finding of this severity, or a heavier one.",
    ),
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Accept the findings that this file lists; only others count.",
    ),
    click.option(
        "--write-baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write a baseline that accepts what is found now, and exit with 0.",
    ),
    click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=100,
        show_default=True,
        help="List at most so many findings of each shape or rule, 0 for all; counts stay true.",
    ),
    click.option(
        "--timeout",
        type=_amount(parse_span),
        metavar="SECONDS",
        default="600",
        show_default=True,
        help="Stop after so many seconds, with exit code 4.",
    ),
    click.option(
        "--memory-limit",
        type=_amount(parse_size),
        metavar="SIZE",
        show_default="80 % of the free memory",
        help="Memory to use at most, such as 2GiB; beyond it the exit code is 4.",
    ),
)


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that every report has; it gets them as `**options`."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


def run_work(
    target: str,
    arguments: Mapping[str, Any],
    options: Mapping[str, Any],
    standard_input: IO[bytes] | None = None,
) -> dict[str, Any]:
    """Do the work of a verb in a process of its own; return what it hands over.

    `options` are those of `report_options`, as click gives them.

    Raises WorkStoppedError when it does not come to its end; click's UsageError where two files to
    be written are one.
    """
    written = [Path(file).resolve() for _, file in options["outputs"]]
    if options["write_baseline"] is not None:
        written.append(options["write_baseline"].resolve())
    if len(set(written)) < len(written):
        raise click.UsageError("two of the files to be written are one and the same")
    memory = options["memory_limit"] or int(available_memory() * _SHARE_OF_MEMORY)
    bounds = Bounds(options["timeout"], int(memory))
    content = run_bounded(
        target,
        {**arguments, **_delivery(options)},
        bounds,
        on_step=show_step,
        standard_input=standard_input,
    )
    show_step("")
    return dict(json.loads(content))


def _delivery(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the work reads them, and how the terminal is."""
    folder = Path.cwd()
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    paths = {name: _text(options[name]) for name in ("baseline", "write_baseline")}
    return paths | {
        "format": options["format"],
        "outputs": options["outputs"],
        "fail_on": options["fail_on"],
        "limit": options["limit"],
        "colour": colour,
        "width": shutil.get_terminal_size().columns,
        "root": str(work_tree(folder) or folder),
    }


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def hand_over(handed: Mapping[str, Any]) -> int:
    """Write the files and print the rest, as the work handed it over; return the exit code.

    Raises MissingFileError when the folder of a file does not exist, and OSError when a file cannot
    be written otherwise; then nothing is printed.
    """
    for file, text in handed["files"]:
        _write(Path(file), text)
    _print(handed["printed"])
    if handed["error"]:
        click.echo(handed["error"], err=True)
    return int(handed["exit_code"])


def _print(text: str) -> None:
    """Print; who stops reading changes nothing of the exit code."""
    try:
        click.echo(text, nl=False, color=True)
    except BrokenPipeError:
        with open(os.devnull, "wb") as nowhere:  # what is left is flushed there at the end
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _write(file: Path, text: str) -> None:
    """Write a file at once, so that nobody reads half of it."""
    content = text.encode("utf-8", "backslashreplace")
    if file.exists() and not file.is_file():  # a pipe or a terminal
        file.write_bytes(content)
        return
    if not file.parent.is_dir():
        raise MissingFileError("cannot be written: there is no such folder", file=file)
    handle, name = tempfile.mkstemp(prefix=".partial-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as partial:
            partial.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
