"""Reads a folder of texts with their gold facts: NN.txt, and NN.json beside it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import InputError, MissingFileError
from warrantgraph.evaluation.reading import read_facts, read_object, read_text
from warrantgraph.evaluation.records import Facts

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from warrantgraph.evaluation.reading import Keys

__all__ = ["Document", "choose", "last_day", "list_documents", "read_document", "read_predictions"]

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Document:
    """One text with what it states; `published` is None where the gold does not tell."""

    id: str
    text: str
    facts: Facts
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    event: str | None = None
    hard_negative: bool = False


def list_documents(folder: Path) -> tuple[str, ...]:
    """The ids of the documents of a folder, in order; no file is opened.

    Raises:
        MissingFileError: there is no such folder, or no gold file in it.
    """
    if not folder.is_dir():
        raise MissingFileError("no such folder", file=folder)
    found = sorted(path.stem for path in folder.glob("*.json"))
    if not found:
        raise MissingFileError(
            "there are no gold files here", file=folder, hint="write NN.json beside each NN.txt"
        )
    return tuple(found)


def read_document(folder: Path, name: str) -> Document:
    """One text and its gold.

    Raises:
        MissingFileError: one of the two files is not there.
        InputError: one cannot be read, or the gold breaks the schema.
    """
    keys = read_object(folder / f"{name}.json")
    text = read_text(folder / f"{name}.txt")
    return Document(
        id=name,
        text=text,
        facts=read_facts(keys, text, strict=True),
        published=_published(keys),
        publisher=keys.text_or_none("outlet"),
        url=keys.text_or_none("url"),
        event=keys.text_or_none("event"),
        hard_negative=bool(keys.flag("hard_negative", default=False)),
    )


def read_predictions(folder: Path, documents: Collection[Document]) -> dict[str, Facts]:
    """What another system found in each text, in the schema of the gold; no file is no fact.

    Raises:
        MissingFileError: there is no such folder.
        InputError: a file cannot be read, or breaks the schema.
    """
    if not folder.is_dir():
        raise MissingFileError("no such folder", file=folder)
    found: dict[str, Facts] = {}
    for document in documents:
        path = folder / f"{document.id}.json"
        found[document.id] = (
            read_facts(read_object(path), document.text, strict=False) if path.exists() else Facts()
        )
    return found


def last_day(written: str) -> date:
    """The last day that a date allows, so that nothing in the text is later than its publication.

    >>> last_day("2024-02").isoformat(), last_day("2024").isoformat()
    ('2024-02-29', '2024-12-31')

    Raises:
        ValueError: it is no such date.
    """
    match = _DATE.fullmatch(written)
    if match is None:
        raise ValueError(f'"{written}" is not a date')
    year, month = int(match[1]), int(match[2] or 12)
    if not 1 <= month <= 12:
        raise ValueError(f'"{written}" is not a date')
    return date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))


def _published(keys: Keys) -> date | None:
    written = keys.text_or_none("published")
    if written is None:
        return None
    try:
        return last_day(written)
    except ValueError as error:
        raise keys.wrong("published", "this is not a date") from error


def choose(names: tuple[str, ...], asked: Collection[str], folder: Path) -> tuple[str, ...]:
    """Those of the documents that are asked for, all where none is.

    Raises:
        InputError: one that is asked for is not there.
    """
    for each in asked:
        if each not in names:
            raise InputError("there is no such document", file=folder, value=each)
    return tuple(each for each in names if not asked or each in asked)
