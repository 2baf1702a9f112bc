"""The processes of a server as Linux shows them in /proc: who lives, and what they use."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "NEEDS_PROC",
    "Process",
    "alive",
    "cpu_seconds",
    "cpu_until_idle",
    "descendants",
    "peak_memory",
    "tree",
    "until",
]

NEEDS_PROC = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are watched through Linux's /proc"
)

_TICKS = os.sysconf("SC_CLK_TCK")
_POLL = 0.01
_DEAD = "ZX"


class Process(NamedTuple):
    """A process; `started` tells it from a later one with the same number."""

    pid: int
    parent: int
    state: str
    started: int
    cpu: float
    """Seconds of processor time, with those of the children it has waited for."""


def _read(pid: int) -> Process | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    ticks = sum(int(each) for each in fields[11:15])
    return Process(pid, int(fields[1]), fields[0], int(fields[19]), ticks / _TICKS)


def tree(pid: int) -> list[Process]:
    """The process and all that descend from it."""
    everything = [_read(int(path.name)) for path in Path("/proc").glob("[0-9]*")]
    children: dict[int, list[Process]] = {}
    for process in everything:
        if process:
            children.setdefault(process.parent, []).append(process)
    found = [process for process in everything if process and process.pid == pid]
    for process in found:  # grows while it is walked
        found += children.get(process.pid, [])
    return found


def descendants(pid: int) -> list[Process]:
    """All that descend from a process and live."""
    return [each for each in tree(pid) if each.pid != pid and each.state not in _DEAD]


def alive(process: Process) -> bool:
    """Whether this very process still runs."""
    now = _read(process.pid)
    return now is not None and now.started == process.started and now.state not in _DEAD


def cpu_seconds(pid: int) -> float:
    """Processor time of the tree; the dead count through the parent that waited for them.

    The tree is read one process after the other. A child that is waited for between the reading
    of its parent and its own would count in neither: so it is read until two readings find the
    same processes, and the later one counts.
    """
    before, now = None, tree(pid)
    while before != (found := [(each.pid, each.started) for each in now]):
        before, now = found, tree(pid)
    return sum(process.cpu for process in now)


def cpu_until_idle(pid: int, *, quiet: float = 0.2, safety: float = 20) -> float:
    """Processor seconds that the tree uses from now until it rests for `quiet` seconds.

    Seconds of the processor, not of the clock: other work on the machine changes nothing.
    """
    first = before = cpu_seconds(pid)
    since = time.monotonic()
    end = since + safety
    while time.monotonic() < end:
        time.sleep(_POLL)
        now = cpu_seconds(pid)
        if now - before > quiet / 10:
            before, since = now, time.monotonic()
        elif time.monotonic() - since > quiet:
            return now - first
    pytest.fail(f"the server still works {safety} s after it had nothing to do")


def peak_memory(pid: int) -> int:
    """The most bytes that the process itself has held in memory at once."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def until(condition: Callable[[], object], what: str, *, safety: float = 20) -> None:
    """Wait until something holds; fails with `what` when it does not come."""
    end = time.monotonic() + safety
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"waited {safety} s in vain until {what}")
        time.sleep(_POLL)
