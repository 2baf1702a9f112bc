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

__all__ = [
    "ExportFile",
    "Manifest",
    "SourceSummary",
    "Variant",
    "is_version",
    "listed",
    "read_files",
]


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


def listed(files: Mapping[str, ExportFile]) -> Iterator[Variant]:
    """Each file and each variant: its name, hash and size."""
    for name, file in files.items():
        yield Variant(name, file.sha256, file.size)
        yield from file.variants.values()


def read_files(table: Mapping[str, Any]) -> dict[str, ExportFile]:
    """Read the files that a manifest lists, by name.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the table is not of this form, or a file
            lies outside its folder.
    """
    files: dict[str, ExportFile] = {}
    for name, file in table.items():
        encoded: dict[str, Any] = file.get("variants", {})
        variants = {coding: Variant(**variant) for coding, variant in encoded.items()}
        files[name] = ExportFile(file["sha256"], file["size"], file["media_type"], variants)
        _require(str, file["media_type"])
    for each in listed(files):
        _require(str, each.sha256)
        _require(int, each.size)
        if Path(each.name).name != each.name:
            raise ValueError("a file of a release lies in its folder")
    return files


def _require(kind: type, *values: object) -> None:
    for value in values:
        if not isinstance(value, kind):
            raise TypeError(f"{value!r} is no {kind.__name__}")


_VERSION: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")
"""What can stand in a path and in a header."""


def is_version(text: str) -> bool:
    """Whether a text can be the version of a release, and the name of its folder.

    >>> is_version("e3b0c44298fc"), is_version("../etc"), is_version("..")
    (True, False, False)
    """
    return bool(_VERSION.fullmatch(text)) and not text.startswith(".")


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
            if not is_version(table["version"]):
                raise ValueError(f"{table['version']!r} names no version")
            for name in ("counts", "graphs", "validation"):
                _require(int, *table[name].values())
            _require(str, table["software"], table["ontology"])
            table["sources"] = tuple(SourceSummary(**source) for source in table["sources"])
            table["files"] = read_files(table["files"])
            return Manifest(**table)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReleaseError(f"the manifest cannot be read: {error}") from error
