"""`warrantgraph check`: are vocabulary and sources sound, and does the data agree with them?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.cli.reporting import hand_over, report_options, run_work
from warrantgraph.errors import ReleaseError
from warrantgraph.release import Release
from warrantgraph.resources import ONTOLOGY, SHAPES, SOURCES

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

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


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
    "gates",
    type=click.Choice(GATE_NAMES),
    multiple=True,
    metavar="NAME",
    help="Run this gate alone, such as labels; may be given again.",
)
@click.option("--require-all", is_flag=True, help="Exit with 4 if a gate could not run.")
@report_options
@click.pass_context
def check(
    context: click.Context,
    /,
    data: tuple[Path, ...],
    ontology: Path,
    shapes: Path,
    sources: Path,
    gates: tuple[str, ...],
    require_all: bool,
    **options: Any,  # noqa: ANN401 - those of `report_options`
) -> None:
    """Check ontology, sources and data: hygiene, guilt words, quotes, OWL 2 DL, consistency.

    The reasoner's gates need Java; without it, and where a reasoner gives up, they are reported
    as not run. Exit code 0: no finding that --fail-on asks for; 1: there are; 3: a file cannot be
    read; 4: with --require-all, a gate could not run, or the work could not be done.
    """
    paths, no_data = (data, "") if data else _released()
    arguments = {
        "data": [str(path) for path in paths],
        "no_data": no_data,
        "ontology": str(ontology),
        "shapes": str(shapes),
        "sources": str(sources),
        "gates": gates,
        "require_all": require_all,
    }
    context.exit(hand_over(run_work("warrantgraph.cli.checking:run", arguments, options)))


def _released() -> tuple[tuple[Path, ...], str]:
    """The data of the current release, or why there are none."""
    try:
        return (Release.open(DEFAULT_OUT).dataset,), ""
    except ReleaseError as error:
        return (), f"{error}, or name files with --data"
