"""What travels between server and worker arrives as it was sent."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warrantgraph.engine import AnswerFormats, QueryDataset, QueryForm
from warrantgraph.engine.formats import FORMATS
from warrantgraph.engine.workers import AnswerLimits, Request
from warrantgraph.engine.workers.frames import (
    Frame,
    FrameDecoder,
    FrameKind,
    frame_bytes,
    receive_frame,
    send_frame,
)
from warrantgraph.engine.workers.messages import (
    AnswerEnd,
    AnswerHead,
    decode_failure,
    encode_failure,
)
from warrantgraph.errors import (
    AnswerTooLargeError,
    InputError,
    InputTooLargeError,
    MemoryLimitError,
    MissingFileError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTooDeepError,
    ServiceRefusedError,
    TimeLimitError,
    TurtleSyntaxError,
    WorkCrashedError,
)

FRAMES = st.lists(st.builds(Frame, st.sampled_from(FrameKind), st.binary(max_size=40)), max_size=5)


@given(frames=FRAMES, size=st.integers(1, 50))
def test_frames_survive_any_cutting(frames: list[Frame], size: int) -> None:
    data = b"".join(frame_bytes(*frame) for frame in frames)
    decoder = FrameDecoder()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert [frame for piece in pieces for frame in decoder.feed(piece)] == frames


def test_a_socket_that_closes_within_a_frame_ends_the_conversation() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            send_frame(theirs, FrameKind.DATA, b"whole")
            theirs.sendall(frame_bytes(FrameKind.DATA, b"cut off")[:-1])
        assert receive_frame(ours) == Frame(FrameKind.DATA, b"whole")
        assert receive_frame(ours) is None


def test_a_request_arrives_as_it_was() -> None:
    request = Request(
        "ASK {} # é",
        QueryDataset(("http://e/d",), ("http://e/n",)),
        AnswerFormats(boolean=None),
        ("zstd", "gzip"),
        AnswerLimits(rows=5),
        1.5,
    )
    assert Request.decode(request.encode()) == request


def test_heads_and_ends_arrive_as_they_were() -> None:
    head = AnswerHead(QueryForm.CONSTRUCT, FORMATS["turtle"], "br")
    assert AnswerHead.decode(head.encode()) == head
    end = AnswerEnd(rows=3, size=10, spent=True)
    assert AnswerEnd.decode(end.encode()) == end


@pytest.mark.parametrize(
    "error",
    [
        AnswerTooLargeError("more than 5 rows"),
        InputError("not Turtle", file=Path("a.ttl"), line=3, column=4, value="x", hint="mend it"),
        InputTooLargeError("more than 5 bytes"),
        MemoryLimitError(1 << 30, "reading"),
        MissingFileError("no such file", file=Path("a.ttl")),
        NotAcceptableError("in JSON or XML"),
        QueryError("a graph is named by an absolute IRI"),
        QueryEvaluationError("The query failed"),
        QueryMemoryError("too much"),
        QuerySyntaxError("no such word", line=1, column=2),
        QueryTooDeepError("too deep"),
        ServiceRefusedError(line=1, column=2, endpoint="http://e/"),
        TimeLimitError(2.5),
        WorkCrashedError("why", "reading"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_arrive_as_they_were(error: Exception) -> None:
    arrived = decode_failure(encode_failure(error))
    assert (type(arrived), str(arrived), vars(arrived)) == (type(error), str(error), vars(error))


def test_an_error_of_a_finer_kind_arrives_as_one_of_the_kind_above() -> None:
    error = TurtleSyntaxError("not Turtle", file=Path("a.ttl"), line=3)
    arrived = decode_failure(encode_failure(error))
    assert (type(arrived), str(arrived)) == (InputError, str(error))


def test_any_other_error_is_a_failed_evaluation() -> None:
    arrived = decode_failure(encode_failure(ZeroDivisionError("by zero")))
    assert type(arrived) is QueryEvaluationError
    assert "ZeroDivisionError" in str(arrived)
