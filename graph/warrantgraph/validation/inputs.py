"""Files of RDF as bytes: which there are, what format they are in, and how much may come of them.

Nothing here, nor in the parsers that read from here, reaches for the network.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox

from warrantgraph.errors import InputError, MissingFileError, TurtleSyntaxError
from warrantgraph.validation.prolog import check_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

__all__ = ["FORMATS", "SYNTAXES", "Input", "find_inputs", "format_of"]

FORMATS: dict[str, ox.RdfFormat] = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".owl": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}
"""Format of a file by the end of its name. `.json` is none: most such files hold no RDF."""

SYNTAXES: Final[dict[str, ox.RdfFormat]] = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
}
"""Format by the name that commands and requests have for it."""

_GZIP: Final = ".gz"
_FOREIGN: Final = {"node_modules", "__pycache__"}
"""Folders that hold what others wrote; so do those whose name begins with a dot."""

_SMALL: Final = 64 * 1024 * 1024
_EXPANSION: Final = 200
_LARGEST: Final = 4 * 1024 * 1024 * 1024
"""A compressed file may hold 64 MiB, or 200 times its size up to 4 GiB. RDF shrinks to a tenth or
a fiftieth; what shrinks more is made to fill a disk or a memory."""

_PLACE: Final = re.compile(r"^Parser error (?:at|between) .*?: | \(line \d+\)$")
"""What the parser says of the place of a mistake, which is told apart from the message."""


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read RDF from: a file, or bytes that go by a name, such as standard input."""

    name: Path
    format: ox.RdfFormat
    content: bytes | None = None
    """None: it is in the file of this name."""

    @classmethod
    def of(cls, file: Path) -> Input:
        """Return the input that a file is, by the end of its name, such as `.ttl` or `.ttl.gz`.

        Raises InputError when that does not say what format it is in.

        >>> Input.of(Path("data.nq.gz")).format
        <RdfFormat N-Quads>
        """
        kind = format_of(file)
        if kind is None:
            hint = f"one of {', '.join(FORMATS)}, or one of them and {_GZIP}"
            raise InputError("not an RDF file", file=file, hint=hint)
        return cls(file, kind)

    @property
    def base(self) -> str:
        """The IRI against which relative ones are read; for bytes it names no folder."""
        if self.content is not None:
            return Path("/", self.name.name).as_uri()
        return self.name.resolve().as_uri()

    @property
    def is_compressed(self) -> bool:
        """Whether it is read through gzip, by the end of its name."""
        return self.name.suffix == _GZIP

    def quads(self) -> Iterator[ox.Quad]:
        """Parse; the order is the same each time.

        Raises InputError with line and column for what is not of its format, MissingFileError
        when there is no such file.
        """
        try:
            if self.format == ox.RdfFormat.RDF_XML:
                with self.open() as stream:
                    check_xml(stream, self.name)
            with self.open() as stream:
                yield from ox.parse(stream, self.format, base_iri=self.base)
        except FileNotFoundError as error:
            raise MissingFileError("there is no such file", file=self.name) from error
        except SyntaxError as error:
            raise self._not_of_its_format(error) from error
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise InputError(f"not gzip: {error}", file=self.name) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"cannot be read: {reason}", file=self.name) from error

    def read(self) -> bytes:
        """Return all of it, decompressed; raises as `open` does."""
        with self.open() as stream:
            return stream.read()

    def open(self) -> IO[bytes]:
        """Open it for reading, decompressed.

        Reading raises InputError where a compressed file turns out to be a bomb.
        """
        if self.content is not None and not self.is_compressed:
            return io.BytesIO(self.content.removeprefix(BOM_UTF8))
        stream = self._decompressed() if self.is_compressed else self.name.open("rb")
        if stream.peek(len(BOM_UTF8)).startswith(BOM_UTF8):  # editors write it, no parser wants it
            stream.read(len(BOM_UTF8))
        return stream

    def _decompressed(self) -> io.BufferedReader:
        stream = self.name.open("rb") if self.content is None else io.BytesIO(self.content)
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        limit = min(_LARGEST, max(_SMALL, _EXPANSION * size))
        return io.BufferedReader(_Bounded(stream, limit, self.name))

    def _not_of_its_format(self, error: SyntaxError) -> InputError:
        if "LoadDocumentCallback" in error.msg:
            return InputError(
                "this JSON-LD names a context elsewhere, and nothing is fetched",
                file=self.name,
                hint="put the context itself into the file",
            )
        kind = TurtleSyntaxError if self.format == ox.RdfFormat.TURTLE else InputError
        message = f"not {self.format.name}: {_PLACE.sub('', error.msg)}"
        return kind(message, file=self.name, line=error.lineno, column=error.offset)


class _Bounded(io.RawIOBase):
    """What a compressed file holds; reading more than `limit` bytes of it raises InputError."""

    def __init__(self, stream: IO[bytes], limit: int, name: Path) -> None:
        super().__init__()
        self._stream = stream
        self._inner = gzip.GzipFile(fileobj=stream)
        self._left = limit
        self._name = name
        self._limit = limit

    def close(self) -> None:
        """Close the file as well."""
        self._stream.close()
        super().close()

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer."""
        view = memoryview(buffer).cast("B")
        content = self._inner.read(len(view))
        self._left -= len(content)
        if self._left < 0:
            message = f"holds more than {self._limit:,} bytes once it is no longer compressed"
            raise InputError(message, file=self._name, hint="decompress it yourself if it is safe")
        view[: len(content)] = content
        return len(content)


def find_inputs(path: Path) -> tuple[Input, ...]:
    """Return the file, or all RDF files in the folder and below it, sorted.

    Files and folders whose name begins with a dot, and those of installed packages, are left out.

    Raises MissingFileError when nothing is there, so that an empty folder does not pass for a
    valid one; InputError when a file's name does not say its format, or a folder below cannot be
    read. Links to folders are not followed.
    """
    if path.is_dir():
        found = tuple(Input.of(file) for file in sorted(_walk(path)))
        if not found:
            raise MissingFileError("there are no RDF files in this folder", file=path)
        return found
    if not path.exists():
        raise MissingFileError("there is no such file", file=path)
    if not path.is_file():  # a pipe may never end, a device has none
        raise InputError("not a file", file=path, hint="give a pipe as standard input: -")
    return (Input.of(path),)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_refuse_folder):
        folders[:] = [name for name in folders if not _is_foreign(name)]
        for name in files:
            file = Path(parent, name)
            # A link that leads nowhere is told as unreadable; a pipe would be waited for.
            is_wanted = format_of(file) is not None and not _is_foreign(name)
            if is_wanted and (file.is_file() or not file.exists()):
                yield file


def _refuse_folder(error: OSError) -> None:
    folder = Path(error.filename)
    raise InputError(f"this folder cannot be read: {error.strerror}", file=folder) from error


def format_of(file: Path) -> ox.RdfFormat | None:
    """Return the format that the end of a file's name says, or None.

    >>> format_of(Path("warrants.ttl.gz")), format_of(Path("notes.txt"))
    (<RdfFormat Turtle>, None)
    """
    return FORMATS.get(Path(file.stem).suffix if file.suffix == _GZIP else file.suffix)


def _is_foreign(name: str) -> bool:
    return name.startswith(".") or name in _FOREIGN
