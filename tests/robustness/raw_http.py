"""HTTP/1.1 over a bare socket: sends what no library would, and sees whether an answer is whole."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["Reply", "connect", "exchange", "get", "post", "read_reply", "request"]

_KEPT = 1 << 20
_SAFETY = 30
_SILENCE = 0.5


class Reply(NamedTuple):
    """An answer; `whole` is false where the connection broke before its end."""

    status: int
    headers: dict[str, str]
    body: bytes
    """The first mebibyte of it."""

    whole: bool
    length: int
    """Bytes of the body that came."""

    @property
    def outcome(self) -> int | str:
        """The status, or `cut` where the end is missing."""
        return self.status if self.whole else "cut"


def connect(port: int, source: str = "") -> socket.socket:
    """Open a connection, from another address of this machine where `source` names one."""
    return socket.create_connection(("127.0.0.1", port), _SAFETY, (source, 0) if source else None)


def get(query: str, parameters: str = "", headers: str = "") -> bytes:
    """A query by GET; `headers` are whole lines."""
    return (
        f"GET /sparql?query={quote(query)}{parameters} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"
    ).encode()


def post(
    body: bytes,
    parameters: str = "",
    content_type: str = "application/sparql-query",
    headers: str = "",
) -> bytes:
    """A query by POST, `parameters` in the target and without their `?`."""
    return (
        f"POST /sparql?{parameters} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n{headers}\r\n"
    ).encode() + body


def request(port: int, data: bytes, source: str = "") -> Reply | None:
    """Send on a connection of its own; None where the server closes it without an answer.

    A server that refuses early may close while the client still writes.
    """
    with connect(port, source) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(data)
        with connection.makefile("rb") as stream:
            return read_reply(stream)


def exchange(port: int, data: bytes, *, answers: int, ends: bool, listens: bool) -> list[Reply]:
    """The answers to what is sent on one connection, until it is closed or there are so many.

    `ends` closes the client's half at the end of what it sends; `listens` waits a while for an
    answer too many.
    """
    replies: list[Reply] = []
    with connect(port) as connection, connection.makefile("rb") as stream:
        with suppress(OSError):
            connection.sendall(data)
            if ends:
                connection.shutdown(socket.SHUT_WR)
        while len(replies) < answers and (reply := read_reply(stream)):
            replies.append(reply)
        if listens:
            connection.settimeout(_SILENCE)
            with suppress(TimeoutError):
                while reply := read_reply(stream):
                    replies.append(reply)
    return replies


def read_reply(stream: BinaryIO) -> Reply | None:
    """Read an answer with its end (RFC 9112, 6.3); a 100 (Continue) before it is passed over."""
    try:
        head = _read_head(stream)
        while head and head[0] == 100:
            head = _read_head(stream)
    except ConnectionError:
        return None
    if head is None:
        return None
    status, headers = head
    body = _Body()
    try:
        if status in (204, 304):  # never have a body
            whole = True
        elif headers.get("transfer-encoding", "").lower() == "chunked":
            whole = _read_chunks(stream, body)
        elif "content-length" in headers:
            whole = body.read(stream, int(headers["content-length"]))
        else:
            whole = status >= 400  # else nobody can tell
            while body.read(stream, 1 << 16):
                pass
    except ConnectionError:
        whole = False
    return Reply(status, headers, bytes(body.kept), whole, body.length)


def _read_head(stream: BinaryIO) -> tuple[int, dict[str, str]] | None:
    first = stream.readline()
    if not first:
        return None
    assert first.startswith(b"HTTP/1.1 "), first
    headers: dict[str, str] = {}
    while (line := stream.readline()) != b"\r\n":
        if not line.endswith(b"\n"):
            return None
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    return int(first.split()[1]), headers


class _Body:
    def __init__(self) -> None:
        self.kept = bytearray()
        self.length = 0

    def read(self, stream: BinaryIO, size: int) -> bool:
        """Take so many bytes; whether all of them came."""
        left = size
        while left:
            piece = stream.read(min(left, 1 << 16))
            if not piece:
                return False
            left -= len(piece)
            self.length += len(piece)
            self.kept += piece[: max(0, _KEPT - len(self.kept))]
        return True


def _read_chunks(stream: BinaryIO, body: _Body) -> bool:
    """Take a chunked body; whether its last chunk came (RFC 9112, 7.1)."""
    while True:
        line = stream.readline()
        if not line.endswith(b"\r\n"):
            return False
        size = int(line.partition(b";")[0], 16)
        if not body.read(stream, size):
            return False
        if stream.readline() != b"\r\n":
            return False
        if size == 0:
            return True
