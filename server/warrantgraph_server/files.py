"""Sends a file whose size and hash are known: whole, in part, or not at all if the client has it.

Starlette's own file response refuses ranges that RFC 9110 wants ignored, takes dates for
validators, and gives up a set of ranges over one that cannot be satisfied; so this is our own.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from fastapi import HTTPException, Response
from fastapi.responses import StreamingResponse

from warrantgraph.errors import ReleaseError
from warrantgraph_server.conditional import answer_without_body, may_use_range
from warrantgraph_server.ranges import ByteRange, Part, parse_ranges, parts, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fastapi import Request

__all__ = ["SentFile", "repr_digest", "send_file"]

_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file, as it is sent; `size` counts bytes."""

    path: Path
    sha256: str
    size: int
    content_type: str

    @property
    def etag(self) -> str:
        """Its strong entity tag: other bytes, another tag."""
        return f'"{self.sha256}"'


def repr_digest(sha256: str) -> str:
    """The value of the header `Repr-Digest` (RFC 9530, 3), from a hash in hexadecimal.

    >>> repr_digest("00ff")
    'sha-256=:AP8=:'
    """
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"


def send_file(request: Request, file: SentFile, more: Mapping[str, str]) -> Response:
    """Answer GET or HEAD with a file and more headers: 200, 206 or 304 (RFC 9110, 13.2.2).

    Raises HTTPException 412 or 416, and ReleaseError when the file is not as it was.
    """
    headers = {
        "Content-Type": file.content_type,
        "Content-Length": str(file.size),
        "Accept-Ranges": "bytes",
        "ETag": file.etag,
        "Repr-Digest": repr_digest(file.sha256),
        "X-Content-Type-Options": "nosniff",
        **more,
    }
    unsent = answer_without_body(request.headers, file.etag, headers)
    if unsent:
        return unsent
    if not file.path.is_file() or file.path.stat().st_size != file.size:
        raise ReleaseError(f"the release is damaged: {file.path} is not as its manifest says")
    if request.method == "HEAD":
        return Response(headers=headers)
    ranges = _ranges(request, file)
    if ranges is None:
        return _body(file, [Part(b"", ByteRange(0, file.size - 1))], 200, headers)
    if len(ranges) == 1:
        headers["Content-Range"] = ranges[0].content_range(file.size)
        return _body(file, [Part(b"", ranges[0])], 206, headers)
    boundary = token_hex(16)
    pieces = parts(ranges, file.size, file.content_type, boundary)
    headers["Content-Type"] = f"multipart/byteranges; boundary={boundary}"
    return _body(file, pieces, 206, headers)


def _ranges(request: Request, file: SentFile) -> list[ByteRange] | None:
    """The ranges to send, None for the whole; only GET has ranges (14.2)."""
    header = request.headers.get("range")
    if header is None or not may_use_range(request.headers.get("if-range"), file.etag):
        return None
    ranges = parse_ranges(header, file.size)
    if ranges == []:
        detail = f"no range of these is in the {file.size:,} bytes that there are"
        raise HTTPException(416, detail, {"Content-Range": f"bytes */{file.size}"})
    return ranges


def _body(file: SentFile, pieces: Sequence[Part], status: int, headers: dict[str, str]) -> Response:
    headers["Content-Length"] = str(total(pieces))
    return StreamingResponse(_read(file.path, pieces), status, headers)


def _read(path: Path, pieces: Sequence[Part]) -> Iterator[bytes]:
    """Yield a body; a file that has become shorter cuts it, as the promised length tells."""
    with path.open("rb") as opened:
        for head, wanted in pieces:
            if head:
                yield head
            left = 0
            if wanted:
                opened.seek(wanted.first)
                left = wanted.size
            while left and (chunk := opened.read(min(left, _CHUNK))):
                left -= len(chunk)
                yield chunk
