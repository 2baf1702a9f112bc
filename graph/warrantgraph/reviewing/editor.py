"""Opens a text in the editor of the user and returns what was saved."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph.errors import CurationError

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["edit_text"]

_USUAL = ("sensible-editor", "nano", "vim", "vi", "notepad")
_HINT = "name one in the variable EDITOR, as in: EDITOR='code --wait'"


def edit_text(text: str, name: str) -> str:
    """Let the user edit a text, in a file `<name>.ttl` that is gone afterwards.

    Raises:
        CurationError: there is no editor, it failed, or what it saved is not text.
    """
    command = _command()
    with tempfile.TemporaryDirectory(prefix="warrantgraph-review-") as folder:
        path = Path(folder) / f"{name}.ttl"
        path.write_bytes(text.encode())
        with _interrupts_left_to_the_editor():
            code = _run([*command, str(path)])
        if code < 0:
            raise CurationError(f"the editor was ended by {_signal(-code)}", value=command[0])
        if code:
            raise CurationError(f"the editor failed with exit code {code}", value=command[0])
        try:
            return path.read_bytes().decode()
        except OSError as error:
            raise CurationError("the editor left no file", value=command[0]) from error
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise CurationError(f"what was saved is not UTF-8, in line {line}") from error


def _command() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if value := os.environ.get(variable, "").strip():
            try:
                return shlex.split(value, posix=os.name == "posix")
            except ValueError as error:
                raise CurationError(
                    f"{variable} cannot be read: {error}", value=value, hint=_HINT
                ) from error
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise CurationError("there is no editor", hint=_HINT)


def _run(command: list[str]) -> int:
    typing = sys.stdin.isatty()  # the lines of a script are answers, not for the editor
    try:
        given = None if typing else subprocess.DEVNULL
        return subprocess.run(command, check=False, stdin=given).returncode  # noqa: S603
    except OSError as error:
        raise CurationError(
            f"the editor cannot be started: {error.strerror}", value=command[0], hint=_HINT
        ) from error


@contextmanager
def _interrupts_left_to_the_editor() -> Generator[None]:
    """Ctrl-C in an editor means what the editor says."""
    before = signal.signal(signal.SIGINT, _ignore)  # SIG_IGN would be inherited
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ignore(_number: int, _frame: object) -> None:
    pass


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
