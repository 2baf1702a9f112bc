"""Measures how fast `warrantgraph extract` is, and how much memory a long batch takes.

Feeds generated articles to the command on its standard input, as many processes at work as `--jobs`
says, and writes their drafts into a folder of its own. At each tenth of the batch it prints the
articles a second of that tenth, those a second of processor time, which other work on the machine
changes less, and the memory of the command and of its workers then: a batch that accumulates shows
in the last column growing. For Linux.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Final

from generated_articles import articles

_LINES: Final = 10


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure warrantgraph extract.")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--dry-run", action="store_true", help="extract, but write no sources")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="warrantgraph-extraction-") as folder:
        command = [
            *(sys.executable, "-m", "warrantgraph", "extract", "-", "--extractor"),
            *(arguments.extractor, "--sources", folder, "--jobs", str(arguments.jobs)),
            *(["--dry-run"] if arguments.dry_run else []),
        ]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as batch:
            assert batch.stdin is not None
            feeding = threading.Thread(
                target=_feed, args=(batch.stdin, arguments.articles, arguments.words)
            )
            feeding.start()
            _watch(batch, arguments.articles)
            feeding.join()
    sys.exit(batch.returncode)


def _feed(stream: IO[bytes], count: int, words: int) -> None:
    try:
        with stream:
            for line in articles(count, words):
                stream.write(line.encode())
    except BrokenPipeError:
        return  # the command has ended, and says why


def _watch(batch: subprocess.Popen[bytes], count: int) -> None:
    """Print a row for each tenth of the batch."""
    assert batch.stdout is not None
    step = max(1, count // _LINES)
    columns = ("articles", "a second", "a processor second", "command MiB", "workers MiB")
    print("  ".join(columns))
    batch.stdout.readline()  # the first waits for the extractor to load
    done, began, spent = 1, time.monotonic(), _processor_time(batch.pid)
    for line in batch.stdout:
        done += line.startswith((b"drafted", b"{"))
        if done % step == 0:
            count_now = step if done > step else step - 1
            row = (
                count_now / (time.monotonic() - began),
                count_now / max(_processor_time(batch.pid) - spent, 0.01),
                _resident(batch.pid),
                sum(map(_resident, _children(batch.pid))),
            )
            cells = (f"{cell:>{len(name)}.1f}" for cell, name in zip(row, columns[1:], strict=True))
            print("  ".join([f"{done:>8,}", *cells]), flush=True)
            began, spent = time.monotonic(), _processor_time(batch.pid)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text("ascii").split()]


def _processor_time(pid: int) -> float:
    """Seconds of a process, of those that it started, and of those that have ended since."""
    own = _times(pid)
    return sum(own) + sum(sum(_times(child)[:2]) for child in _children(pid))


def _times(pid: int) -> list[float]:
    """Of the process in user and system mode, and of its children that were waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return [0.0]
    return [int(field) / os.sysconf("SC_CLK_TCK") for field in fields[11:15]]


def _resident(pid: int) -> float:
    """MiB of memory that a process has in use."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    if "VmRSS:" not in status:  # it has ended, and was not waited for yet
        return 0.0
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
