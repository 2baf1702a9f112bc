"""The engine in this process: Oxigraph over a store in memory."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Self, TypedDict, cast

import pyoxigraph

from warrantgraph.engine.diagnosis import explain
from warrantgraph.engine.handover import AbandonedError, written_in_thread
from warrantgraph.engine.interface import ANY_FORMAT, Answer, AnswerFormats, QueryDataset
from warrantgraph.engine.loading import load_files
from warrantgraph.engine.reading import Query, read_query
from warrantgraph.errors import QueryError, QueryEvaluationError
from warrantgraph.namespaces import PREFIXES
from warrantgraph.prefixes import sort_prefixes, used_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

    from warrantgraph.engine.formats import Format
    from warrantgraph.engine.handover import Sink

__all__ = ["EmbeddedEngine"]

_RESULTS = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}
_SYNTAXES = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
}
_TRIPLES_READ_FOR_PREFIXES = 4096


class EmbeddedEngine:
    """Evaluates queries over files loaded into memory.

    >>> engine = EmbeddedEngine.load([])
    >>> engine.evaluate("ASK {}").read()
    b'{"head":{},"boolean":true}'
    """

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    @classmethod
    def load(cls, files: Iterable[Path], *, union_default_graph: bool = False) -> Self:
        """Load RDF files; graphs stay as they are, a file's default graph is the default graph.

        With `union_default_graph` the default graph is the merge of every graph. Raises
        MissingFileError, and InputError with line and column where a file is not what its
        extension says.
        """
        return cls(load_files(files, union_default_graph=union_default_graph))

    def evaluate(
        self,
        query: str,
        *,
        dataset: QueryDataset | None = None,
        formats: AnswerFormats = ANY_FORMAT,
    ) -> Answer:
        """Evaluate a query, as `warrantgraph.engine.interface.Engine` says."""
        read = read_query(query)
        read.refuse_service()
        graphs = _graphs(dataset)
        chosen = formats.choose(read.form)
        chunks = written_in_thread(lambda sink: self._write(read, graphs, chosen, sink))
        return Answer(read.form, chosen, chunks)

    def close(self) -> None:
        """Let go of the store."""
        self._store = pyoxigraph.Store()

    def _write(self, query: Query, graphs: _Graphs, chosen: Format, sink: Sink) -> None:
        """Evaluate and serialise into a file: all that a worker process will have to do."""
        output = cast("IO[bytes]", sink)
        try:
            results = self._store.query(query.plain, **graphs)
            if isinstance(results, pyoxigraph.QueryTriples):
                _write_graph(results, _SYNTAXES[chosen.name], output)
            else:
                results.serialize(output, _RESULTS[chosen.name])
        except SyntaxError as error:
            raise explain(query, str(error.args[0])) from None
        except AbandonedError:
            raise
        except BaseException as error:  # a panic in Rust is no Exception
            raise QueryEvaluationError(f"The query failed: {error}") from error


class _Graphs(TypedDict, total=False):
    default_graph: list[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph]
    named_graphs: list[pyoxigraph.NamedNode | pyoxigraph.BlankNode]


def _graphs(dataset: QueryDataset | None) -> _Graphs:
    if not dataset:
        return {}
    return {
        "default_graph": [_graph(iri) for iri in dataset.default_graphs],
        "named_graphs": [_graph(iri) for iri in dataset.named_graphs],
    }


def _graph(iri: str) -> pyoxigraph.NamedNode:
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError:
        raise QueryError(f'a graph is named by an absolute IRI, not by "{iri}"') from None


def _write_graph(
    triples: Iterable[pyoxigraph.Triple], syntax: pyoxigraph.RdfFormat, output: IO[bytes]
) -> None:
    """Serialise triples with the project's prefixes, but only those that the first ones use."""
    iterator = iter(triples)
    first = list(islice(iterator, _TRIPLES_READ_FOR_PREFIXES))
    prefixes = used_prefixes(first, PREFIXES)
    if syntax in (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.TRIG):
        output = cast("IO[bytes]", _SortedPrefixes(output))
    pyoxigraph.serialize(chain(first, iterator), output, syntax, prefixes=prefixes)


class _SortedPrefixes:
    """Sorts the prefixes, which Oxigraph writes in an order that changes from run to run.

    All of them are in the first piece that it writes.
    """

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._begun = False

    def write(self, data: bytes) -> int:
        self._output.write(data if self._begun else sort_prefixes(data))
        self._begun = True
        return len(data)

    def flush(self) -> None:
        self._output.flush()
