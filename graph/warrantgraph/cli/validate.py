"""The verb `warrantgraph validate`: do RDF files hold what always holds?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rdflib import RDF, SH, Graph, URIRef

from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.errors import InputError
from warrantgraph.namespaces import compact
from warrantgraph.reasoning.inference import infer
from warrantgraph.release import Release
from warrantgraph.reports import Finding, Severity, shorten
from warrantgraph.validation import RdfInput, find_rdf_files, load_shapes, read_rdf
from warrantgraph.validation import (
    validate as validate_graph,
)
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["validate"]

_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_ELSEWHERE = "(in no file)"
"""Heading of findings about nodes that no file speaks of, such as concepts of our schemes."""


@click.command(epilog="Example: warrantgraph validate data/ --fail-on warning")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--shapes",
    "shape_paths",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Shapes to use instead of ours: a file or folder; may be repeated.",
)
@click.option(
    "--no-ontology",
    is_flag=True,
    help="Leave out our ontology and schemes, and the types that follow from them.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.lower() for severity in Severity]),
    default=Severity.VIOLATION.lower(),
    show_default=True,
    help="Exit with 1 if there is a finding of this severity, or a heavier one.",
)
@click.pass_context
def validate(
    context: click.Context,
    paths: tuple[Path, ...],
    shape_paths: tuple[Path, ...],
    no_ontology: bool,
    fail_on: str,
) -> None:
    """Check RDF files, or all in a folder, against the shapes; without PATH, the release.

    The files are read as one graph, so that one may speak of what another says. Exit code 1:
    there are findings; 3: a file could not be read.
    """
    files = _files(paths) if paths else (Release.open(DEFAULT_OUT).dataset,)
    shapes = _shapes(shape_paths) if shape_paths else load_shapes()
    data = read_rdf(files)
    report = validate_graph(data.graph if no_ontology else _with_ontology(data.graph), shapes)
    _print_by_file(report, data)
    click.echo(f"{report.summary} in {_count(files)}, {len(data.graph):,} triples")
    if report.at_least(Severity(fail_on.capitalize())):
        context.exit(1)


def _files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of all paths, each once, in the order given."""
    return tuple(dict.fromkeys(file for path in paths for file in find_rdf_files(path)))


def _shapes(paths: Iterable[Path]) -> Graph:
    files = _files(paths)
    shapes = read_rdf(files).graph
    kinds = (SH.NodeShape, SH.PropertyShape)
    if not any((None, RDF.type, kind) in shapes for kind in kinds):
        # Without this, data of any kind would conform to a file named by mistake.
        raise InputError("there are no SHACL shapes", file=files[0])
    return shapes


def _with_ontology(data: Graph) -> Graph:
    """Return the data, our vocabulary and what follows from both.

    Where the data hold a copy of our vocabulary, perhaps of another version, ours counts.
    """
    ontology, asserted = read_ontology(), read_schemes()
    terms = {*ontology.subjects(), *asserted.subjects()}
    for triple in data:
        if triple[0] not in terms:
            asserted.add(triple)
    return asserted + ontology + infer(asserted, ontology)


def _print_by_file(findings: Iterable[Finding], data: RdfInput) -> None:
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        file = data.file_of(finding.focus_node, finding.value)
        by_file.setdefault(_ELSEWHERE if file is None else str(file), []).append(finding)
    for heading, in_file in sorted(by_file.items()):
        click.secho(heading, bold=True)
        for finding in in_file:
            click.echo(_describe(finding))
        click.echo()


def _describe(finding: Finding) -> str:
    severity = click.style(f"{finding.severity.lower():9}", fg=_COLOURS[finding.severity])
    where = " ".join(
        filter(None, (shorten(finding.focus_node or URIRef("")), str(finding.path or "")))
    )
    value = "" if finding.value in (None, finding.focus_node) else f" {shorten(finding.value)}"
    what = f"{finding.message} [{compact(finding.rule)}]"
    return f"  {severity}  {where}{value}\n{'':13}{what}"


def _count(files: tuple[Path, ...]) -> str:
    return f"{len(files):,} file{'' if len(files) == 1 else 's'}"
