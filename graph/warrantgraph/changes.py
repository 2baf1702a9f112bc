"""What changed between the release before and this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from warrantgraph.release import ExportFile, Release

__all__ = ["Changes", "find_changes"]


@dataclass(frozen=True)
class Changes:
    """The files that tell the changes from one version to the next."""

    previous: str
    version: str
    folder: Path
    files: Mapping[str, ExportFile]


def find_changes(release: Release) -> Changes | None:
    """The changes that lead to a release; None when there is no release before it."""
    del release
    return None
