"""`warrantgraph build`: make a release from the sources."""

from __future__ import annotations

import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warrantgraph.cli.inputs import authority_option, sources_option
from warrantgraph.cli.progress import show_step
from warrantgraph.freshness import ensure_release, fingerprint, record
from warrantgraph.resources import Inputs

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from warrantgraph.release import Release

__all__ = ["DEFAULT_OUT", "build", "built_release", "show_release"]

DEFAULT_OUT = Path("release")
"""Where releases are kept unless a command says otherwise."""


@click.command(epilog="Example: warrantgraph build --out release")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    help="Folder that keeps the releases.",
)
@sources_option
@authority_option
@click.option(
    "--drafts",
    is_flag=True,
    help="Add the drafts that nobody has reviewed, in graphs of their own.",
)
def build(out: Path, sources: Path, authority: Path, drafts: bool) -> None:
    """Build, validate and write a release of the graph.

    On any error the previous release stays as it is. Exit code 1: the graph breaks a shape;
    3: a source is wrong, or the folder cannot be written. `serve --release` shows the release.
    """
    started = time.monotonic()
    inputs = Inputs(sources=sources, authority=authority, drafts=drafts)
    made_from = fingerprint(inputs)
    notes: list[str] = []
    release = _build(out, notes, inputs)
    record(out, release, made_from)
    show_release(release, notes, time.monotonic() - started)


def built_release(out: Path) -> Release:
    """The current release, built first if its inputs changed; prints what it holds."""
    started = time.monotonic()
    notes: list[str] = []
    release, built = ensure_release(out, lambda folder: _build(folder, notes))
    show_release(release, notes, time.monotonic() - started if built else None)
    return release


def show_release(release: Release, notes: Sequence[str], seconds: float | None = None) -> None:
    """Print what a release holds, and what was noted while it was built."""
    manifest = release.manifest
    counts, findings = manifest.counts, manifest.validation
    result = "conforms" if findings["conforms"] else "does not conform"
    how = f"built in {seconds:.1f} s" if seconds is not None else "up to date"
    drafts = f"  drafts      {counts['drafts']}\n" if "drafts" in counts else ""
    click.echo(
        f"Release {manifest.version} ({how}) in {release.folder}\n"
        f"  sources     {counts['sources']}\n"
        f"  claims      {counts['claims']} in {counts['passages']} passages\n"
        f"{drafts}"
        f"  triples     {counts['triples']} ({counts['quads']} quads in "
        f"{len(manifest.graphs)} graphs)\n"
        f"  validation  {result} to the shapes: {findings['violations']} violations, "
        f"{findings['warnings']} warnings, {findings['infos']} infos\n"
        + "".join(f"  {note}\n" for note in notes)
        + f"  versions    warrantgraph {manifest.software}, ontology {manifest.ontology}"
    )


def _build(out: Path, notes: list[str], inputs: Inputs | None = None) -> Release:
    from warrantgraph.build import build as build_release  # heavy: only when there is work

    return build_release(out, inputs, progress=_progress, announce=notes.append)


@contextmanager
def _progress(step: str) -> Generator[None]:
    """Show the running step on a terminal, and nothing elsewhere."""
    show_step(step)
    yield
    show_step("")
