"""`warrantgraph check`: are vocabulary and sources sound, and does the data agree with them?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console

from warrantgraph.checks.gate import Gate, GateResult, Subjects
from warrantgraph.checks.gates import list_gates
from warrantgraph.checks.vocabulary import read_vocabulary
from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.errors import ReleaseError
from warrantgraph.release import Release
from warrantgraph.reports import GateOutcome, Report, Severity, about
from warrantgraph.resources import ONTOLOGY, SHAPES, SOURCES
from warrantgraph.validation import find_inputs, read_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph

__all__ = ["GATE_NAMES", "check"]

GATE_NAMES: Final = (
    "labels",
    "definitions",
    "hygiene",
    "layout",
    "competency coverage",
    "guilt words in the vocabulary",
    "guilt words in the data",
    "quotes of the sources",
    "quotes of the data",
    "OWL 2 DL profile",
    "consistency of the ontology",
    "consistency with schemes",
    "consistency with data",
)
"""The gates, in order; held here too, so that `--help` need not load them."""

_AT_ONCE = 2
"""Gates that run side by side: most of them wait for a Java of half a gigabyte."""

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(epilog="Example: warrantgraph check --data claims.ttl --require-all")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    help="RDF file or folder to check with the ontology; may be given again. Without it, the "
    "release in ./release, if there is one.",
)
@click.option(
    "--ontology",
    type=_FOLDER,
    default=ONTOLOGY,
    help="Folder of the ontology, its schemes and its questions; the project's own if left out.",
)
@click.option(
    "--shapes",
    type=_FOLDER,
    default=SHAPES,
    help="Folder of the shapes; the project's own if left out.",
)
@click.option(
    "--sources",
    type=_FOLDER,
    default=SOURCES,
    help="Folder of the sources, one folder each; the project's own if left out.",
)
@click.option(
    "--gate",
    "wanted",
    type=click.Choice(GATE_NAMES),
    multiple=True,
    metavar="NAME",
    help="Run this gate alone, such as labels; may be given again.",
)
@click.option("--require-all", is_flag=True, help="Exit with 4 if a gate could not run.")
@click.pass_context
def check(
    context: click.Context,
    data: tuple[Path, ...],
    ontology: Path,
    shapes: Path,
    sources: Path,
    wanted: tuple[str, ...],
    require_all: bool,
) -> None:
    """Check ontology, sources and data: hygiene, guilt words, quotes, OWL 2 DL, consistency.

    The reasoner's gates need Java; without it, and where a reasoner gives up, they are reported
    as NOT RUN. Exit code 1: there are findings; 3: a file cannot be read; 4: with --require-all,
    a gate could not run.
    """
    graph, no_data = _read_data(data)
    vocabulary = read_vocabulary(ontology, shapes)
    subjects = Subjects(vocabulary, ontology / "competency", sources, graph, no_data)
    gates = [gate for gate in list_gates(subjects) if not wanted or gate.name in wanted]
    results: list[GateResult] = []
    for result in _run(gates):
        for line in _lines(result):
            click.echo(line)
        results.append(result)
    context.exit(_summarize(_report(results), require_all))


def _read_data(paths: Iterable[Path]) -> tuple[Graph | None, str]:
    """Return the graph of the files or of the current release, or why there is none."""
    inputs = [given for path in paths for given in find_inputs(path)]
    if not inputs:
        try:
            inputs = [*find_inputs(Release.open(DEFAULT_OUT).dataset)]
        except ReleaseError as error:
            return None, f"{error}, or name files with --data"
    return read_graph(inputs), ""


def _run(gates: Iterable[Gate]) -> Iterator[GateResult]:
    console = Console(stderr=True)
    with ThreadPoolExecutor(_AT_ONCE) as executor:
        for gate, future in [(gate, executor.submit(gate.run)) for gate in gates]:
            title = f"Checking {gate.name} ..."
            with console.status(title) if console.is_terminal else nullcontext():
                result = future.result()
            yield result


def _report(results: Iterable[GateResult]) -> Report:
    ended = list(results)
    report = Report.of(finding for result in ended for finding in result.findings)
    return replace(report, gates=tuple(result.summary for result in ended))


def _lines(result: GateResult) -> Iterator[str]:
    summary = result.summary
    outcome = str(summary.outcome)
    shown = outcome if summary.outcome == GateOutcome.PASSED else outcome.upper()
    yield f"{shown:8} {summary.name}{f' ({summary.note})' if summary.note else ''}"
    for found in result.findings:
        parts = (str(found.place or ""), about(found), found.message)
        yield f"    {found.severity.lower()}: {': '.join(filter(None, parts))} [{found.rule}]"


def _summarize(report: Report, require_all: bool) -> int:
    outcomes = [gate.outcome for gate in report.gates]
    click.echo(
        "Gates: " + ", ".join(f"{outcomes.count(each)} {each}" for each in GateOutcome) + "."
    )
    not_run = GateOutcome.NOT_RUN in outcomes
    if not_run:
        click.echo("WARNING: where a gate did NOT RUN, nothing is known.", err=True)
    if report.fails(Severity.VIOLATION):
        return 1
    return 4 if not_run and require_all else 0
