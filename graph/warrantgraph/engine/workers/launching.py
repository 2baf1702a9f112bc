"""Starts a keeper and speaks to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import ClassVar, Protocol, Self

from warrantgraph.engine.workers.keeper import READY
from warrantgraph.engine.workers.messages import decode_failure
from warrantgraph.errors import QueryEvaluationError

__all__ = ["KeeperPlan", "KeeperProcess"]

_SECONDS_TO_END = 5


class KeeperPlan(Protocol):
    """What a keeper is started with."""

    package: ClassVar[str]
    """The package that is run as a keeper; it reads what `encode` wrote."""

    def encode(self) -> str:
        """What to load, on one line."""
        ...


class KeeperProcess:
    """A keeper that has loaded what it shares, seen from the server."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self.process = process
        self.control = control

    @classmethod
    def start(cls, plan: KeeperPlan) -> Self:
        """Start a keeper and wait until it has loaded its data; blocks, and may take long.

        Call it in a thread that lives as long as the keeper should: Linux takes the end of that
        thread for the end of the parent.

        Raises:
            InputError: a file cannot be read.
            QueryEvaluationError: the keeper ended before it was ready, for want of memory perhaps.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own module, and a number
                # Without -P, a file of the folder that the server was started in would be code.
                [sys.executable, "-P", "-m", plan.package, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # In a group of its own, so that Ctrl-C in a terminal is the server's alone.
                process_group=0,
                env={**os.environ, "RUST_BACKTRACE": "0"},
            )
        try:
            ours.sendall(plan.encode().encode() + b"\n")
            with ours.makefile("rb") as lines:
                answer = lines.readline()
        except OSError:
            answer = b""
        except BaseException:
            process.kill()
            raise
        if answer == READY:
            return cls(process, ours)
        ours.close()
        code = process.wait()
        if answer:
            raise decode_failure(answer.partition(b" ")[2])
        raise QueryEvaluationError(f"the data could not be loaded: the loader ended with {code}")

    def end(self) -> None:
        """Close the connection, at which the keeper kills its workers and ends; waits for it."""
        self.control.close()
        try:
            self.process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
