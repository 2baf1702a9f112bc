"""A source to review, in a folder of its own, and a terminal in which to do it."""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from warrantgraph.reviewing.deciding import status_of
from warrantgraph.reviewing.saving import ClaimsFile

__all__ = ["CASES", "Terminal", "claims_file", "command", "copy_source", "statuses"]

CASES = Path(__file__).parent / "cases" / "review"
_SECONDS = 60
_PROMPT = "[q]uit [?]"


def copy_source(folder: Path, slug: str = "a-denial") -> Path:
    """Copy a source into `folder`; returns its claims."""
    shutil.copytree(CASES / slug, folder / slug)
    return folder / slug / "claims.ttl"


def command(claims: Path, *arguments: str) -> tuple[str, ...]:
    """The arguments that review these claims."""
    sources = str(claims.parents[1])
    return ("review", claims.parent.name, *arguments, "--sources", sources, "--reviewer", "Ada")


def statuses(claims: Path) -> dict[str, str]:
    """How the drafted claims of a file stand, by name."""
    blocks = ClaimsFile(claims).read()
    found = {str(subject): status_of(blocks, subject) for subject in blocks.subjects}
    return {name.rsplit("/", 1)[-1]: status for name, status in found.items() if status}


def claims_file(claims: Path) -> str:
    """The text of a file with its line ends, and a name for each time of review."""
    text = claims.read_bytes().decode()
    return re.sub(r'(reviewedAt>? )"[-0-9T:]+Z"', r'\1"NOW"', text)


class Terminal:
    """A pseudo-terminal of 60 columns in which the real command runs."""

    def __init__(self, *arguments: str, term: str = "dumb", **environment: str) -> None:
        self._controller, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "VISUAL")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "warrantgraph", *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=inherited | {"TERM": term} | environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(inner)
        self.output = ""
        self._seen = 0

    def wait_for(self, text: str = _PROMPT) -> str:
        """Read until this text comes; returns what came since the last time."""
        deadline = time.monotonic() + _SECONDS
        while text not in self.output[self._seen :]:
            assert time.monotonic() < deadline, self.output
            assert self._read(), f"ended without {text!r}: {self.output}"
        start, self._seen = self._seen, len(self.output)
        return self.output[start:]

    def press(self, keys: str) -> None:
        """Type something."""
        os.write(self._controller, keys.encode())

    def end(self) -> int:
        """Read to the end; returns the exit code."""
        while self._read():
            pass
        code = self.process.wait(_SECONDS)
        os.close(self._controller)
        return code

    def close(self) -> None:
        """Close the window."""
        os.close(self._controller)
        self.process.wait(_SECONDS)

    def _read(self) -> bool:
        if not select.select([self._controller], [], [], _SECONDS)[0]:
            return False
        try:
            read = os.read(self._controller, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        self.output += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)
