"""The worker's end of an answer: counts it, bounds it, compresses it and sends it in frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from warrantgraph.engine.handover import AbandonedError
from warrantgraph.engine.workers.coding import Compressor
from warrantgraph.engine.workers.frames import LARGEST_PIECE, FrameKind, send_frame
from warrantgraph.engine.workers.messages import AnswerEnd, AnswerHead
from warrantgraph.engine.workers.rows import row_counter
from warrantgraph.errors import AnswerTooLargeError

if TYPE_CHECKING:
    import socket

    from warrantgraph.engine.interface import Evaluation
    from warrantgraph.engine.workers.messages import Request

__all__ = ["AnswerWriter"]

_SHORTEST_COMPRESSED: Final = 1024
"""An answer of fewer bytes gains nothing from being compressed."""


class AnswerWriter:
    """A file that an evaluation writes into.

    Raises AnswerTooLargeError past a limit, AbandonedError when the server has gone. The head
    is sent with the first full piece, or at the end: until then a failure can still be told in
    place of the answer.
    """

    def __init__(self, connection: socket.socket, request: Request, evaluation: Evaluation) -> None:
        self._connection = connection
        self._evaluation = evaluation
        self._limits = request.limits
        self._coding = request.codings[0] if request.codings else None
        self._compressor: Compressor | None = None
        self._counter = row_counter(evaluation.format.name)
        self._begun = False
        self._gathered = bytearray()
        self._rows = 0
        self._size = 0

    def write(self, data: bytes, /) -> int:
        """Take a piece of the answer."""
        self._gathered += data
        if len(self._gathered) >= LARGEST_PIECE:
            self._send()
        return len(data)

    def flush(self) -> None:
        """Do nothing: small pieces are gathered."""

    def count_triple(self) -> None:
        """Count a triple of a graph, whose bytes do not show it."""
        self._count(1)

    def end(self, *, spent: bool) -> None:
        """Send what is left, and that it is all."""
        if not self._begun and len(self._gathered) < _SHORTEST_COMPRESSED:
            self._coding = None
        self._send()
        if self._compressor:
            self._send_data(self._compressor.finish())
        self._put(FrameKind.END, AnswerEnd(self._rows, self._size, spent).encode())

    def _send(self) -> None:
        data = bytes(self._gathered)
        self._gathered.clear()
        self._size += len(data)
        self._count(self._counter.feed(data))
        if self._limits.size is not None and self._size > self._limits.size:
            raise AnswerTooLargeError(
                f"the answer has more than {self._limits.size:,} bytes, the most this server "
                "sends; add a LIMIT, or take an export"
            )
        if not self._begun:
            self._begin()
        self._send_data(self._compressor.compress(data) if self._compressor else data)

    def _begin(self) -> None:
        self._begun = True
        if self._coding:
            self._compressor = Compressor(self._coding)
        head = AnswerHead(self._evaluation.form, self._evaluation.format, self._coding)
        self._put(FrameKind.HEAD, head.encode())

    def _send_data(self, data: bytes) -> None:
        for start in range(0, len(data), LARGEST_PIECE):
            self._put(FrameKind.DATA, data[start : start + LARGEST_PIECE])

    def _put(self, kind: FrameKind, payload: bytes) -> None:
        try:
            send_frame(self._connection, kind, payload)
        except OSError as error:
            raise AbandonedError from error

    def _count(self, rows: int) -> None:
        self._rows += rows
        if self._limits.rows is not None and self._rows > self._limits.rows:
            raise AnswerTooLargeError(
                f"the answer has more than {self._limits.rows:,} rows, the most this server "
                "sends; add a LIMIT, or take an export"
            )
