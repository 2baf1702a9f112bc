"""What is written in a thread is read whole, in order, or fails in the reader."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warrantgraph.engine.handover import CAPACITY, Sink, written_in_thread


@given(st.lists(st.binary()))
def test_everything_arrives_in_order(pieces: list[bytes]) -> None:
    def write(sink: Sink) -> None:
        for piece in pieces:
            assert sink.write(piece) == len(piece)
        sink.flush()

    assert list(written_in_thread(write)) == [piece for piece in pieces if piece]


@given(st.integers(1, 3 * CAPACITY))
def test_a_failure_comes_after_what_was_written(count: int) -> None:
    def write(sink: Sink) -> None:
        for _ in range(count):
            sink.write(b"x")
        raise ValueError("late")

    chunks = written_in_thread(write)
    for _ in range(count):
        assert next(chunks) == b"x"
    with pytest.raises(ValueError, match="late"):
        next(chunks)


def test_a_failure_before_the_first_piece_is_raised_at_once() -> None:
    def write(_: Sink) -> None:
        raise ValueError("early")

    with pytest.raises(ValueError, match="early"):
        written_in_thread(write)


def test_the_writer_waits_for_the_reader_and_never_holds_more_than_it_may() -> None:
    ahead = 0
    furthest = 0
    read = threading.Lock()

    def write(sink: Sink) -> None:
        nonlocal ahead, furthest
        for _ in range(10 * CAPACITY):
            sink.write(b"x")
            with read:
                ahead += 1
                furthest = max(furthest, ahead)

    for _ in written_in_thread(write):
        with read:
            ahead -= 1
    # One more is in the reader's hand, and one in the writer's.
    assert furthest <= CAPACITY + 2


def test_closing_ends_the_writer_and_the_reader() -> None:
    ended = threading.Event()

    def write(sink: Sink) -> None:
        try:
            while True:
                sink.write(b"x")
        finally:
            ended.set()

    chunks = written_in_thread(write)
    assert next(chunks) == b"x"
    chunks.close()
    chunks.close()
    assert ended.wait(30)
    assert list(chunks) == []
