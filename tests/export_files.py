"""Describes the files of a release as the build does, for releases that tests make up."""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import TYPE_CHECKING

from warrantgraph.release import ExportFile, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["export_files"]

MEDIA_TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "txt": "text/plain",
}


def export_files(
    contents: Mapping[str, bytes],
) -> tuple[dict[str, ExportFile], dict[str, bytes]]:
    """The descriptions of files, and the contents of their variants; `digits.txt` has none."""
    files: dict[str, ExportFile] = {}
    compressed: dict[str, bytes] = {}
    for name, content in contents.items():
        variants: dict[str, Variant] = {}
        if name != "digits.txt":
            for coding, extension, variant in (
                ("gzip", "gz", gzip.compress(content, mtime=0)),
                ("zstd", "zst", stored(content)),
            ):
                of_it = f"{name}.{extension}"
                compressed[of_it] = variant
                variants[coding] = Variant(of_it, sha256(variant).hexdigest(), len(variant))
        files[name] = ExportFile(
            sha256(content).hexdigest(),
            len(content),
            MEDIA_TYPES[name.rpartition(".")[2]],
            variants,
        )
    return files, compressed


def stored(content: bytes) -> bytes:
    """A frame of Zstandard with one block that is not compressed (RFC 8878, 3.1.1)."""
    size = len(content).to_bytes(4, "little")
    block = (len(content) << 3 | 1).to_bytes(3, "little")
    return b"\x28\xb5\x2f\xfd\xa0" + size + block + content
