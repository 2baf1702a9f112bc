"""Reads the words of an article, and refuses with a reason what cannot be one."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import ExtractionError, InputTooLargeError, MissingFileError
from warrantgraph.extracting.kinds import foreign_kind, is_markup

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST", "check_text", "decode_text", "open_file", "read_file", "too_large"]

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of an article unless a command says otherwise: some 300,000 words."""

_AS_UTF_8: Final = "save it as plain text in UTF-8"
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_FEW_CONTROL: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]")


def open_file(path: Path) -> int:
    """Open a file for reading and return its descriptor; a link to a file is one.

    Raises:
        MissingFileError: there is none.
        ExtractionError: it is a pipe or a device, which may never end, or cannot be opened.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _no_file(path)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError("there is no such file", file=path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExtractionError(f"cannot be read: {reason}", file=path) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # it was exchanged meanwhile
        os.close(descriptor)
        raise _no_file(path)
    return descriptor


def _no_file(path: Path) -> ExtractionError:
    return ExtractionError("not a file", file=path, hint="give a pipe as standard input: -")


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file of at most `most` bytes.

    Raises:
        MissingFileError, ExtractionError: as `open_file` does.
        InputTooLargeError: it has more.
    """
    with os.fdopen(open_file(path), "rb") as stream:
        try:
            content = stream.read(most + 1)
        except OSError as error:
            raise ExtractionError(f"cannot be read: {error.strerror}", file=path) from error
    if len(content) > most:
        raise too_large(path, most)
    return content


def too_large(path: Path, most: int, line: int | None = None) -> InputTooLargeError:
    """The error about an article of more than `most` bytes."""
    return InputTooLargeError(
        f"larger than the {most:,} bytes that an article may have",
        file=path,
        line=line,
        hint="if it is one article, allow more with --max-size",
    )


def decode_text(content: bytes, path: Path) -> str:
    """The text of an article, all of it: a byte order mark and line ends stay as they are.

    Raises:
        ExtractionError: it is no plain text; says what it is, or at which byte it goes wrong.
    """
    if not content:
        raise ExtractionError("the file is empty", file=path)
    if kind := foreign_kind(content):
        raise ExtractionError(f"this is {kind}, not plain text", file=path, hint=_AS_UTF_8)
    if (offset := content.find(0)) >= 0:
        raise _with_nul(content, offset, path)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise ExtractionError(
            f"not UTF-8: {error.reason} at byte {error.start:,}",
            file=path,
            line=content.count(b"\n", 0, error.start) + 1,
            value=repr(content[error.start : error.start + 4])[2:-1],
            hint=_AS_UTF_8,
        ) from error
    check_text(text, path)
    return text


def _with_nul(content: bytes, offset: int, path: Path) -> ExtractionError:
    zeros = content.count(0)
    if zeros * 4 > len(content):
        message = "UTF-16 or UTF-32 text, or no text at all: every other byte is NUL"
        return ExtractionError(message, file=path, hint=_AS_UTF_8)
    message = f"not plain text: a NUL character at byte {offset:,}"
    return ExtractionError(message, file=path, hint=_AS_UTF_8)


def check_text(text: str, path: Path, line: int | None = None) -> None:
    """Refuse what is text, but no article: no words, markup, binary data, halves of characters.

    Raises:
        ExtractionError: says which.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            message = f"half a character (a lone surrogate) at offset {error.start:,}"
            raise ExtractionError(message, file=path, line=line) from error
    if "\x00" in text:
        message = f"not plain text: a NUL character at offset {text.index(chr(0)):,}"
        raise ExtractionError(message, file=path, line=line)
    if not _WORD.search(text):
        raise ExtractionError("there are no words in it", file=path, line=line)
    if sum(1 for _ in _CONTROL.finditer(text)) > max(_FEW_CONTROL, len(text) // 100):
        message = "not plain text: it is full of control characters"
        raise ExtractionError(message, file=path, line=line, hint=_AS_UTF_8)
    if is_markup(text):
        raise ExtractionError(
            "this is HTML or XML, not plain text",
            file=path,
            line=line,
            hint="give the words of the article alone, as a browser shows them",
        )
