"""The verb `warrantgraph query`: one question to the release, or to any RDF files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.cli.table import print_table
from warrantgraph.engine import (
    BOOLEAN_FORMATS,
    FORMATS,
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    AnswerFormats,
    EmbeddedEngine,
    QueryForm,
)
from warrantgraph.errors import MissingFileError, QuerySyntaxError, ServiceRefusedError
from warrantgraph.namespaces import PREFIXES
from warrantgraph.release import Release

if TYPE_CHECKING:
    from warrantgraph.engine import Answer

__all__ = ["query"]

_STANDARD_INPUT = "-"
_Number = TypeVar("_Number", int, int | None)


@click.command(
    no_args_is_help=True,
    epilog="Example: warrantgraph query 'SELECT ?who WHERE { ?who a wg:Person }' --format csv",
)
@click.argument("text", required=False, metavar="[QUERY]")
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="Read the query from this file."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Ask this RDF file instead of the release; may be repeated.",
)
@click.option(
    "--release",
    type=click.Path(path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    metavar="DIR",
    help="The release to ask.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", *FORMATS]),
    help="Default: a table on a terminal, CSV elsewhere; Turtle for graphs, yes or no for ASK.",
)
def query(
    text: str | None,
    file: Path | None,
    data: tuple[Path, ...],
    release: Path,
    format_name: str | None,
) -> None:
    """Ask the graph a SPARQL query; `-` reads it from standard input.

    The prefixes of the project (wg:, person:, claim: …) need not be declared.
    """
    if (text is None) == (file is None):
        raise click.UsageError("give either a query, or --file with one")
    source = _read(text, file)
    asked, added = _with_prefixes(source)
    tabular = sys.stdout.isatty() if format_name is None else format_name == "table"
    engine = _engine(data, release)
    try:
        with engine.evaluate(asked, formats=_formats(format_name, tabular=tabular)) as answer:
            _print(answer, tabular=tabular, readable=format_name in (None, "table"))
    except QuerySyntaxError as error:
        place = _place(error.line, error.column, added)
        raise QuerySyntaxError(error.message, line=place[0], column=place[1]) from None
    except ServiceRefusedError as error:
        line, column = _place(error.line, error.column, added)
        raise ServiceRefusedError(line=line, column=column) from None
    finally:
        engine.close()


def _read(text: str | None, file: Path | None) -> str:
    if file is not None:
        if not file.is_file():
            raise MissingFileError("no such file", file=file)
        # Windows editors begin a file with a byte order mark, which is not SPARQL.
        return file.read_text(encoding="utf-8-sig")
    return sys.stdin.read() if text == _STANDARD_INPUT else str(text)


def _engine(data: tuple[Path, ...], release: Path) -> EmbeddedEngine:
    if data:
        return EmbeddedEngine.load(data)
    return EmbeddedEngine.load([Release.open(release).dataset], union_default_graph=True)


def _with_prefixes(text: str) -> tuple[str, int]:
    """Declare the project's prefixes before the query, in its first line, and how long that is.

    Its own declarations come later, so that they win.
    """
    declarations = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    return declarations + text, len(declarations)


def _place(line: _Number, column: _Number, added: int) -> tuple[_Number, _Number]:
    """A place in the text that the user wrote, which follows `added` characters of ours."""
    if line == 1 and column is not None:
        return line, max(1, column - added)
    return line, column


def _formats(name: str | None, *, tabular: bool) -> AnswerFormats:
    """The formats to ask for: a named one wherever it fits, and nowhere else."""
    if name is None or name == "table":
        solutions = SOLUTION_FORMATS["json" if tabular else "csv"]
        return AnswerFormats(solutions=solutions)
    return AnswerFormats(
        SOLUTION_FORMATS.get(name), BOOLEAN_FORMATS.get(name), GRAPH_FORMATS.get(name)
    )


def _print(answer: Answer, *, tabular: bool, readable: bool) -> None:
    if answer.form is QueryForm.ASK and readable:
        click.echo("yes" if b"true" in answer.read() else "no")
    elif answer.form is QueryForm.SELECT and tabular:
        print_table(answer.read())
    else:
        output = sys.stdout.buffer
        for chunk in answer.chunks:
            output.write(chunk)
        output.flush()
