"""Reads how much processor time another process has used."""

from __future__ import annotations

import ctypes
import time
from typing import Final

__all__ = ["ProcessorClock"]

_C: Final = ctypes.CDLL(None)


class ProcessorClock:
    """The processor time of a process: clock_getcpuclockid(3), for want of it the wall clock.

    >>> import os
    >>> clock = ProcessorClock(os.getpid())
    >>> clock.seconds() <= clock.seconds()
    True
    """

    def __init__(self, pid: int) -> None:
        clock = ctypes.c_int()
        find = getattr(_C, "clock_getcpuclockid", None)
        found = find is not None and find(pid, ctypes.byref(clock)) == 0
        self._clock = clock.value if found else time.CLOCK_MONOTONIC

    def seconds(self) -> float:
        """Seconds used so far; once the process has ended, those of the wall clock."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return time.monotonic()
