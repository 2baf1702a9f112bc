"""Packs the files of a release: each beside its encoded variants, all in one list of checksums.

A server sends a variant as it lies there, so that no request waits for a compressor, and a client
that downloads with `curl` gets the small one. The bytes depend on nothing but the content and the
compressors: neither name nor time of a file is in them.
"""

from __future__ import annotations

import gzip
import io
import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

import zstandard

from warrantgraph.manifest import ExportFile, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHECKSUMS", "CODINGS", "encode", "list_checksums", "pack"]

CHECKSUMS = "SHA256SUMS"
"""Name of the list of checksums, in the form that `sha256sum --check` reads."""

CODINGS = {"gzip": "gz", "zstd": "zst"}
"""Content coding (RFC 9110, 8.4.1; RFC 8878, 7.2) to the extension of its files."""

_ZSTD_LEVEL = 12  # 15 takes three times as long and saves a hundredth


def encode(content: bytes, coding: str) -> bytes:
    """The content in a coding; equal contents give equal bytes.

    >>> encode(b"", "gzip")[:10].hex()  # RFC 1952, 2.3: no name, no time, no operating system
    '1f8b08000000000002ff'
    """
    if coding == "gzip":
        encoded = io.BytesIO()
        with gzip.GzipFile("", "wb", compresslevel=9, fileobj=encoded, mtime=0) as file:
            file.write(content)
        return encoded.getvalue()
    return zstandard.ZstdCompressor(_ZSTD_LEVEL, write_content_size=True).compress(content)


def pack(
    contents: Mapping[str, tuple[bytes, str]],
) -> tuple[dict[str, ExportFile], dict[str, bytes]]:
    """Add the encoded variants to some files, given with their media types.

    Returns what a manifest says of the files, and the bytes of everything by name.
    """
    with ThreadPoolExecutor(os.cpu_count()) as executor:  # both compressors release the GIL
        encoded = {
            (name, coding): executor.submit(encode, content, coding)
            for name, (content, _) in contents.items()
            for coding in CODINGS
        }
    files: dict[str, ExportFile] = {}
    packed = {name: content for name, (content, _) in contents.items()}
    for name, (content, media_type) in contents.items():
        variants: dict[str, Variant] = {}
        for coding, extension in CODINGS.items():
            variant, data = f"{name}.{extension}", encoded[name, coding].result()
            packed[variant] = data
            variants[coding] = Variant(variant, sha256(data).hexdigest(), len(data))
        files[name] = ExportFile.of(content, media_type, variants)
    return files, packed


def list_checksums(files: Mapping[str, ExportFile]) -> bytes:
    """The list of the checksums of some files and their variants, sorted by name.

    >>> list_checksums({"a": ExportFile.of(b"", "text/plain")}).decode()[56:]
    '7852b855  a\\n'
    """
    sums = {name: file.sha256 for name, file in files.items()}
    sums |= {v.name: v.sha256 for file in files.values() for v in file.variants.values()}
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
