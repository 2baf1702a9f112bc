"""What is known of an article beside its words: from options, a file beside it, or its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from warrantgraph.errors import InputError, MetadataError
from warrantgraph.extracting.slugs import check_slug
from warrantgraph.extracting.texts import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["About", "read_about", "read_day", "read_table"]

_MOST: Final = 64 * 1024
_LONGEST: Final = 2_000
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESS: Final = re.compile(r"https?://[^\s/][^\s\"<>\\^`{|}]*", re.IGNORECASE)
_ONE_LINE: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True)
class About:
    """What is known of an article; None where it is not."""

    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    slug: str | None = None
    language: str | None = None

    def or_else(self, others: About) -> About:
        """The same, with what is not known here from `others`."""
        names = [field.name for field in fields(self)]
        return About(**{name: getattr(self, name) or getattr(others, name) for name in names})


def read_day(value: str) -> date:
    """The day an article appeared, from `2024-11-21`, also with a time of day behind it.

    >>> read_day("2024-11-21T08:30:00Z")
    datetime.date(2024, 11, 21)

    Raises:
        MetadataError: it is no day, only a year or month, or has not come yet.
    """
    match = _DAY.fullmatch(value.strip())
    if match is None:
        raise MetadataError(
            "not the day the article appeared",
            value=value[:80],
            hint='write 2024-11-21; a year or month is not enough, since "Friday" counts from it',
        )
    try:
        day = date.fromisoformat(match[1])
    except ValueError as error:
        raise MetadataError("there is no such day", value=match[1]) from error
    if day > date.today() + timedelta(days=1):  # somewhere it is tomorrow already
        raise MetadataError("the day has not come yet", value=match[1], hint="is the year right?")
    return day


def read_about(text_file: Path) -> About:
    """What `NAME.toml` beside `NAME.txt` says; nothing where there is none.

    Raises:
        MetadataError: what is there is wrong; says where.
    """
    path = text_file.with_suffix(".toml")
    if path == text_file or not path.exists():
        return About()
    try:
        table = tomllib.loads(read_file(path, _MOST).decode())
    except (ValueError, RecursionError) as error:
        raise MetadataError(f"this is not TOML: {error}", file=path) from error
    except InputError as error:
        raise MetadataError(error.message, file=path) from error
    return read_table(table, path)


def read_table(table: object, file: Path, line: int | None = None) -> About:
    """What a table of keys and values says of an article.

    Raises:
        MetadataError: it is no table, a key is not known or a value is wrong.
    """
    known = [field.name for field in fields(About)]
    if not isinstance(table, dict):
        raise MetadataError("not a table of keys and values", file=file, line=line)
    entries = cast("Mapping[str, Any]", table)
    for key, value in entries.items():
        if key not in known:
            hint = f"one of {', '.join(known)}"
            raise MetadataError("this key is not known", file=file, line=line, value=key, hint=hint)
        if value is not None and not isinstance(value, str) and key != "published":
            raise MetadataError(f"{key} must be text", file=file, line=line, value=str(value)[:80])
    try:
        values: dict[str, Any] = {key: _read(key, value) for key, value in entries.items() if value}
        return About(**values)
    except MetadataError as error:
        raise MetadataError(
            error.message, file=file, line=line, value=error.value, hint=error.hint
        ) from error


def _read(key: str, value: object) -> str | date:
    if key == "published":
        if isinstance(value, datetime):
            value = value.date()
        return read_day(str(value))
    text = str(value).strip()
    if len(text) > _LONGEST or not _ONE_LINE.fullmatch(text):
        raise MetadataError(f"{key} must be one line of text", value=text[:80])
    if key == "slug":
        check_slug(text)
    if key == "language" and not _LANGUAGE.fullmatch(text):
        raise MetadataError("not the tag of a language", value=text[:80], hint="write en")
    if key == "url" and not _ADDRESS.fullmatch(text):
        raise MetadataError("not an address on the web", value=text[:80], hint="https://...")
    return text.lower() if key == "language" else text
