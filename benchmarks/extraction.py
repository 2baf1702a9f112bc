"""Measures how fast `warrantgraph extract` is, and how much memory a long batch takes.

Feeds generated articles to the command on its standard input, as many processes at work as `--jobs`
says, and writes their drafts into a folder of its own. At each tenth of the batch it prints the
articles a second of that tenth, and the memory of the command and of its workers then: a batch that
accumulates shows in the last column growing. For Linux.
"""

from __future__ import annotations

import argparse
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
    print(f"{'articles':>8}  {'a second':>8}  {'command MiB':>11}  {'workers MiB':>11}")
    batch.stdout.readline()  # the first waits for the extractor to load
    done, began = 1, time.monotonic()
    for line in batch.stdout:
        done += line.startswith((b"drafted", b"{"))
        if done % step == 0:
            now = time.monotonic()
            rate = (step if done > step else step - 1) / (now - began)
            workers = sum(map(_resident, _children(batch.pid)))
            print(f"{done:>8,}  {rate:>8.1f}  {_resident(batch.pid):>11.1f}  {workers:>11.1f}")
            began = time.monotonic()


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text("ascii").split()]


def _resident(pid: int) -> float:
    """MiB of memory that a process has in use."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
