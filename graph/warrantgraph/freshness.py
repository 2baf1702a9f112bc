"""Tells whether a release is up to date with what it was made from; light to import.

Beside the releases, `inputs.json` keeps the fingerprint of the files that the current one was made
from. Serving needs no build, and none of the libraries of one, while that fingerprint holds.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph import __version__
from warrantgraph.errors import ReleaseError
from warrantgraph.release import Release
from warrantgraph.resources import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ensure_release", "fingerprint", "record"]

_FILE = "inputs.json"
_PACKAGE = Path(__file__).parent


def fingerprint(inputs: Inputs) -> str:
    """SHA-256 over the names and bytes of everything that a build reads, and of its code."""
    digest = sha256(f"{__version__}{' with drafts' if inputs.drafts else ''}".encode())
    for folder in (inputs.authority, inputs.ontology, inputs.shapes, inputs.sources, _PACKAGE):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def record(out: Path, release: Release, made_from: str) -> None:
    """Note the fingerprint of the inputs that the current release was made from."""
    note = {"fingerprint": made_from, "version": release.manifest.version}
    try:
        (out / _FILE).write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ReleaseError(f"cannot write to {out}: {error.strerror}") from error


def ensure_release(
    out: Path, build: Callable[[Path], Release], inputs: Inputs | None = None
) -> tuple[Release, bool]:
    """The current release of `out`, built first where it is missing or its inputs changed.

    Returns the release and whether it was built now.

    Raises:
        What `build` raises.
    """
    made_from = fingerprint(inputs or Inputs())
    try:
        note = json.loads((out / _FILE).read_text(encoding="utf-8"))
        release = Release.open(out)
        if note == {"fingerprint": made_from, "version": release.manifest.version}:
            return release, False
    except (OSError, ValueError, ReleaseError):
        pass  # missing or damaged: build it
    release = build(out)
    record(out, release, made_from)
    return release, True
