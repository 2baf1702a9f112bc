"""The command behind `make conformance`."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pyoxigraph

from conformance.earl import write_earl
from conformance.manifest import find_suites, read_cases
from conformance.reasons import REASONS, find_faults, read_reasons
from conformance.run import run_cases
from conformance.shacl import find_shacl_suite, judge_shacl, read_shacl
from conformance.table import summary, write_table
from warrantgraph import __version__

__all__ = ["main"]

_ROOT = Path(__file__).parents[2]
_EARL = _ROOT / "build/conformance/earl.ttl"
_TABLE = _ROOT / "docs/conformance.md"


@click.command()
@click.argument("suite", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", default="", help="Run the tests whose name holds this, and write nothing.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=min(4, 1 + (os.cpu_count() or 1)),
    show_default=True,
    help="Processes that run servers and ask them.",
)
def main(suite: Path, only: str, processes: int) -> None:
    """Run W3C's SPARQL test suites under SUITE against the server; its SHACL suites too."""
    suites, shacl = find_suites(suite), find_shacl_suite(suite)
    if not suites and not shacl:
        raise click.UsageError(f"{suite} holds none of W3C's test suites")
    cases = [case for case in read_cases(suites) if only in case.key]
    shacl_cases = [case for case in read_shacl(shacl) if only in case.key] if shacl else []
    verdicts = run_cases(cases, processes) if cases else {}
    verdicts |= {case.key: judge_shacl(case) for case in shacl_cases}
    is_partial = bool(only) or not (suites and shacl)
    reasons = read_reasons(REASONS.read_text(encoding="utf-8"))
    if not is_partial:
        _EARL.parent.mkdir(parents=True, exist_ok=True)
        outcomes = [(case.iri, verdicts[case.key]) for case in [*cases, *shacl_cases]]
        report = write_earl(outcomes, __version__)
        _EARL.write_text(report, encoding="utf-8")
        engines = (pyoxigraph.__version__, version("pyshacl"))
        table = write_table([*cases, *shacl_cases], verdicts, reasons, *engines)
        _TABLE.write_text(table, encoding="utf-8")
    for line in summary([*cases, *shacl_cases], verdicts):
        click.echo(line)
    faults = find_faults(verdicts, reasons, is_partial=is_partial)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
