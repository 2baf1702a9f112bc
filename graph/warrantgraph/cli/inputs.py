"""The options that say where sources and shared entities are, for the verbs that read both."""

from __future__ import annotations

from pathlib import Path

import click

from warrantgraph.resources import AUTHORITY, SOURCES

__all__ = ["authority_option", "sources_option"]

sources_option = click.option(
    "--sources",
    type=click.Path(file_okay=False, path_type=Path),
    default=SOURCES,
    help="Folder of the sources, one folder each; the project's own if left out.",
)

authority_option = click.option(
    "--authority",
    type=click.Path(file_okay=False, path_type=Path),
    default=AUTHORITY,
    help="Folder of the shared entities; the project's own if left out.",
)
