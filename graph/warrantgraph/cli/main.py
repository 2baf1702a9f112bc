"""Assembles the command from its verbs and turns errors into sentences and exit codes."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import click

from warrantgraph import __version__
from warrantgraph.errors import (
    InputError,
    QueryError,
    ReasonerError,
    ReleaseError,
    ValidationFailedError,
    WarrantgraphError,
)

__all__ = ["EXIT_CODES", "main", "warrantgraph"]

EXIT_CODES: dict[type[BaseException], int] = {
    ValidationFailedError: 1,
    QueryError: 3,
    InputError: 3,
    ReleaseError: 3,
    OSError: 3,
    ReasonerError: 4,
    WarrantgraphError: 4,
}
"""Exit code of each error; the first class that fits decides. 0 is success, 2 wrong usage."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="warrantgraph")
def warrantgraph() -> None:
    """From news and court documents to a graph in which every statement has its words.

    \b
    Example:
        warrantgraph build && warrantgraph serve
    """


def _add_verbs() -> None:
    for entry_point in sorted(entry_points(group="warrantgraph.commands"), key=lambda e: e.name):
        try:
            command = entry_point.load()
        except ModuleNotFoundError:
            continue  # the verb's optional dependencies are not installed
        warrantgraph.add_command(command)


def main() -> None:
    """Run the command; never shows a traceback for an error that a user can meet."""
    _add_verbs()
    try:
        warrantgraph(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except tuple(EXIT_CODES) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind)))
