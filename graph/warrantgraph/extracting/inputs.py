"""Finds the articles that paths name, one after the other; one that cannot be read hides no other.

A path is a text file, a folder of them, a file of JSON Lines, or `-` for JSON Lines on standard
input. In a folder `.txt` and `.jsonl` count; names that begin with a dot do not.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from warrantgraph.errors import ExtractionError, InputError, MissingFileError
from warrantgraph.extracting.about import About, read_about, read_table
from warrantgraph.extracting.texts import (
    check_text,
    decode_text,
    open_file,
    read_file,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["STANDARD_INPUT", "Given", "Unread", "find_articles"]

STANDARD_INPUT: Final = Path("-")
_TEXT: Final = ".txt"
_LINES: Final = ".jsonl"
_ESCAPED: Final = 6
"""Bytes that JSON may take for one: `\\u00e9`."""


@dataclass(frozen=True)
class Given:
    """An article as it was found; `name` is its path, with the line where it is one of many."""

    name: str
    path: Path
    line: int | None
    text: str
    about: About


@dataclass(frozen=True)
class Unread:
    """Something that was to be an article, and why it is none."""

    name: str
    error: InputError


def find_articles(
    paths: Iterable[Path], most: int, standard_input: IO[bytes]
) -> Iterator[Given | Unread]:
    """Give each article that the paths name, in their order, folders sorted; one at a time is read.

    `most` is how many bytes an article may have.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield from _lines(standard_input, path, most)
        elif path.is_dir():
            yield from _folder(path, most)
        else:
            yield from _file(path, most)


def _folder(folder: Path, most: int) -> Iterator[Given | Unread]:
    refused: list[Unread] = []
    is_empty = True
    for parent, folders, names in os.walk(folder, onerror=lambda e: refused.append(_closed(e))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix in (_TEXT, _LINES) and not name.startswith("."):
                is_empty = False
                yield from _file(Path(parent, name), most)
        while refused:
            is_empty = False
            yield refused.pop()
    while refused:
        is_empty = False
        yield refused.pop()
    if is_empty:
        error = MissingFileError(
            f"there is no {_TEXT} or {_LINES} file in this folder", file=folder
        )
        yield Unread(str(folder), error)


def _closed(error: OSError) -> Unread:
    folder = Path(error.filename)
    reason = ExtractionError(f"this folder cannot be read: {error.strerror}", file=folder)
    return Unread(str(folder), reason)


def _file(path: Path, most: int) -> Iterator[Given | Unread]:
    try:
        if path.suffix == _LINES:
            with os.fdopen(open_file(path), "rb") as stream:
                yield from _lines(stream, path, most)
        elif path.suffix == ".json":
            hint = f"one object a line, in a file whose name ends in {_LINES}"
            raise ExtractionError("JSON is read line by line only", file=path, hint=hint)
        else:
            text = decode_text(read_file(path, most), path)
            yield Given(str(path), path, None, text, read_about(path))
    except InputError as error:
        yield Unread(str(path), error)


def _lines(stream: IO[bytes], path: Path, most: int) -> Iterator[Given | Unread]:
    """Each line is an article; one that is too long is skipped, not held."""
    longest = most * _ESCAPED + 65_536
    number = 0
    while line := stream.readline(longest):
        number += 1
        name = f"{path}:{number}"
        is_whole = line.endswith(b"\n") or len(line) < longest
        while not (line.endswith(b"\n") or len(line) < longest):
            line = stream.readline(longest)
        try:
            if not is_whole:
                raise too_large(path, most, number)
            if line.strip():
                yield _line(line, name, path, number, most)
        except InputError as error:
            yield Unread(name, error)
    if not number:
        yield Unread(str(path), ExtractionError("there is nothing in it", file=path))


def _line(line: bytes, name: str, path: Path, number: int, most: int) -> Given:
    try:
        table: Any = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        message = f"this is not JSON: {error}"
        hint = '{"text": "...", "published": "2024-11-21"}, one such object a line'
        raise ExtractionError(message, file=path, line=number, hint=hint) from error
    text = cast("dict[str, Any]", table).pop("text", None) if isinstance(table, dict) else None
    if not isinstance(text, str):
        message = 'there is no "text" in it, or it is no text'
        raise ExtractionError(message, file=path, line=number)
    check_text(text, path, number)
    if len(text.encode()) > most:
        raise too_large(path, most, number)
    return Given(name, path, number, text, read_table(cast("object", table), path, number))
