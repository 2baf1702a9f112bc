"""What the reviewer answers: single keys of a terminal, or lines of a script."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

__all__ = ["END", "Answer", "Answers", "open_answers"]

END: Final = "q"
"""The key that ends a review; the end of the input counts as this key."""

_CONTROL_D: Final = "\x04"
_ESCAPE: Final = "\x1b"
_SEQUENCE: Final = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)
_SECONDS: Final = 0.05
"""How long the rest of a key of several characters, as an arrow, may take."""


class Answer(NamedTuple):
    """A key, and in a script what stands behind it; `ended` where there was no more input."""

    key: str
    rest: str | None = None
    ended: bool = False


class Answers(Protocol):
    """Where answers come from."""

    def key(self, ask: Callable[[], None]) -> Answer:
        """The next key; `ask` shows the question once keys count."""
        ...

    def line(self, ask: Callable[[], None]) -> str:
        """A line of text; empty where there is none."""
        ...

    @property
    def terminal(self) -> bool:
        """Whether a person types them."""
        ...


def open_answers(stream: TextIO) -> Answers:
    """The answers that a stream gives: a terminal's keys, or the lines of a pipe or file."""
    if not stream.isatty():
        return _Lines(stream, terminal=False)
    by_key = find_spec("termios") is not None  # Windows has none: a line each
    return _Keys(stream) if by_key else _Lines(stream, terminal=True)


class _Lines:
    """One line for each answer: its key, and behind it the reason of a rejection."""

    def __init__(self, stream: TextIO, *, terminal: bool) -> None:
        self._stream = stream
        self._terminal = terminal

    @property
    def terminal(self) -> bool:
        return self._terminal

    def key(self, ask: Callable[[], None]) -> Answer:
        ask()
        for line in self._rest():
            if text := line.strip():
                return Answer(text[0], text[1:].strip())
        return Answer(END, ended=True)

    def line(self, ask: Callable[[], None]) -> str:
        ask()
        return next(self._rest(), "").strip()

    def _rest(self) -> Iterator[str]:
        while line := self._stream.readline():
            yield line


class _Keys:
    """The keys of a terminal, as they are pressed.

    What was typed before a question was shown is thrown away: nobody accepts a claim unseen, by a
    key held too long. An arrow or function key is no key, though its code holds letters.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def terminal(self) -> bool:
        return True

    def key(self, ask: Callable[[], None]) -> Answer:
        with _unbuffered(self._stream.fileno()) as handle:
            ask()
            while True:
                typed = _read(handle)
                if not typed or typed[0] == _CONTROL_D:
                    return Answer(END, ended=True)
                if keys := _SEQUENCE.sub("", typed).strip():
                    return Answer(keys[0])

    def line(self, ask: Callable[[], None]) -> str:
        ask()
        return self._stream.readline().strip()


def _read(handle: int) -> str:
    """What one key sends; empty at the end of the input."""
    try:
        typed = os.read(handle, 1024)
        while typed.endswith(_ESCAPE.encode()) and select.select([handle], [], [], _SECONDS)[0]:
            typed += os.read(handle, 1024)
    except OSError:  # the terminal is gone
        return ""
    return typed.decode(sys.stdin.encoding or "utf-8", errors="replace")


@contextlib.contextmanager
def _unbuffered(handle: int) -> Generator[int]:
    """A terminal that gives each key at once and does not show it; Ctrl-C still works."""
    import termios
    import tty

    before = termios.tcgetattr(handle)
    tty.setcbreak(handle, termios.TCSAFLUSH)
    try:
        yield handle
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(handle, termios.TCSADRAIN, before)
