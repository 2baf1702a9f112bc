"""Turns something that writes into something that can be read, with bounded memory.

Serialisers push bytes into a file; a server pulls them. A thread runs the serialiser and waits
whenever the reader is behind.

>>> list(written_in_thread(lambda sink: [sink.write(piece) for piece in (b"one", b"two")]))
[b'one', b'two']
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["AbandonedError", "Handover", "Sink", "written_in_thread"]

CAPACITY = 8
"""How many pieces may wait for the reader."""


class AbandonedError(BaseException):
    """The reader has gone; unwinds the writer, past any `except Exception`."""


class Sink:
    """The writer's end: the part of a binary file that serialisers use."""

    def __init__(self, handover: Handover) -> None:
        self._handover = handover

    def write(self, data: bytes) -> int:
        """Hand over a piece; waits while the reader is behind."""
        if data:
            self._handover.put(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces are handed over as they are written."""

    def count_triple(self) -> None:
        """Do nothing: nobody here asks how many there are."""


class Handover:
    """The reader's end: an iterator over the pieces, which re-raises the writer's failure.

    The thread does not hold on to the reader's end: an iterator that is dropped closes.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pieces: deque[bytes] = deque()
        self._failure: BaseException | None = None
        self._done = False
        self._abandoned = False

    def put(self, piece: bytes) -> None:
        """Add a piece, once there is room for it."""
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or len(self._pieces) < CAPACITY)
            if self._abandoned:
                raise AbandonedError
            self._pieces.append(piece)
            self._changed.notify_all()

    def finish(self, failure: BaseException | None) -> None:
        """Say that no piece will follow, and why."""
        with self._changed:
            self._done, self._failure = True, failure
            self._changed.notify_all()

    def get(self) -> bytes | None:
        """The next piece, None at the end; raises what the writer raised."""
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or self._done or bool(self._pieces))
            if self._abandoned:
                return None
            if self._pieces:
                self._changed.notify_all()
                return self._pieces.popleft()
            if self._failure is not None:
                raise self._failure
            return None

    def abandon(self) -> None:
        """Say that nobody reads any more."""
        with self._changed:
            self._abandoned = True
            self._pieces.clear()
            self._changed.notify_all()


class _Chunks:
    def __init__(self, handover: Handover) -> None:
        self._handover = handover
        self._first: bytes | None = None
        self._ended = False

    def start(self) -> Self:
        """Wait for the first piece, so that a failure before it is raised here."""
        self._first = self._handover.get()
        self._ended = self._first is None
        return self

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        piece, self._first = self._first, None
        if piece is None and not self._ended:
            piece = self._handover.get()
        if piece is None:
            self._ended = True
            raise StopIteration
        return piece

    def close(self) -> None:
        self._ended, self._first = True, None
        self._handover.abandon()

    def __del__(self) -> None:
        self._handover.abandon()


def _let_go(error: BaseException) -> None:
    """Empty the frames behind an error: what they hold must die in the thread that made it."""
    link: BaseException | None = error
    while link is not None:
        traceback.clear_frames(link.__traceback__)
        link = link.__context__


def written_in_thread(write: Callable[[Sink], object]) -> _Chunks:
    """Run `write` in a thread and return an iterator over what it writes.

    Returns when the first piece exists or all is written; a failure before is raised here, a
    later one by the iterator. Closing or dropping the iterator ends the thread at its next write.
    """
    handover = Handover()

    def run() -> None:
        try:
            write(Sink(handover))
        except BaseException as error:  # the reader's thread raises it
            _let_go(error)
            handover.finish(error)
        else:
            handover.finish(None)

    threading.Thread(target=run, name="query", daemon=True).start()
    return _Chunks(handover).start()
