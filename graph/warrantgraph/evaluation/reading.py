"""Reads records of the gold schema from JSON, and says which key of which file breaks it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast

from warrantgraph.errors import InputError, MissingFileError
from warrantgraph.evaluation.records import (
    AccusationRecord,
    DenialRecord,
    EntityRecord,
    Facts,
    FactType,
    MembershipRecord,
    OfficeRecord,
    SanctionRecord,
    StatementRecord,
    WarrantRecord,
)
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Keys", "find_all", "read_facts", "read_object", "read_text"]

_Record = TypeVar("_Record")


class Keys:
    """The keys of one object of a JSON file, each taken with the type that it must have."""

    def __init__(self, values: dict[str, Any], file: Path, place: str = "") -> None:
        self.values = values
        self.file = file
        self.place = place

    def text(self, key: str) -> str:
        """A text that must be there.

        Raises:
            InputError: it is not, or it is not a text.
        """
        value = self.text_or_none(key)
        if value is None:
            raise self.wrong(key, "a text is needed here")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, None where the key is missing or null; raises InputError where it is no text."""
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self.wrong(key, "this is not a text")

    def flag(self, key: str, default: bool | None) -> bool | None:
        """true or false; `default` where the key is missing; raises InputError for all else."""
        value = self.values.get(key, default)
        if value is None or isinstance(value, bool):
            return value
        raise self.wrong(key, "this is neither true nor false")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is missing or null.

        Raises:
            InputError: it is not a list of texts.
        """
        value: object = self.values.get(key)
        if value is None:
            return ()
        if isinstance(value, list):
            entries = cast("list[object]", value)
            if all(isinstance(entry, str) for entry in entries):
                return tuple(cast("list[str]", entries))
        raise self.wrong(key, "this is not a list of texts")

    def records(self, key: str) -> list[Keys]:
        """A list of objects, empty where the key is missing or null.

        Raises:
            InputError: it is not a list of objects.
        """
        value: object = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "this is not a list")
        found: list[Keys] = []
        for number, entry in enumerate(cast("list[object]", value)):
            if not isinstance(entry, dict):
                raise self.wrong(f"{key}[{number}]", "this is not an object")
            place = self._at(f"{key}[{number}]")
            found.append(Keys(cast("dict[str, Any]", entry), self.file, place))
        return found

    def wrong(self, key: str, message: str) -> InputError:
        """The error that says which key of which file is wrong."""
        value = self.values.get(key)
        shown = None if value is None else json.dumps(value, ensure_ascii=False)[:60]
        return InputError(f"{self._at(key)}: {message}", file=self.file, value=shown)

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def read_text(path: Path) -> str:
    """The text of a file, its line ends as they are.

    Raises:
        MissingFileError: there is no such file.
        InputError: it is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise MissingFileError("no such file", file=path) from None
    except UnicodeDecodeError as error:
        raise InputError("this is not UTF-8 text", file=path) from error


