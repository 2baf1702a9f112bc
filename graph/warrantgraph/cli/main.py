"""Assembles the command from its verbs and turns errors into sentences and exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EXIT_CODES", "exit_code", "main"]

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

_VERBS = ("build", "check", "evaluate", "export", "extract", "query", "review", "validate")
"""Verbs of this package: the command of that name in `warrantgraph.cli.<verb>`."""


class _Verbs(click.Group):
    """Loads a verb when it is asked for, so that each starts with only what it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_VERBS, *_plugins()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _VERBS:
            command = getattr(import_module(f"warrantgraph.cli.{cmd_name}"), cmd_name)
        elif plugin := _plugins().get(cmd_name):
            try:
                command = plugin.load()
            except ModuleNotFoundError as error:
                raise click.UsageError(
                    f"{cmd_name} needs {error.name}; install it with: "
                    "pip install 'warrantgraph[server]'"
                ) from error
        else:
            return None
        return command if isinstance(command, click.Command) else None


def _plugins() -> dict[str, EntryPoint]:
    """Verbs that other packages add: the server adds `serve`."""
    return {point.name: point for point in entry_points(group="warrantgraph.commands")}


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: warrantgraph build && warrantgraph query 'SELECT * { ?s ?p ?o } LIMIT 5'",
)
@click.version_option(__version__, prog_name="warrantgraph")
def _warrantgraph() -> None:
    """From news and court documents to a graph in which every statement has its words."""


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error of the table.

    >>> exit_code(InputError("there is no such file"))
    3
    """
    return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; no error that a user can meet shows a traceback.

    Raises:
        SystemExit: always, with the exit code.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever started it closed it
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
    try:
        code = _warrantgraph(arguments, standalone_mode=False, prog_name="warrantgraph")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has enough; nothing is wrong
        sys.exit(0)
    except tuple(EXIT_CODES) as error:
        from warrantgraph.reports.formats.visible import harmless  # not in each start

        click.echo(harmless(f"Error: {error}"), err=True)
        sys.exit(exit_code(error))
    sys.exit(code if isinstance(code, int) else 0)
