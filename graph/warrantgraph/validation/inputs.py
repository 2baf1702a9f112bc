"""RDF that is to be validated: files, what a folder holds, standard input, a request's body.

An input can be read more than once, so that places can be looked for after findings are known.
"""

from __future__ import annotations

import gzip
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox

from warrantgraph.errors import InputError, MissingFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FORMATS", "Input", "find_inputs", "format_of"]

FORMATS: Final[dict[str, ox.RdfFormat]] = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".owl": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}
"""Format of a file by the end of its name; `.gz` may follow."""

_FREE_EXPANSION: Final = 64 * 1024 * 1024
_LARGEST_RATIO: Final = 200
"""Bytes from one compressed byte, beyond what is free: dumps of RDF reach 10 to 50, bombs 1,000."""


@dataclass(frozen=True, slots=True)
class Input:
    """One RDF document: what it is called in reports, its format, and its bytes or its file."""

    name: Path
    format: ox.RdfFormat
    content: bytes | None = None
    """The bytes; None where `name` is a file that has them."""

    @property
    def base(self) -> str:
        """The IRI that relative IRIs in it are resolved against."""
        if self.content is not None:
            return "urn:x-warrantgraph:input:/"
        return Path(os.path.abspath(self.name)).as_uri()

    def open(self) -> IO[bytes]:
        """Open it for reading, decompressed.

        Reading raises InputError where a compressed file turns out to be a bomb.
        """
        if self.content is not None:
            return io.BytesIO(self.content)
        if self.name.suffix != ".gz":
            return self.name.open("rb")
        allowed = _FREE_EXPANSION + _LARGEST_RATIO * self.name.stat().st_size
        return io.BufferedReader(_Bounded(self.name, allowed))


class _Bounded(io.RawIOBase):
    """A decompressed file that ends in an error where it is longer than allowed."""

    def __init__(self, name: Path, allowed: int) -> None:
        super().__init__()
        self._name = name
        self._left = allowed
        self._file = gzip.open(name)  # noqa: SIM115 - closed with this

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            count = self._file.readinto(buffer)
        except (OSError, EOFError) as error:
            raise InputError(f"not compressed by gzip: {error}", file=self._name) from error
        self._left -= count
        if self._left < 0:
            message = f"more than {_LARGEST_RATIO} times as large once it is decompressed"
            raise InputError(message, file=self._name, hint="decompress it, if you trust it")
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def format_of(path: Path) -> ox.RdfFormat | None:
    """Return the format that the end of a file's name says, or None.

    >>> format_of(Path("warrants.ttl.gz")) == ox.RdfFormat.TURTLE, format_of(Path("notes.txt"))
    (True, None)
    """
    suffixes = path.suffixes
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None


def find_inputs(path: Path) -> tuple[Input, ...]:
    """Return the file, or the RDF files in the folder and below it, sorted.

    Files and folders whose names begin with a dot are left out, as `.git` and `.venv` are.

    Raises MissingFileError when nothing is there, so that an empty folder does not pass for a
    valid one; InputError when a file's name does not say its format.
    """
    if path.is_dir():
        found = [(file, format_of(file)) for file in sorted(_walk(path))]
        inputs = tuple(Input(file, each) for file, each in found if each is not None)
        if not inputs:
            raise MissingFileError("there are no RDF files in this folder", file=path)
        return inputs
    if not path.exists():
        raise MissingFileError("there is no such file", file=path)
    kind = format_of(path)
    if kind is None:
        raise InputError("not an RDF file", file=path, hint=f"one of {', '.join(FORMATS)}")
    return (Input(path, kind),)


def _walk(folder: Path) -> Iterable[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            file = Path(parent, name)
            if not name.startswith(".") and file.is_file():
                yield file
