"""A release: an immutable folder, named by its content, that everything else serves from.

```
<out>/<version>/warrantgraph.{trig,nq,ttl,nt,rdf,jsonld}
<out>/<version>/manifest.json     counts, and SHA-256 of each file
<out>/current                     link to the release that was built last
```
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warrantgraph.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CURRENT",
    "ExportFile",
    "Manifest",
    "Release",
    "SourceSummary",
    "make_room",
    "write_release",
]

CURRENT = "current"
"""Name of the link to the latest release."""

_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class SourceSummary:
    """What a release holds of one source."""

    slug: str
    title: str
    graph: str
    claims: int
    passages: int


@dataclass(frozen=True)
class ExportFile:
    """One file of a release; `size` counts bytes."""

    sha256: str
    size: int
    media_type: str

    @staticmethod
    def of(content: bytes, media_type: str) -> ExportFile:
        """Describe the content of a file."""
        return ExportFile(sha256(content).hexdigest(), len(content), media_type)


@dataclass(frozen=True)
class Manifest:
    """What a release holds, as `manifest.json` has it."""

    version: str
    software: str
    ontology: str
    counts: Mapping[str, int]
    sources: tuple[SourceSummary, ...]
    graphs: Mapping[str, int]
    files: Mapping[str, ExportFile]
    validation: Mapping[str, int | bool]

    def to_json(self) -> str:
        """The text of `manifest.json`; keys sorted, so that equal manifests are equal bytes."""
        return json.dumps(self, default=vars, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @staticmethod
    def from_json(text: str) -> Manifest:
        """Read the text of a `manifest.json`.

        Raises:
            ReleaseError: it is not one.
        """
        try:
            table: dict[str, Any] = json.loads(text)
            table["sources"] = tuple(SourceSummary(**source) for source in table["sources"])
            table["files"] = {name: ExportFile(**file) for name, file in table["files"].items()}
            if any(Path(name).name != name for name in table["files"]):
                raise ValueError("a file of a release lies in its folder")
            return Manifest(**table)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleaseError(f"the manifest cannot be read: {error}") from error


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
        manifest = Manifest.from_json(manifest_file.read_text(encoding="utf-8"))
        for name, file in manifest.files.items():
            path = candidate / name
            if not path.is_file() or path.stat().st_size != file.size:
                raise ReleaseError(f"the release is damaged: {path} is not as its manifest says")
        return Release(candidate.resolve(), manifest)

    @property
    def written(self) -> float:
        """When the release was written, in seconds since 1970."""
        return (self.folder / _MANIFEST).stat().st_mtime

    @property
    def dataset(self) -> Path:
        """The file that an engine loads."""
        return self.folder / "warrantgraph.nq"


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


def write_release(out: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> Release:
    """Write a release and make it the current one; all of it or nothing.

    Raises:
        ReleaseError: the folder cannot be written.
    """
    folder = out / manifest.version
    try:
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=out))
        try:
            for name, content in contents.items():
                (partial / name).write_bytes(content)
            (partial / _MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
            partial.chmod(0o755)
            _put_in_place(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        _make_current(out, manifest.version)
    except OSError as error:
        raise ReleaseError(f"cannot write to {out}: {error.strerror}") from error
    return Release.open(folder)


def _put_in_place(partial: Path, folder: Path) -> None:
    """Rename the finished folder; one of the same name is the same content or damaged."""
    if folder.exists():
        try:
            if (folder / _MANIFEST).read_bytes() == (partial / _MANIFEST).read_bytes():
                Release.open(folder)
                return
        except (OSError, ReleaseError):
            pass
        damaged = Path(tempfile.mkdtemp(prefix=".replaced-", dir=folder.parent))
        folder.rename(damaged / folder.name)
        shutil.rmtree(damaged, ignore_errors=True)
    partial.rename(folder)


def _make_current(out: Path, version: str) -> None:
    """Point the link at a release, in one step that no reader sees half done."""
    link = out / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(version, target_is_directory=True)
    link.replace(out / CURRENT)
