"""What every engine offers: one query in, one stream of bytes out.

An evaluator is the part that knows a dataset: a store in memory, one on disk, or a remote endpoint.
It pushes the answer into a file. An engine runs an evaluator and lets the answer be pulled: in a
thread of this process (`EmbeddedEngine`), or in worker processes that can be killed
(`warrantgraph.engine.workers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from warrantgraph.engine.formats import BOOLEAN_FORMATS, GRAPH_FORMATS, SOLUTION_FORMATS, Format
from warrantgraph.engine.reading import QueryForm
from warrantgraph.errors import NotAcceptableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

__all__ = [
    "ANY_FORMAT",
    "Answer",
    "AnswerFormats",
    "Chunks",
    "Engine",
    "Evaluation",
    "Evaluator",
    "Output",
    "QueryDataset",
]


@dataclass(frozen=True, slots=True)
class QueryDataset:
    """The dataset of one query (SPARQL 1.1 Protocol, 2.1.4); it replaces any `FROM`.

    With default graphs only there is no named graph; with named graphs only the default graph is
    empty.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it names a graph at all; otherwise the engine's own dataset is meant."""
        return bool(self.default_graphs or self.named_graphs)


@dataclass(frozen=True, slots=True)
class AnswerFormats:
    """The format for each kind of answer; None where none is acceptable.

    >>> AnswerFormats(boolean=None).choose(QueryForm.ASK)
    Traceback (most recent call last):
    warrantgraph.errors.NotAcceptableError: an ASK is answered in JSON or XML
    """

    solutions: Format | None = SOLUTION_FORMATS["json"]
    boolean: Format | None = BOOLEAN_FORMATS["json"]
    graph: Format | None = GRAPH_FORMATS["turtle"]

    def choose(self, form: QueryForm) -> Format:
        """The format for a form of query; raises NotAcceptableError where there is none."""
        if form is QueryForm.SELECT:
            chosen, offered = self.solutions, "a SELECT is answered in JSON, XML, CSV or TSV"
        elif form is QueryForm.ASK:
            chosen, offered = self.boolean, "an ASK is answered in JSON or XML"
        else:
            chosen = self.graph
            offered = (
                f"a {form.value} is answered in Turtle, N-Triples, RDF/XML, JSON-LD, TriG "
                "or N-Quads"
            )
        if chosen is None:
            raise NotAcceptableError(offered)
        return chosen


ANY_FORMAT = AnswerFormats()
"""JSON for solutions and booleans, Turtle for graphs."""


class Output(Protocol):
    """The part of a binary file that an evaluation writes to."""

    def write(self, data: bytes, /) -> int:
        """Take a piece; returns its length."""
        ...

    def flush(self) -> None:
        """Pass on what was taken."""
        ...

    def count_triple(self) -> None:
        """Told of each triple of a graph, since the bytes do not show how many there are."""
        ...


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A query that is ready to run.

    `write` runs it and writes the whole answer; it raises QuerySyntaxError before the first piece,
    and QueryEvaluationError anywhere.
    """

    form: QueryForm
    format: Format
    write: Callable[[Output], None]


class Evaluator(Protocol):
    """Evaluates SPARQL queries over one dataset."""

    def prepare(
        self, query: str, dataset: QueryDataset | None, formats: AnswerFormats
    ) -> Evaluation:
        """Read a query; raises QuerySyntaxError, ServiceRefusedError and NotAcceptableError."""
        ...


class Chunks(Protocol):
    """Bytes in pieces; `close` ends the work behind them, whether or not it is done."""

    def __iter__(self) -> Iterator[bytes]: ...
    def __next__(self) -> bytes: ...
    def close(self) -> None:
        """End the work; a second call does nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose first bytes exist.

    Iterating yields all of it, or raises QueryEvaluationError: it never ends early in silence.
    Used as a context manager, it is closed at the end.
    """

    form: QueryForm
    format: Format
    chunks: Chunks

    def read(self) -> bytes:
        """The whole answer in one piece."""
        with self:
            return b"".join(self.chunks)

    def close(self) -> None:
        """End the work behind the answer; may be called twice, and from any thread."""
        self.chunks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Engine(Protocol):
    """Evaluates SPARQL queries over one dataset."""

    def evaluate(
        self,
        query: str,
        *,
        dataset: QueryDataset | None = None,
        formats: AnswerFormats = ANY_FORMAT,
    ) -> Answer:
        """Evaluate a query; returns when the first bytes of the answer exist.

        Raises QuerySyntaxError, ServiceRefusedError, NotAcceptableError, and QueryEvaluationError
        for a failure before the first bytes; a later one is raised by the answer's chunks.
        """
        ...

    def close(self) -> None:
        """Let go of what the engine holds."""
        ...
