"""What travels between the server and a worker: a kind, a length, and that many bytes.

A request is one frame. An answer is a head, pieces of data, and an end; or, at any point, a
failure. Whoever has not seen the end has not seen the whole answer.
"""

from __future__ import annotations

import struct
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

__all__ = [
    "LARGEST_PIECE",
    "Frame",
    "FrameDecoder",
    "FrameKind",
    "frame_bytes",
    "receive_frame",
    "send_frame",
]

LARGEST_PIECE: Final = 64 * 1024
"""Bytes of data that a worker gathers before it sends them."""

_PREFIX: Final = struct.Struct("!cI")


class FrameKind(Enum):
    """What a frame holds."""

    REQUEST = b"Q"
    HEAD = b"H"
    DATA = b"D"
    END = b"E"
    FAILURE = b"X"


class Frame(NamedTuple):
    """A kind and its bytes: raw for data, JSON for the others."""

    kind: FrameKind
    payload: bytes


def send_frame(connection: socket.socket, kind: FrameKind, payload: bytes) -> None:
    """Send a frame; waits while the other end is behind."""
    connection.sendall(_PREFIX.pack(kind.value, len(payload)))
    connection.sendall(payload)


def receive_frame(connection: socket.socket) -> Frame | None:
    """Wait for a frame; None when the other end has closed."""
    prefix = _receive_exactly(connection, _PREFIX.size)
    if prefix is None:
        return None
    kind, length = _PREFIX.unpack(prefix)
    payload = _receive_exactly(connection, length)
    return None if payload is None else Frame(FrameKind(kind), payload)


def _receive_exactly(connection: socket.socket, length: int) -> bytes | None:
    received = bytearray()
    while len(received) < length:
        piece = connection.recv(min(length - len(received), LARGEST_PIECE))
        if not piece:
            return None
        received += piece
    return bytes(received)


class FrameDecoder:
    """Cuts a stream of bytes into frames, however it arrives.

    >>> decoder = FrameDecoder()
    >>> data = frame_bytes(FrameKind.DATA, b"one") + frame_bytes(FrameKind.END, b"{}")
    >>> [frame.payload for piece in (data[:7], data[7:]) for frame in decoder.feed(piece)]
    [b'one', b'{}']
    """

    def __init__(self) -> None:
        self._unread = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that are complete with this piece."""
        self._unread += data
        while len(self._unread) >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(self._unread)
            end = _PREFIX.size + length
            if len(self._unread) < end:
                return
            payload = bytes(self._unread[_PREFIX.size : end])
            del self._unread[:end]
            yield Frame(FrameKind(kind), payload)


def frame_bytes(kind: FrameKind, payload: bytes) -> bytes:
    """The bytes of a frame."""
    return _PREFIX.pack(kind.value, len(payload)) + payload
