"""`warrantgraph export`: write the graph of a release in one format."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from warrantgraph.cli.build import DEFAULT_OUT
from warrantgraph.errors import ReleaseError
from warrantgraph.release import Release

__all__ = ["export"]

_FORMATS = ("jsonld", "nq", "nt", "rdf", "trig", "ttl", "void")


@click.command(epilog="Example: warrantgraph export --format ttl --output graph.ttl")
@click.option(
    "--format",
    "extension",
    type=click.Choice(_FORMATS),
    default="ttl",
    show_default=True,
    help="trig and nq keep the named graphs; void describes the release; the others hold the "
    "union of the asserted graphs.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; standard output if left out.",
)
@click.option(
    "--release",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    help="Folder of a release, or the folder that keeps them.",
)
def export(extension: str, output: Path | None, folder: Path) -> None:
    """Write the graph of the current release, or its description, in one format."""
    release = Release.open(folder)
    name = "void.ttl" if extension == "void" else f"warrantgraph.{extension}"
    if name not in release.manifest.files:
        raise ReleaseError(f"{release.folder} has no {name}; build it anew: warrantgraph build")
    with (release.folder / name).open("rb") as content:
        if output is None:
            shutil.copyfileobj(content, sys.stdout.buffer)
            return
        partial = output.with_name(f".{output.name}.partial")
        try:
            with partial.open("wb") as target:
                shutil.copyfileobj(content, target)
            partial.replace(output)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise ReleaseError(f"cannot write {output}: {error.strerror}") from error