def read_object(path: Path) -> Keys:
    """The JSON object that a file holds.

    Raises:
        MissingFileError: there is no such file.
        InputError: it is not UTF-8, not JSON, or not an object.
    """
    try:
        document: object = json.loads(read_text(path).removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is not JSON: {error.msg}", file=path, line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise InputError("this JSON is nested too deep", file=path) from error
    if not isinstance(document, dict):
        raise InputError("a JSON object is needed here", file=path)
    return Keys(cast("dict[str, Any]", document), path)


def read_facts(keys: Keys, text: str, *, strict: bool) -> Facts:
    """The records of one text.

    Args:
        keys: the object of its file.
        text: the text, in which the quotes are found.
        strict: whether each quote must stand in it.

    Raises:
        InputError: a record lacks what it must have, a value is not of its type, or a quote is
            not a substring of the text.
    """
    for each in FactType:
        for record in keys.records(each):
            quote = record.text_or_none("quote")
            if strict and quote and quote not in text:
                raise record.wrong("quote", "these words are not in the text")
    return Facts(
        warrants=_read(keys, FactType.WARRANTS, lambda each: _warrant(each, text)),
        accusations=_read(keys, FactType.ACCUSATIONS, lambda each: _accusation(each, text)),
        denials=_read(keys, FactType.DENIALS, lambda each: _denial(each, text)),
        sanctions=_read(keys, FactType.SANCTIONS, lambda each: _sanction(each, text)),
        memberships=_read(keys, FactType.MEMBERSHIPS, lambda each: _membership(each, text)),
        offices=_read(keys, FactType.OFFICES, lambda each: _office(each, text)),
        statements=_read(keys, FactType.STATEMENTS, lambda each: _statement(each, text)),
        entities=_read(keys, FactType.ENTITIES, _entity),
    )


def find_all(text: str, words: str) -> tuple[Span, ...]:
    """All places of some words in a text.

    >>> find_all("no, no", "no")
    (Span(start=0, end=2), Span(start=4, end=6))
    """
    spans: list[Span] = []
    start = text.find(words) if words else -1
    while start >= 0:
        spans.append(Span(start, start + len(words)))
        start = text.find(words, start + 1)
    return tuple(spans)


def _read(keys: Keys, key: str, make: Callable[[Keys], _Record]) -> tuple[_Record, ...]:
    return tuple(make(record) for record in keys.records(key))


class _Words(TypedDict):
    quote: str
    spans: tuple[Span, ...]
    rule: str


def _words(keys: Keys, text: str) -> _Words:
    quote = keys.text_or_none("quote") or ""
    offsets: object = keys.values.get("offsets")
    match offsets:
        case [int(start), int(end)]:  # what was predicted elsewhere says which place it means
            spans: tuple[Span, ...] = (Span(start, end),)
        case _:
            spans = find_all(text, quote)
    return {
        "quote": quote,
        "spans": spans,
        "rule": keys.text_or_none("rule") or "",
    }


def _warrant(keys: Keys, text: str) -> WarrantRecord:
    return WarrantRecord(
        suspect=keys.text("suspect"),
        kind=keys.text("kind"),
        state=keys.text("state"),
        court=keys.text_or_none("court"),
        issued_on=keys.text_or_none("issued_on"),
        roles=keys.texts("suspect_roles"),
        crimes=keys.texts("crimes"),
        named=keys.flag("named", default=True) is not False,
        **_words(keys, text),
    )


def _accusation(keys: Keys, text: str) -> AccusationRecord:
    return AccusationRecord(
        accused=keys.text("accused"),
        accuser=keys.text_or_none("accuser"),
        what=keys.text_or_none("what"),
        **_words(keys, text),
    )


def _denial(keys: Keys, text: str) -> DenialRecord:
    return DenialRecord(by=keys.text("by"), of=keys.text_or_none("of"), **_words(keys, text))


def _sanction(keys: Keys, text: str) -> SanctionRecord:
    return SanctionRecord(
        on=keys.text("on"),
        by=keys.text_or_none("by"),
        date=keys.text_or_none("date"),
        **_words(keys, text),
    )


def _membership(keys: Keys, text: str) -> MembershipRecord:
    member = keys.flag("member", default=None)
    if member is None:
        raise keys.wrong("member", "true or false is needed here")
    return MembershipRecord(
        state=keys.text("state"), body=keys.text("body"), member=member, **_words(keys, text)
    )


def _office(keys: Keys, text: str) -> OfficeRecord:
    return OfficeRecord(
        person=keys.text("person"),
        office=keys.text("office"),
        of=keys.text_or_none("of"),
        current=keys.flag("current", default=None),
        **_words(keys, text),
    )


def _statement(keys: Keys, text: str) -> StatementRecord:
    return StatementRecord(
        text=keys.text("quote_text"),
        speaker=keys.text_or_none("speaker"),
        reported_by=keys.text_or_none("reported_by"),
        **_words(keys, text),
    )


def _entity(keys: Keys) -> EntityRecord:
    return EntityRecord(
        name=keys.text("name"), kind=keys.text("type"), mentions=keys.texts("mentions")
    )
