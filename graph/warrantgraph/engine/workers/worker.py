"""A worker: answers one query at a time from a socket, until the socket closes.

Queries run in a thread, for no reason but its stack: Oxigraph's parser and evaluator recurse, and a
large stack lets them follow deep queries. What still overflows it ends the process with SIGSEGV,
which the server tells as QueryTooDeepError.
"""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.handover import AbandonedError
from warrantgraph.engine.workers.frames import FrameKind, receive_frame, send_frame
from warrantgraph.engine.workers.limits import (
    allow_processor_time,
    bound_memory,
    data_size,
    die_with_parent,
    prefer_as_victim,
)
from warrantgraph.engine.workers.messages import Request, encode_failure
from warrantgraph.engine.workers.opening import OpeningPlan
from warrantgraph.engine.workers.writing import AnswerWriter
from warrantgraph.errors import QueryMemoryError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from warrantgraph.engine.interface import Evaluator

__all__ = ["OUT_OF_MEMORY", "become_worker", "prepare"]

OUT_OF_MEMORY: Final = "The query needed more memory than a query may have here"

_STACK: Final = 256 * 1024 * 1024
"""Address space only: a page of it counts once a query is deep enough to touch it."""

_MOST_LEFT_BEHIND: Final = 16 * 1024 * 1024
"""Bytes that queries may leave behind in a worker before it is replaced."""

_GRACE_SECONDS: Final = 5


def prepare(plan: str) -> Callable[[socket.socket], None]:
    """Open the dataset of an `OpeningPlan`; what is returned answers queries over it.

    Raises InputError when a file cannot be read.
    """
    opening = OpeningPlan.decode(plan)
    open_evaluator = opening.prepare()
    return lambda connection: become_worker(
        partial(_answer_all, connection, open_evaluator, opening.memory)
    )


def become_worker(work: Callable[[], None]) -> None:
    """Turn this process into one that does its work and can be killed; returns at its end.

    Its priority and its signals are changed, it is silent, and the work has a large stack.
    """
    die_with_parent()
    prefer_as_victim()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the keeper ends workers, not the terminal
    _silence_standard_error()
    threading.stack_size(_STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def _silence_standard_error() -> None:
    """Keep what Rust prints when its stack overflows out of the log of the server."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)


def _answer_all(
    connection: socket.socket, open_evaluator: Callable[[], Evaluator], memory: int
) -> None:
    """Answer queries until the socket closes; `memory` bounds each, in bytes over the data."""
    evaluator = open_evaluator()
    bound_memory(memory)
    at_first = data_size()
    try:
        while frame := receive_frame(connection):
            _answer(connection, evaluator, Request.decode(frame.payload), at_first)
    except (OSError, AbandonedError):
        return  # the server has gone, or wants no more of this answer


def _answer(
    connection: socket.socket, evaluator: Evaluator, request: Request, at_first: int
) -> None:
    allow_processor_time(request.seconds + _GRACE_SECONDS)
    try:
        evaluation = evaluator.prepare(request.query, request.dataset, request.formats)
        writer = AnswerWriter(connection, request, evaluation)
        evaluation.write(writer)
        writer.end(spent=data_size() - at_first > _MOST_LEFT_BEHIND)
    except MemoryError:
        send_frame(connection, FrameKind.FAILURE, encode_failure(QueryMemoryError(OUT_OF_MEMORY)))
        raise AbandonedError from None  # what is left of this process is not to be trusted
    except Exception as error:
        send_frame(connection, FrameKind.FAILURE, encode_failure(error))
