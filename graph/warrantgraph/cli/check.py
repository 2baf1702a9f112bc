"""`warrantgraph check`: is the vocabulary sound, and does the data agree with it?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from warrantgraph.checks.gates import Gate, GateResult, list_gates
from warrantgraph.checks.vocabulary import read_vocabulary
from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.errors import ReleaseError
from warrantgraph.release import Release
from warrantgraph.resources import COMPETENCY, ONTOLOGY, SHAPES
from warrantgraph.validation.inputs import find_rdf_files
from warrantgraph.validation.reading import read_rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph

__all__ = ["check"]

_AT_ONCE = 2
"""Gates that run side by side: most of them wait for a Java of half a gigabyte."""

_OUTCOMES = {"passed": "passed", "failed": "FAILED", "not-run": "NOT RUN"}


@click.command(epilog="Example: warrantgraph check --data claims.ttl --require-all")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    help="RDF file or folder to check with the ontology; may be given again. Without it, the "
    "release in ./release, if there is one.",
)
@click.option("--require-all", is_flag=True, help="Exit with 4 if a gate could not run.")
@click.pass_context
def check(context: click.Context, data: tuple[Path, ...], require_all: bool) -> None:
    """Check the ontology: hygiene, guilt words, OWL 2 DL, consistency alone and with data.

    The reasoner's gates need Java; without it they are reported as NOT RUN. Exit code 0: every
    gate that ran passed; 1: a gate failed; 3: a file cannot be read; 4: with --require-all, a
    gate could not run.
    """
    graph, no_data = _read_data(data)
    gates = list_gates(read_vocabulary(ONTOLOGY, SHAPES), COMPETENCY, graph, no_data)
    results: list[GateResult] = []
    for result in _run(gates):
        for line in _lines(result):
            click.echo(line)
        results.append(result)
    context.exit(_summarize(results, require_all))


def _read_data(paths: Iterable[Path]) -> tuple[Graph | None, str]:
    """Return the graph of the files or of the current release, or why there is none."""
    files = [file for path in paths for file in find_rdf_files(path)]
    if not files:
        try:
            files = [Release.open(DEFAULT_OUT).dataset]
        except ReleaseError as error:
            return None, f"{error}, or name files with --data"
    return read_rdf(files).graph, ""


def _run(gates: Iterable[Gate]) -> Iterator[GateResult]:
    console = Console(stderr=True)
    with ThreadPoolExecutor(_AT_ONCE) as executor:
        for gate, future in [(gate, executor.submit(gate.run)) for gate in gates]:
            title = f"Checking {gate.name} ..."
            with console.status(title) if console.is_terminal else nullcontext():
                result = future.result()
            yield result


def _lines(result: GateResult) -> Iterator[str]:
    note = f" ({result.note})" if result.note else ""
    yield f"{_OUTCOMES[result.outcome]:8} {result.name}{note}"
    for finding in result.findings:
        yield f"    {finding.severity}: {finding}"


def _summarize(results: list[GateResult], require_all: bool) -> int:
    failed = sum(result.outcome == "failed" for result in results)
    not_run = sum(result.outcome == "not-run" for result in results)
    passed = len(results) - failed - not_run
    click.echo(f"Gates: {passed} passed, {failed} failed, {not_run} not run.")
    if not_run:
        click.echo("WARNING: where a gate did NOT RUN, nothing is known.", err=True)
    if failed:
        return 1
    return 4 if not_run and require_all else 0
