r"""Cuts an upload into the files that are in it, within bounds; nothing here recurses.

>>> body = (
...     b'--x\r\nContent-Disposition: form-data; name="data"; filename="a.ttl"\r\n\r\n'
...     b"<urn:a> a <urn:b> .\r\n--x--\r\n"
... )
>>> unpack(body, UploadType("multipart/form-data", boundary="x")).data
(InputFile(name='a.ttl', content=b'<urn:a> a <urn:b> .', syntax='turtle'),)
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import InputError, InputTooLargeError
from warrantgraph.validators.media import (
    EXTENSIONS,
    SYNTAXES,
    UploadType,
    read_upload_type,
    syntax_of_name,
)

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["InputFile", "Upload", "decompress", "printable", "unpack"]

_MOST_PARTS: Final = 100
_LONGEST_HEAD: Final = 8 * 1024
_LONGEST_NAME: Final = 255
_GZIP_WINDOW: Final = 31  # 15 bits, and 16 for the header of gzip instead of zlib's


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was sent: what the report calls it, its bytes, and its syntax."""

    name: str
    content: bytes
    syntax: str


@dataclass(frozen=True, slots=True)
class Upload:
    """The files to validate, and the shapes to validate them with; none: ours."""

    data: tuple[InputFile, ...]
    shapes: tuple[InputFile, ...] = ()


def decompress(body: bytes, longest: int) -> bytes:
    """Unpack gzip (RFC 1952) of one member.

    Raises InputError where it is none, InputTooLargeError past `longest` bytes.
    """
    stream = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = stream.decompress(body, longest + 1)
    except zlib.error as error:
        raise InputError(f"what is sent as gzip is none: {error}") from error
    if len(unpacked) > longest:
        raise InputTooLargeError(f"unpacked it has more than {longest:,} bytes, the most there are")
    if not stream.eof or stream.unused_data:
        raise InputError("the gzip breaks off, or something follows it")
    return unpacked


def unpack(body: bytes, upload: UploadType, name: str | None = None) -> Upload:
    """Return the files of a body; `name` is that of its only one.

    Raises InputError where its parts are not as RFC 7578 has them, or one is no RDF.
    """
    if upload.syntax:
        chosen = name or f"data.{EXTENSIONS[upload.syntax]}"
        return Upload((InputFile(chosen, body, upload.syntax),))
    found: dict[str, list[InputFile]] = {"data": [], "shapes": []}
    for part in _parts(body, (upload.boundary or "").encode()):
        head, content = _head(part)
        field = str(head.get_param("name", "", "content-disposition"))
        if field not in found:
            raise InputError("a part is named neither data nor shapes", value=field)
        if content or head.get_filename():  # a form sends an empty part for no file
            found[field].append(_file(head, content, f"{field}-{len(found[field]) + 1}"))
    if not found["data"]:
        raise InputError("there is no part named data: nothing to validate")
    return Upload(tuple(found["data"]), tuple(found["shapes"]))


def _parts(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between the boundaries (RFC 2046, 5.1.1)."""
    delimiter = b"\r\n--" + boundary
    _, *parts = (b"\r\n" + body).split(delimiter, _MOST_PARTS + 1)
    if not parts or not parts[-1].startswith(b"--"):
        if len(parts) > _MOST_PARTS:
            raise InputError(f"more than {_MOST_PARTS} parts")
        raise InputError("the last boundary of the parts is missing")
    return parts[:-1]


def _head(part: bytes) -> tuple[Message, bytes]:
    head, separator, content = part.partition(b"\r\n\r\n")
    if not separator or len(head) > _LONGEST_HEAD:
        raise InputError("a part has no head, or too long a one")
    # The first line ends the boundary.
    return BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2] + b"\r\n\r\n"), content


def _file(head: Message, content: bytes, otherwise: str) -> InputFile:
    name = printable(head.get_filename() or "")
    given = str(head.get("content-type", ""))
    declared = read_upload_type(given)
    # Browsers and curl know few types of files.
    syntax = declared.syntax if declared else syntax_of_name(name)
    if syntax is None:
        hint = f"one of {', '.join(SYNTAXES)}, or a file name that ends in one of "
        hint += ", ".join(EXTENSIONS.values())
        raise InputError("a file is no RDF", file=Path(name or otherwise), value=given, hint=hint)
    return InputFile(name or f"{otherwise}.{EXTENSIONS[syntax]}", content, syntax)


def printable(name: str) -> str:
    r"""A name that can be shown: its first signs, without those that steer a terminal.

    >>> printable("a\x1b[2J.ttl")
    'a[2J.ttl'
    """
    return "".join(sign for sign in name[:_LONGEST_NAME] if sign.isprintable())
