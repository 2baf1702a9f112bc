"""What changed between a release and the one that it took the place of.

```
<out>/changes/<version>/added.nq       lines of the new N-Quads that the old ones lack
<out>/changes/<version>/removed.nq     lines of the old N-Quads that the new ones lack
<out>/changes/<version>/changes.json   both versions, counts, and SHA-256 of each file
```

They lie beside the releases and not in them, since a release is made of its inputs alone, whatever
came before. Blank nodes have canonical names, which may change with the graph around them.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from warrantgraph.errors import ReleaseError
from warrantgraph.folders import partial_folder, put_in_place
from warrantgraph.manifest import ExportFile, read_files
from warrantgraph.packing import pack
from warrantgraph.release import CURRENT, Release, require_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = [
    "ADDED",
    "CHANGES_MANIFEST",
    "REMOVED",
    "Changes",
    "find_changes",
    "record_changes",
    "write_changes",
]

ADDED, REMOVED = "added.nq", "removed.nq"
"""Names of the two files."""

CHANGES_MANIFEST = "changes.json"
"""Name of the file that tells what the two are."""

_FOLDER = "changes"
_RDF_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

_Key = tuple[bytes, bytes, bytes, bytes]


@dataclass(frozen=True)
class Changes:
    """The folder of what changed, and what its `changes.json` says."""

    folder: Path
    previous: str
    """Version of the release before."""
    version: str
    counts: Mapping[str, int]
    """Lines: `added` and `removed`."""
    files: Mapping[str, ExportFile]

    def to_json(self) -> str:
        """The text of `changes.json`."""
        table = {name: value for name, value in vars(self).items() if name != "folder"}
        return json.dumps(table, default=vars, indent=2, sort_keys=True) + "\n"


def find_changes(release: Release) -> Changes | None:
    """What changed with a release, or None where it took no other's place.

    Raises:
        ReleaseError: files are missing, of another size, or about another release.
    """
    folder = release.folder.parent / _FOLDER / release.manifest.version
    manifest = folder / CHANGES_MANIFEST
    if not manifest.is_file():
        return None
    try:
        table: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        table["files"] = read_files(table["files"])
        changes = Changes(folder, **table)
        if changes.version != release.manifest.version or set(changes.files) != {ADDED, REMOVED}:
            raise ValueError("it is about something else")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"{manifest} cannot be read: {error}") from error
    require_files(folder, changes.files, "the list of changes")
    return changes


def record_changes(out: Path, release: Release) -> str:
    """Write what changes when a release becomes the current one of `out`; in words what that is.

    Where there is no sound release before, nothing is written, and the words say why.

    Raises:
        ReleaseError: the folder cannot be written.
    """
    current = out / CURRENT
    if not current.exists():
        return "changes     none: there was no release before"
    try:
        previous = Release.open(current)
        if previous.manifest.version == release.manifest.version:
            return "changes     none: the release before is the same"
        _require_its_content(previous)
    except ReleaseError as error:
        return f"changes     NOT LISTED: {error}"
    counts = write_changes(previous, release).counts
    return (
        f"changes     quads: {counts['added']} added, {counts['removed']} removed "
        f"since {previous.manifest.version}"
    )


def _require_its_content(release: Release) -> None:
    with release.dataset.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != release.manifest.files[release.dataset.name].sha256:
        raise ReleaseError(f"the release is damaged: {release.dataset} has other content")


def write_changes(previous: Release, release: Release) -> Changes:
    """Write what changed from one release to another, beside the latter; all of it or nothing.

    Raises:
        ReleaseError: the folder cannot be written, or N-Quads are not in the order of a release.
    """
    parent = release.folder.parent / _FOLDER
    folder = parent / release.manifest.version
    try:
        parent.mkdir(exist_ok=True)
        with partial_folder(parent) as partial:
            counts = _write_differences(previous.dataset, release.dataset, partial)
            contents = {
                name: ((partial / name).read_bytes(), "application/n-quads")
                for name in (ADDED, REMOVED)
            }
            files, packed = pack(contents)
            for name in packed.keys() - contents.keys():
                (partial / name).write_bytes(packed[name])
            changes = Changes(
                folder, previous.manifest.version, release.manifest.version, counts, files
            )
            (partial / CHANGES_MANIFEST).write_text(changes.to_json(), encoding="utf-8")
            put_in_place(partial, folder)
    except OSError as error:
        raise ReleaseError(f"cannot write to {folder}: {error.strerror}") from error
    return changes


def _write_differences(old: Path, new: Path, folder: Path) -> dict[str, int]:
    """Write the lines that are in one file only; neither file is ever whole in memory."""
    counts = {"added": 0, "removed": 0}
    both = heapq.merge(_lines(old, REMOVED), _lines(new, ADDED))
    with (folder / ADDED).open("wb") as added, (folder / REMOVED).open("wb") as removed:
        for _, group in groupby(both, key=lambda line: line[0]):
            (_, name, line), *same = group
            if not same:
                (added if name == ADDED else removed).write(line)
                counts["added" if name == ADDED else "removed"] += 1
    return counts


def _lines(file: Path, name: str) -> Iterator[tuple[_Key, str, bytes]]:
    """The lines of a release's N-Quads with the key of their order."""
    last: _Key | None = None
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            key = _key(line)
            if last is not None and key <= last:
                raise ReleaseError(f"{file}, line {number} is not in the order of a release")
            last = key
            yield key, name, line


def _key(line: bytes) -> _Key:
    """The place of a line: by graph, subject, predicate with `rdf:type` first, and object.

    Only an object can hold spaces, and every quad of a release is in a named graph.
    """
    subject, predicate, rest = line.split(b" ", 2)
    value, _, graph = rest.rstrip(b" .\n").rpartition(b" ")
    return graph, subject, b"" if predicate == _RDF_TYPE else predicate, value
