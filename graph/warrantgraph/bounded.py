"""Runs work in a process of its own, with bounds on time and memory, and hands back its bytes.

Parsers and reasoners can be made to run for ever, fill the memory or overflow the stack. Then that
process ends, and not the one that a person or a server waits for.

Run as `python -m warrantgraph.bounded TARGET MEMORY`, it is that process: it calls a function with
the arguments, which are the first line of its standard input, and a second function, to which the
work tells what it is at. It writes lines of JSON: `{"step": …}` as often as it likes, then
`{"result": size}` and as many bytes, or `{"failure": kind}`.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, Final

from warrantgraph.errors import MemoryLimitError, TimeLimitError, WorkCrashedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["READING", "Bounds", "run_bounded"]

READING: Final = "reading "
"""How work tells which file it is at; the name follows."""

_STACK: Final = 256 * 1024 * 1024
"""Address space only: a page of it counts once something is deep enough to touch it."""

_COPY_SIZE: Final = 1 << 16
_DEEP: Final = "what it read is nested deeper than the libraries can follow"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What work may take: wall-clock seconds and bytes of memory; None: as much as there is."""

    seconds: float | None = None
    memory: int | None = None


def run_bounded(
    target: str,
    arguments: Mapping[str, Any],
    bounds: Bounds,
    *,
    on_step: Callable[[str], object] = bool,
    standard_input: IO[bytes] | None = None,
) -> bytes:
    """Call a function in a process of its own and return what it returns.

    `target` is `module:function`, the arguments are JSON. `on_step` is told what the work is at;
    `standard_input` is copied to it.

    Raises:
        TimeLimitError: it did not end in its time, and was killed with all that it started.
        MemoryLimitError: it needed more memory than it may have.
        WorkCrashedError: its process ended, for instance because a stack overflowed.
    """
    run = _Run(target, arguments, bounds)
    try:
        if standard_input is not None:
            run.feed(standard_input)
        return run.result(on_step)
    finally:
        run.end()


class _Run:
    """One process, seen from the one that waits for it."""

    def __init__(self, target: str, arguments: Mapping[str, Any], bounds: Bounds) -> None:
        self._bounds = bounds
        self._step = ""
        self._late = False
        memory = "" if bounds.memory is None else str(bounds.memory)
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            # Without -P, a file of the folder that this was started in would be code.
            [sys.executable, "-P", "-m", __name__, target, memory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # Rust prints there when a stack overflows
            start_new_session=True,  # so that what it starts can be killed with it
        )
        self._timer = threading.Timer(
            threading.TIMEOUT_MAX if bounds.seconds is None else bounds.seconds, self._stop
        )
        self._timer.daemon = True
        if bounds.seconds is not None:
            self._timer.start()
        # Not on the command line, which holds 128 KiB.
        self.feed(io.BytesIO(json.dumps(arguments).encode() + b"\n"))

    def feed(self, standard_input: IO[bytes]) -> None:
        stdin = self._process.stdin
        try:
            while stdin and (piece := standard_input.read(_COPY_SIZE)):
                stdin.write(piece)
        except BrokenPipeError:
            return  # it has ended; `result` learns why

    def result(self, on_step: Callable[[str], object]) -> bytes:
        self._close_input()
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - it is a pipe
        while line := stdout.readline():
            message: dict[str, Any] = json.loads(line)
            if "step" in message:
                self._step = message["step"]
                on_step(self._step)
            elif "result" in message:
                content = stdout.read(message["result"])
                if len(content) == message["result"]:
                    return content
            else:
                raise self._failure(message["failure"])
        raise self._end()

    def end(self) -> None:
        """Kill whatever is left, and reap it."""
        self._timer.cancel()
        self._kill()
        self._close_input()
        if self._process.stdout:
            self._process.stdout.close()
        self._process.wait()

    def _close_input(self) -> None:
        if self._process.stdin:
            try:
                self._process.stdin.close()
            except BrokenPipeError:
                return

    def _stop(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (AttributeError, ProcessLookupError, PermissionError):
                self._process.kill()  # no process groups here, or it has just ended

    def _failure(self, kind: str) -> Exception:
        return self._no_memory() if kind == "MemoryError" else WorkCrashedError(kind, self._step)

    def _end(self) -> Exception:
        code = self._process.wait()
        if self._late and self._bounds.seconds is not None:
            return TimeLimitError(self._bounds.seconds, self._step)
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return self._no_memory()
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return WorkCrashedError(_DEEP, self._step)
        return WorkCrashedError(f"its process ended with code {code}", self._step)

    def _no_memory(self) -> Exception:
        return MemoryLimitError(self._bounds.memory, self._step)


def _main() -> None:
    target, memory = sys.argv[1:]
    from warrantgraph.engine.workers.limits import die_with_parent, prefer_as_victim

    die_with_parent()
    prefer_as_victim()
    arguments = json.loads(sys.stdin.buffer.readline())
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_work, args=(target, arguments, memory))
    thread.start()
    thread.join()


def _work(target: str, arguments: Mapping[str, Any], memory: str) -> None:
    from warrantgraph.engine.workers.limits import bound_memory

    def say(message: Mapping[str, object], content: bytes = b"") -> None:
        sys.stdout.buffer.write(json.dumps(message).encode() + b"\n" + content)
        sys.stdout.buffer.flush()

    def tell(step: str) -> None:
        say({"step": step})

    if memory:
        bound_memory(int(memory))
    try:
        module, _, function = target.partition(":")
        work: Any = getattr(import_module(module), function)
        content: bytes = work(arguments, tell)
    except MemoryError:
        say({"failure": "MemoryError"})
    except Exception as error:
        say({"failure": _DEEP if isinstance(error, RecursionError) else repr(error)})
    else:
        say({"result": len(content)}, content)


if __name__ == "__main__":
    _main()
