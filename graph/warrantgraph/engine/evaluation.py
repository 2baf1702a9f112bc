"""Evaluates queries with Oxigraph over a store, in memory or on disk."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypedDict, cast

import pyoxigraph

from warrantgraph.engine.diagnosis import explain
from warrantgraph.engine.interface import AnswerFormats, Evaluation, Output, QueryDataset
from warrantgraph.engine.reading import Query, read_query
from warrantgraph.engine.wellformed import WellFormed, ends_in_name
from warrantgraph.errors import QueryError, QueryEvaluationError
from warrantgraph.namespaces import PREFIXES
from warrantgraph.prefixes import sort_prefixes, used_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO

    from warrantgraph.engine.formats import Format

__all__ = ["StoreEvaluator"]

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

_UNKNOWN_FUNCTION: Final = re.compile("The custom function <(.*)> is not supported")
_MOST_UNKNOWN_FUNCTIONS = 100

_Value = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None
_Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


class StoreEvaluator:
    """Evaluates queries over a store.

    >>> from warrantgraph.engine.handover import written_in_thread
    >>> evaluation = StoreEvaluator(pyoxigraph.Store()).prepare("ASK {}", None, AnswerFormats())
    >>> b"".join(written_in_thread(evaluation.write))
    b'{"head":{},"boolean":true}'
    """

    def __init__(
        self, store: pyoxigraph.Store, allowed_services: frozenset[str] = frozenset()
    ) -> None:
        self._store = store
        self._allowed_services = allowed_services

    def prepare(
        self, query: str, dataset: QueryDataset | None, formats: AnswerFormats
    ) -> Evaluation:
        """Read a query, as `warrantgraph.engine.interface.Evaluator` says."""
        read = read_query(query)
        read.refuse_service(self._allowed_services)
        graphs = _graphs(dataset)
        chosen = formats.choose(read.form)
        return Evaluation(
            read.form, chosen, lambda output: self._write(read, graphs, chosen, output)
        )

    def _write(self, query: Query, graphs: _Graphs, chosen: Format, output: Output) -> None:
        try:
            results = self._results(query, graphs)
            if isinstance(results, pyoxigraph.QueryTriples):
                _write_graph(results, _SYNTAXES[chosen.name], output)
            else:
                file = cast("IO[bytes]", output)
                if chosen.name == "xml":
                    file = cast("IO[bytes]", WellFormed(file))
                results.serialize(file, _RESULTS[chosen.name])
        except SyntaxError as error:
            raise explain(query, str(error.args[0])) from None
        except (QueryError, MemoryError):
            raise
        except Exception as error:
            raise QueryEvaluationError(f"The query failed: {error}") from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception
                raise
            raise QueryEvaluationError(f"The query failed: {error}") from error

    def _results(self, query: Query, graphs: _Graphs) -> _Results:
        """Evaluate a query; a function that nobody knows fails where it is called (17.3, 17.6).

        Oxigraph fails the query instead, and names the function.
        """
        unknown: dict[pyoxigraph.NamedNode, Callable[..., _Value]] = {}
        while True:
            try:
                return self._store.query(query.plain, custom_functions=unknown, **graphs)
            except RuntimeError as error:
                match = _UNKNOWN_FUNCTION.fullmatch(str(error))
                if match is None or len(unknown) >= _MOST_UNKNOWN_FUNCTIONS:
                    raise
                unknown[pyoxigraph.NamedNode(match[1])] = _fail


def _fail(*_: object) -> None:
    """What Oxigraph takes for an error in an expression."""


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
    triples: Iterable[pyoxigraph.Triple], syntax: pyoxigraph.RdfFormat, output: Output
) -> None:
    """Serialise triples with the project's prefixes, but only those that the first ones use."""
    iterator = _counted(triples, output)
    if syntax == pyoxigraph.RdfFormat.RDF_XML:
        iterator = _nameable(iterator)
    first = list(islice(iterator, _TRIPLES_READ_FOR_PREFIXES))
    prefixes = used_prefixes(first, PREFIXES)
    file = cast("IO[bytes]", output)
    if syntax in (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.TRIG):
        file = cast("IO[bytes]", _SortedPrefixes(file))
    if syntax == pyoxigraph.RdfFormat.RDF_XML:
        file = cast("IO[bytes]", WellFormed(file))
    pyoxigraph.serialize(chain(first, iterator), file, syntax, prefixes=prefixes)


def _counted(triples: Iterable[pyoxigraph.Triple], output: Output) -> Iterator[pyoxigraph.Triple]:
    for triple in triples:
        output.count_triple()
        yield triple


def _nameable(triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    for triple in triples:
        if not ends_in_name(triple.predicate.value):
            raise QueryEvaluationError(
                f"RDF/XML cannot write the property {triple.predicate}; ask for another format"
            )
        yield triple


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
