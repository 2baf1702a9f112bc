"""A release: an immutable folder, named by its content, that everything else serves from.

```
<out>/<version>/warrantgraph.{trig,nq,ttl,nt,rdf,jsonld}   the exports; .gz and .zst beside each
<out>/<version>/SHA256SUMS        SHA-256 of each file but the manifest, for `sha256sum --check`
<out>/<version>/manifest.json     counts, and SHA-256 of each file
<out>/changes/<version>/          what is new in a release and what is gone: `warrantgraph.changes`
<out>/current                     link to the release that was built last
```
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph.errors import ReleaseError
from warrantgraph.folders import partial_folder, put_in_place
from warrantgraph.manifest import ExportFile, Manifest, SourceSummary, Variant, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "CURRENT",
    "ExportFile",
    "Manifest",
    "Release",
    "SourceSummary",
    "Variant",
    "content_version",
    "make_room",
    "require_files",
    "write_release",
]

CURRENT = "current"
"""Name of the link to the latest release."""

_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Release:
    """A release folder and its manifest."""

    folder: Path
    manifest: Manifest

    @staticmethod
    def open(folder: Path) -> Release:
        """Open a release folder, or the current release of an output folder.

        Raises:
            ReleaseError: there is none, or files of it are missing or of another size.
        """
        for candidate in (folder / CURRENT, folder):
            manifest_file = candidate / _MANIFEST
            if manifest_file.is_file():
                break
        else:
            raise ReleaseError(f"there is no release in {folder}; build one: warrantgraph build")
        manifest = Manifest.from_json(manifest_file.read_bytes())
        require_files(candidate, manifest.files)
        return Release(candidate.resolve(), manifest)

    def verify(self) -> None:
        """Compare the content of every file with the manifest.

        Raises:
            ReleaseError: one is not what the manifest says.
        """
        for each in listed(self.manifest.files):
            path = self.folder / each.name
            with path.open("rb") as content:
                if file_digest(content, "sha256").hexdigest() != each.sha256:
                    raise ReleaseError(f"the release is damaged: {path} has another content")

    @property
    def written(self) -> float:
        """When the release was written, in seconds since 1970."""
        return (self.folder / _MANIFEST).stat().st_mtime

    @property
    def dataset(self) -> Path:
        """The file that an engine loads."""
        return self.folder / "warrantgraph.nq"


def require_files(
    folder: Path, files: Mapping[str, ExportFile], whole: str = "the release"
) -> None:
    """Look whether the files and their variants are there, each of its size.

    Raises:
        ReleaseError: one is not.
    """
    for each in listed(files):
        path = folder / each.name
        if not path.is_file() or path.stat().st_size != each.size:
            raise ReleaseError(f"{whole} is damaged: {path} is not as its manifest says")


def content_version(nquads: bytes) -> str:
    """The name of a release: the start of the SHA-256 of its canonical N-Quads.

    >>> content_version(b"")
    'e3b0c44298fc'
    """
    return sha256(nquads).hexdigest()[:12]


def make_room(out: Path) -> None:
    """Make the folder that keeps releases, so that a build fails before its work and not after.

    Raises:
        ReleaseError: it cannot be made, or not be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        Path(tempfile.mkdtemp(prefix=".partial-", dir=out)).rmdir()
    except OSError as error:
        raise ReleaseError(f"cannot write to {out}: {error.strerror}") from error


def write_release(
    out: Path,
    manifest: Manifest,
    contents: Mapping[str, bytes],
    before_current: Callable[[Release], object] = bool,
) -> Release:
    """Write a release and make it the current one; all of it or nothing.

    `before_current` is given the release when it is in place and not yet the current one.

    Raises:
        ReleaseError: the folder cannot be written.
    """
    folder = out / manifest.version
    try:
        with partial_folder(out) as partial:
            for name, content in contents.items():
                (partial / name).write_bytes(content)
            (partial / _MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
            if not _is_same(partial, folder):
                put_in_place(partial, folder)
        before_current(Release.open(folder))
        _make_current(out, manifest.version)
    except OSError as error:
        raise ReleaseError(f"cannot write to {out}: {error.strerror}") from error
    return Release.open(folder)


def _is_same(partial: Path, folder: Path) -> bool:
    """Whether the release is there already, with the same manifest and undamaged."""
    try:
        if (folder / _MANIFEST).read_bytes() == (partial / _MANIFEST).read_bytes():
            Release.open(folder)
            return True
    except (OSError, ReleaseError):
        pass
    return False


def _make_current(out: Path, version: str) -> None:
    """Point the link at a release, in one step that no reader sees half done."""
    link = out / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(version, target_is_directory=True)
    link.replace(out / CURRENT)
