"""Requests, ends and failures as JSON, so that nothing but data crosses the boundary.

>>> failure = QuerySyntaxError("no such word", line=1, column=2)
>>> str(decode_failure(encode_failure(failure)))
'Syntax error at line 1 column 2: no such word'
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.engine.formats import BOOLEAN_FORMATS, FORMATS, GRAPH_FORMATS, SOLUTION_FORMATS
from warrantgraph.engine.interface import ANY_FORMAT, AnswerFormats, QueryDataset
from warrantgraph.engine.reading import QueryForm
from warrantgraph.errors import (
    AnswerTooLargeError,
    InputError,
    MissingFileError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTooDeepError,
    ServiceRefusedError,
    WarrantgraphError,
)

if TYPE_CHECKING:
    from warrantgraph.engine.formats import Format

__all__ = [
    "AnswerEnd",
    "AnswerHead",
    "AnswerLimits",
    "Request",
    "decode_failure",
    "encode_failure",
]


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How large an answer may be; None where it may be of any size."""

    rows: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A query, the formats it may be answered in, and its bounds.

    `codings` are the content codings that the client takes, the most wanted first; `seconds` is
    the time of the query, which the worker holds to even when nobody is left to kill it.
    """

    query: str
    dataset: QueryDataset = field(default_factory=QueryDataset)
    formats: AnswerFormats = ANY_FORMAT
    codings: tuple[str, ...] = ()
    limits: AnswerLimits = field(default_factory=AnswerLimits)
    seconds: float = 30.0

    def encode(self) -> bytes:
        """The request as a worker reads it."""
        chosen = (self.formats.solutions, self.formats.boolean, self.formats.graph)
        table = {
            "query": self.query,
            "default_graphs": self.dataset.default_graphs,
            "named_graphs": self.dataset.named_graphs,
            "formats": [each.name if each else None for each in chosen],
            "codings": self.codings,
            "limits": asdict(self.limits),
            "seconds": self.seconds,
        }
        return json.dumps(table).encode()

    @staticmethod
    def decode(payload: bytes) -> Request:
        """Read what `encode` wrote."""
        table = json.loads(payload)
        solutions, boolean, graph = table["formats"]
        return Request(
            query=table["query"],
            dataset=QueryDataset(tuple(table["default_graphs"]), tuple(table["named_graphs"])),
            formats=AnswerFormats(
                _named(solutions, SOLUTION_FORMATS),
                _named(boolean, BOOLEAN_FORMATS),
                _named(graph, GRAPH_FORMATS),
            ),
            codings=tuple(table["codings"]),
            limits=AnswerLimits(**table["limits"]),
            seconds=table["seconds"],
        )


def _named(name: str | None, formats: dict[str, Format]) -> Format | None:
    return formats[name] if name else None


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """What is known before the first byte of an answer."""

    form: QueryForm
    format: Format
    coding: str | None = None
    """The content coding that the bytes are in."""

    def encode(self) -> bytes:
        """The head as the server reads it."""
        return json.dumps([self.form.value, self.format.name, self.coding]).encode()

    @staticmethod
    def decode(payload: bytes) -> AnswerHead:
        """Read what `encode` wrote."""
        form, name, coding = json.loads(payload)
        return AnswerHead(QueryForm(form), FORMATS[name], coding)


@dataclass(frozen=True, slots=True)
class AnswerEnd:
    """What is known after the last byte: the rows (triples, for a graph) and bytes of the answer.

    `spent` says that the worker wants to be replaced.
    """

    rows: int
    size: int
    spent: bool = False

    def encode(self) -> bytes:
        """The end as the server reads it."""
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def decode(payload: bytes) -> AnswerEnd:
        """Read what `encode` wrote."""
        return AnswerEnd(**json.loads(payload))


_PLAIN: Final[dict[str, type[WarrantgraphError]]] = {
    each.__name__: each
    for each in (
        AnswerTooLargeError,
        NotAcceptableError,
        QueryError,
        QueryEvaluationError,
        QueryMemoryError,
        QueryTooDeepError,
        WarrantgraphError,
    )
}
_MEMBERS: Final[dict[type[WarrantgraphError], tuple[str, ...]]] = {
    QuerySyntaxError: ("line", "column"),
    ServiceRefusedError: ("line", "column", "endpoint"),
    InputError: ("file", "line", "column", "value", "hint"),
    MissingFileError: ("file", "line", "column", "value", "hint"),
}


def encode_failure(error: BaseException) -> bytes:
    """An error as data; one that is not ours is told as a failed evaluation."""
    table: dict[str, Any] = {"kind": type(error).__name__, "message": str(error)}
    members = _MEMBERS.get(type(error))  # type: ignore[arg-type]  # any class may be looked up
    if members is not None:
        table["message"] = getattr(error, "message", "")
        table["members"] = {name: getattr(error, name) for name in members}
    elif type(error).__name__ not in _PLAIN:
        table = {"kind": "QueryEvaluationError", "message": f"The query failed: {error!r}"}
    return json.dumps(table, default=str).encode()


def decode_failure(payload: bytes) -> WarrantgraphError:
    """The error that `encode_failure` was given."""
    table = json.loads(payload)
    if table["kind"] in _PLAIN:
        return _PLAIN[table["kind"]](table["message"])
    members: dict[str, Any] = table["members"]
    if table["kind"] == "ServiceRefusedError":
        return ServiceRefusedError(**members)
    if table["kind"] == "QuerySyntaxError":
        return QuerySyntaxError(table["message"], **members)
    members["file"] = Path(members["file"]) if members["file"] else None
    kind = MissingFileError if table["kind"] == "MissingFileError" else InputError
    return kind(table["message"], **members)
