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
    InputTooLargeError,
    MemoryLimitError,
    MissingFileError,
    NotAcceptableError,
    QueryError,
    QueryEvaluationError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTooDeepError,
    ServiceRefusedError,
    TimeLimitError,
    WarrantgraphError,
    WorkCrashedError,
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


_PLACE: Final = ("message", "file", "line", "column", "value", "hint")
_MESSAGE: Final = ("",)
_ARGUMENTS: Final[dict[type[BaseException], tuple[str, ...]]] = {
    AnswerTooLargeError: _MESSAGE,
    InputError: _PLACE,
    InputTooLargeError: _PLACE,
    MemoryLimitError: ("memory", "step"),
    MissingFileError: _PLACE,
    NotAcceptableError: _MESSAGE,
    QueryError: _MESSAGE,
    QueryEvaluationError: _MESSAGE,
    QueryMemoryError: _MESSAGE,
    QuerySyntaxError: ("message", "line", "column"),
    QueryTooDeepError: _MESSAGE,
    ServiceRefusedError: ("line", "column", "endpoint"),
    TimeLimitError: ("seconds", "step"),
    WarrantgraphError: _MESSAGE,
    WorkCrashedError: ("reason", "step"),
}
"""What each error is made of: members that its arguments are named like, or its message alone."""

_KINDS: Final = {kind.__name__: kind for kind in _ARGUMENTS}


def encode_failure(error: BaseException) -> bytes:
    """An error as data; one that is not ours is told as a failed evaluation.

    One of a class that is not known at the other end is told as one of the class above.
    """
    kind = next((each for each in type(error).__mro__ if each in _ARGUMENTS), None)
    if kind is None:
        error = QueryEvaluationError(f"The query failed: {error!r}")
        kind = QueryEvaluationError
    names = _ARGUMENTS[kind]
    arguments: Any = str(error)
    if names is not _MESSAGE:
        arguments = {name: getattr(error, name) for name in names}
    return json.dumps([kind.__name__, arguments], default=str).encode()


def decode_failure(payload: bytes) -> WarrantgraphError:
    """The error that `encode_failure` was given."""
    name, arguments = json.loads(payload)
    kind: Any = _KINDS[name]
    if isinstance(arguments, str):
        return kind(arguments)  # type: ignore[no-any-return]
    if arguments.get("file") is not None:
        arguments["file"] = Path(arguments["file"])
    return kind(**arguments)  # type: ignore[no-any-return]
