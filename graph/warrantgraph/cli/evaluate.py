"""The verb `warrantgraph evaluate`: how well does an extractor find what texts state?"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from warrantgraph.evaluation.records import FactType
from warrantgraph.evaluation.requirements import Requirement, parse_requirement
from warrantgraph.reports.formats.visible import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.evaluation.report import Report
    from warrantgraph.extraction import Extractor

__all__ = ["evaluate"]

_EXTRACTORS: Final = {
    "chat": "warrantgraph.extraction.chat:ChatExtractor",
    "rules": "warrantgraph.extraction.running:RuleExtractor",
}
_SAMPLES: Final = 1000
_WIDTH: Final = 160
"""Columns of a table that is not on a terminal, so that no cell is broken."""


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
@click.argument("folder", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option(
    "--extractor",
    default="rules",
    show_default=True,
    metavar="NAME",
    help="What reads the texts: rules, chat, or a Python class as module:name.",
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
    "warrants.precision=0.9 or warrants.called-issued<=0; may be repeated.",
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
    requirements: tuple[Requirement, ...],
    format_name: str,
    **options: Any,  # noqa: ANN401 - handed on to the functions that need them
) -> None:
    """Score an extractor against the gold facts of the texts in a folder.

    GOLD_DIR holds texts, NN.txt, each with what it states, NN.json; docs/extraction-scores.md tells
    how they are compared. Exit code 0: scored; 1: a figure does not meet --require; 3: something
    could not be read.
    """
    if options["ablation"] and options["predictions"] is not None:
        raise click.UsageError("--ablation needs an extractor; leave out --predictions")
    report = _evaluate(**options)
    _show(report, format_name, per_document=options["per_document"])
    failures = _failures(report, requirements)
    for failure in failures:
        click.echo(f"Not met: {failure}", err=True)
    context.exit(1 if failures else 0)


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
        make=None if predictions is not None else _maker(extractor),
        predictions=predictions,
        written=None if write_predictions is None else (write_predictions, folder),
        ablation=ablation,
        mistakes=[FactType(each) for each in only or FactType] if errors or only or rule else None,
        rule=rule,
        samples=_SAMPLES,
    )


def _maker(name: str) -> Callable[..., Extractor]:
    """What makes the extractor; raises click.UsageError where there is none of that name."""
    module, colon, attribute = _EXTRACTORS.get(name, name).partition(":")
    if not colon or not module:
        raise click.BadParameter(
            f'there is no extractor "{name}"; write rules, chat or module:name',
            param_hint="--extractor",
        )
    try:
        made: object = getattr(import_module(module), attribute, None)
    except ModuleNotFoundError as error:
        if module.partition(".")[0] != "warrantgraph":
            raise click.BadParameter(f"{error}", param_hint="--extractor") from error
        raise click.UsageError(
            f"the extractor {name} needs {error.name}; install it with: "
            "pip install 'warrantgraph[extract]'"
        ) from error
    if not callable(made):
        raise click.BadParameter(f"{module} has no {attribute}", param_hint="--extractor")
    return cast("Callable[..., Extractor]", made)


def _show(report: Report, format_name: str, *, per_document: bool) -> None:
    if format_name == "json":
        from warrantgraph.evaluation.structured import report_as_json

        click.echo(json.dumps(report_as_json(report), ensure_ascii=True, indent=1))
        return
    from rich.console import Console

    from warrantgraph.evaluation.printing import print_report, report_as_markdown

    if format_name == "markdown":
        click.echo(report_as_markdown(report, per_document=per_document), nl=False)
        return
    width = None if sys.stdout.isatty() else _WIDTH
    print_report(Console(highlight=False, width=width), report, per_document=per_document)


def _failures(report: Report, requirements: tuple[Requirement, ...]) -> list[str]:
    from warrantgraph.evaluation.requirements import figures_of

    figures = figures_of(report.groups[0])
    found = (each.failure(figures) for each in requirements)
    return [harmless(failure) for failure in found if failure is not None]
