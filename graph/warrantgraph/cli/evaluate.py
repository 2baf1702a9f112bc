"""The verb `warrantgraph evaluate`: how well does an extractor find what texts state?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from warrantgraph.cli.extractors import find_extractor
from warrantgraph.evaluation.records import FactType
from warrantgraph.evaluation.requirements import Requirement, parse_requirement
from warrantgraph.reports.formats.visible import harmless
from warrantgraph.resources import AUTHORITY

if TYPE_CHECKING:
    from warrantgraph.evaluation.coverage.comparing import Coverage
    from warrantgraph.evaluation.report import Report

__all__ = ["evaluate"]

_SAMPLES: Final = 1000
_WIDTH: Final = 160
"""Columns of a table that is not on a terminal, so that no cell is broken."""

_OF_GOLD: Final = (
    *("predictions", "write_predictions", "documents", "leave_out", "held_out", "groups"),
    *("errors", "only", "rule", "per_document", "ablation"),
)
"""Options that say nothing without GOLD_DIR."""


def _ids(_: click.Context, __: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    """Ids that are given one by one, or several with commas between them."""
    parts = (part.strip() for each in written for part in each.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _requirement(written: str) -> Requirement:
    try:
        return parse_requirement(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _group(written: str) -> tuple[str, tuple[str, ...]]:
    name, equals, ids = written.partition("=")
    found = tuple(each.strip() for each in ids.split(",") if each.strip())
    if not name or not equals or not found:
        raise click.BadParameter(f'"{written}" is not NAME=ID,ID')
    return name, found


@click.command(epilog="Example: warrantgraph evaluate gold/ --errors --only warrants --document 05")
@click.argument(
    "folder", type=click.Path(path_type=Path), metavar="[GOLD_DIR]", required=False, default=None
)
@click.option(
    "--curated",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Tell how many of the claims of this curated source the extractor would have drafted.",
)
@click.option(
    "--extractor",
    default="rules",
    show_default=True,
    metavar="NAME",
    help="What reads the texts: rules, chat, or a Python class as module:name.",
)
@click.option(
    "--authority",
    type=click.Path(file_okay=False, path_type=Path),
    default=AUTHORITY,
    help="Folder of the shared entities of --curated; the project's own if left out.",
)
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Score NN.json of another system instead, written as the gold is.",
)
@click.option(
    "--write-predictions",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write what was found, as NN.json in the schema of the gold.",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    callback=_ids,
    metavar="ID,ID",
    help="Score these texts only.",
)
@click.option(
    "--leave-out",
    multiple=True,
    callback=_ids,
    metavar="ID,ID",
    help="Leave these texts out; their files are not even opened.",
)
@click.option(
    "--held-out",
    multiple=True,
    callback=_ids,
    metavar="ID,ID",
    help="Compare these texts with the others; nothing else is told of them.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    type=_group,
    metavar="NAME=ID,ID",
    help="Give figures for these texts too; events and hard negatives are groups already.",
)
@click.option("--errors", is_flag=True, help="List what was missed, invented and got wrong.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([str(each) for each in FactType]),
    help="List the errors of this type of fact only; may be repeated.",
)
@click.option("--rule", default="", metavar="NAME", help="List the errors of these rules only.")
@click.option("--per-document", is_flag=True, help="Give counts for each text.")
@click.option(
    "--ablation",
    type=click.Choice(["families", "rules"]),
    help="Switch off each rule, or family of rules, in turn, and say what it brings.",
)
@click.option(
    "--require",
    "requirements",
    multiple=True,
    type=_requirement,
    metavar="FIGURE=NUMBER",
    help="Exit with 1 if this figure of all texts is lower, or with <= if it is higher, such as "
    "warrants.precision=0.9, warrants.called-issued<=0 or coverage.covered=0.5; may be repeated.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="Format of the report on standard output.",
)
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    folder: Path | None,
    curated: Path | None,
    authority: Path,
    requirements: tuple[Requirement, ...],
    format_name: str,
    **options: Any,  # noqa: ANN401 - handed on to the functions that need them
) -> None:
    """Score an extractor against the gold facts of texts, or against curated claims.

    GOLD_DIR holds texts, NN.txt, each with what it states, NN.json; docs/extraction-scores.md tells
    how they are compared. Exit code 0: scored; 1: a figure does not meet --require; 3: something
    could not be read, or the extractor gave up.
    """
    _check_usage(folder, curated, options)
    coverage = None if curated is None else _cover(curated, authority, options["extractor"])
    report = None if folder is None else _evaluate(folder=folder, **options)
    _show(report, coverage, format_name, per_document=options["per_document"])
    failures = _failures(report, coverage, requirements)
    for failure in failures:
        click.echo(f"Not met: {failure}", err=True)
    context.exit(1 if failures else 0)


def _check_usage(folder: Path | None, curated: Path | None, options: dict[str, Any]) -> None:
    if folder is None and curated is None:
        raise click.UsageError("give GOLD_DIR, or a curated source: --curated FOLDER")
    if folder is None and (unused := [name for name in _OF_GOLD if options[name]]):
        option = {"documents": "document", "groups": "group"}.get(unused[0], unused[0])
        raise click.UsageError(f"--{option.replace('_', '-')} is about GOLD_DIR; give it as well")
    if options["ablation"] and options["predictions"] is not None:
        raise click.UsageError("--ablation needs an extractor; leave out --predictions")


def _cover(curated: Path, folder: Path, name: str) -> Coverage:
    from warrantgraph.authority import read_authority

    make = find_extractor(name)
    authority = read_authority(folder)
    extractor = make(authority) if name == "rules" else make()
    from warrantgraph.evaluation.coverage import measure_coverage

    return measure_coverage(curated, extractor, authority, folder)


def _evaluate(
    *,
    folder: Path,
    extractor: str,
    predictions: Path | None,
    write_predictions: Path | None,
    ablation: str | None,
    errors: bool,
    only: tuple[str, ...],
    rule: str,
    **options: Any,  # noqa: ANN401 - those that choose texts
) -> Report:
    from warrantgraph.evaluation.evaluating import Selection, evaluate_texts, read_selection

    selection = Selection(
        documents=options["documents"],
        left_out=options["leave_out"],
        held_out=options["held_out"],
        groups=dict(options["groups"]),
    )
    texts = read_selection(folder, selection)
    return evaluate_texts(
        texts,
        selection,
        make=None if predictions is not None else find_extractor(extractor),
        predictions=predictions,
        written=None if write_predictions is None else (write_predictions, folder),
        ablation=ablation,
        mistakes=[FactType(each) for each in only or FactType] if errors or only or rule else None,
        rule=rule,
        samples=_SAMPLES,
    )


def _show(
    report: Report | None, coverage: Coverage | None, format_name: str, *, per_document: bool
) -> None:
    from warrantgraph.evaluation.coverage.showing import (
        coverage_as_json,
        coverage_as_markdown,
        print_coverage,
    )
    from warrantgraph.evaluation.printing import print_report, report_as_markdown
    from warrantgraph.evaluation.structured import report_as_json

    if format_name == "json":
        found: dict[str, Any] = {} if report is None else report_as_json(report)
        if coverage is not None:
            found["coverage"] = coverage_as_json(coverage)
        click.echo(json.dumps(found, ensure_ascii=True, indent=1))
        return
    if format_name == "markdown":
        pages = [] if report is None else [report_as_markdown(report, per_document=per_document)]
        pages += [] if coverage is None else [coverage_as_markdown(coverage)]
        click.echo("\n".join(pages), nl=False)
        return
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(highlight=False, width=width)
    if report is not None:
        print_report(console, report, per_document=per_document)
    if report is not None and coverage is not None:
        console.print()
    if coverage is not None:
        print_coverage(console, coverage)


def _failures(
    report: Report | None, coverage: Coverage | None, requirements: tuple[Requirement, ...]
) -> list[str]:
    from warrantgraph.evaluation.requirements import figures_of

    figures = {} if report is None else figures_of(report.groups[0])
    figures |= {} if coverage is None else coverage.figures()
    found = (each.failure(figures) for each in requirements)
    return [harmless(failure) for failure in found if failure is not None]
