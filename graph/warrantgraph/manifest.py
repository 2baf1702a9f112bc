"""What a release holds, as its `manifest.json` has it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ExportFile", "Manifest", "SourceSummary", "Variant", "read_files", "sizes"]


@dataclass(frozen=True)
class SourceSummary:
    """What a release holds of one source."""

    slug: str
    title: str
    graph: str
    claims: int
    passages: int


@dataclass(frozen=True)
class Variant:
    """A file in a content coding, beside the file itself; `size` counts bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class ExportFile:
    """One file of a release; `size` counts bytes."""

    sha256: str
    size: int
    media_type: str
    variants: Mapping[str, Variant] = field(default_factory=dict[str, Variant])
    """By content coding (RFC 9110, 8.4.1): `gzip`, `zstd`."""

    @staticmethod
    def of(
        content: bytes, media_type: str, variants: Mapping[str, Variant] | None = None
    ) -> ExportFile:
        """Describe the content of a file."""
        return ExportFile(sha256(content).hexdigest(), len(content), media_type, variants or {})


def sizes(files: Mapping[str, ExportFile]) -> Iterator[tuple[str, int]]:
    """Name and size of each file and of each variant."""
    for name, file in files.items():
        yield name, file.size
        yield from ((variant.name, variant.size) for variant in file.variants.values())


def read_files(table: Mapping[str, Any]) -> dict[str, ExportFile]:
    """Read the files that a manifest lists, by name.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the table is not of this form, or a file
            lies outside its folder.
    """
    files: dict[str, ExportFile] = {}
    for name, file in table.items():
        listed: dict[str, Any] = file.get("variants", {})
        variants = {coding: Variant(**variant) for coding, variant in listed.items()}
        files[name] = ExportFile(file["sha256"], file["size"], file["media_type"], variants)
    if any(Path(name).name != name for name, _ in sizes(files)):
        raise ValueError("a file of a release lies in its folder")
    return files


_VERSION: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")
"""What can stand in a path and in a header."""


@dataclass(frozen=True)
class Manifest:
    """What a release holds."""

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
    def from_json(text: str | bytes) -> Manifest:
        """Read the text of a `manifest.json`.

        Raises:
            ReleaseError: it is not one.
        """
        try:
            table: dict[str, Any] = json.loads(text)
            if not _VERSION.fullmatch(table["version"]):
                raise ValueError(f"{table['version']!r} names no version")
            table["sources"] = tuple(SourceSummary(**source) for source in table["sources"])
            table["files"] = read_files(table["files"])
            return Manifest(**table)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReleaseError(f"the manifest cannot be read: {error}") from error
