"""Bounds a worker process: memory, processor time, priority, and the life of its parent.

Memory is bounded by `RLIMIT_DATA` over what the process has when the bound is set, so that the
loaded data, which the keeper shares with its workers, does not count.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

__all__ = [
    "allow_processor_time",
    "bound_memory",
    "close_off",
    "data_size",
    "die_with",
    "die_with_parent",
    "lower_priority",
    "prefer_as_victim",
]

_SET_PARENT_DEATH_SIGNAL = 1
"""`PR_SET_PDEATHSIG` of prctl(2)."""

_LOW_PRIORITY = 15
"""A thirtieth of the share of a process at normal priority; measured: with more, one short query in
a hundred waits for long ones, with less, long ones starve on a machine that does other things."""


def data_size() -> int:
    """Bytes of private writable memory of this process; 0 where the system does not tell."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[5]) * resource.getpagesize()


def bound_memory(more: int) -> None:
    """Let this process take `more` bytes over what it has; an allocation beyond that fails.

    Python then raises MemoryError; Rust ends the process with SIGABRT.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    bound = data_size() + more
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def allow_processor_time(seconds: float) -> None:
    """Let this process use this much more time; then the system ends it with SIGXCPU.

    A last line: in time, whoever started the query kills it at its deadline.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, hard))


def close_off() -> None:
    """Let this process open nothing more: no file, no connection; what is open stays open.

    Whatever it reads may ask for other documents, in whatever disguise: there is no way to them.
    Modules count too, so that what is imported late must be there before.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def die_with_parent() -> None:
    """Have the system kill this process when its parent ends, however that ends."""
    die_with(os.getppid())


def die_with(parent: int) -> None:
    """Do so where the process of that number, which is or was the parent, ends.

    A forked process has to ask anew, with the number from before the fork.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the call
            os.kill(os.getpid(), signal.SIGKILL)


def prefer_as_victim() -> None:
    """Where memory runs out on the whole machine, let the system end this process first."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    except OSError:
        return  # not Linux, or not allowed: nothing is lost but the order


def lower_priority(pid: int) -> None:
    """Let others go first, and still get something done where they are always at work.

    On Linux priorities are those of threads, whatever POSIX says, and a query has its own.
    """
    with suppress(OSError):  # it has ended, or the system forbids it: then all stay equal
        threads = os.listdir(f"/proc/{pid}/task") if sys.platform == "linux" else [pid]
        for thread in threads:
            os.setpriority(os.PRIO_PROCESS, int(thread), _LOW_PRIORITY)
