"""The engine in this process: a store in memory, each query in a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pyoxigraph

from warrantgraph.engine.evaluation import StoreEvaluator
from warrantgraph.engine.handover import written_in_thread
from warrantgraph.engine.interface import ANY_FORMAT, Answer, AnswerFormats, QueryDataset
from warrantgraph.engine.loading import load_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["EmbeddedEngine"]


class EmbeddedEngine:
    """Evaluates queries over files loaded into memory.

    Nothing bounds the time and memory of a query here: it is for one user and their own machine.

    >>> engine = EmbeddedEngine.load([])
    >>> engine.evaluate("ASK {}").read()
    b'{"head":{},"boolean":true}'
    """

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._evaluator = StoreEvaluator(store)

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
        evaluation = self._evaluator.prepare(query, dataset, formats)
        chunks = written_in_thread(evaluation.write)
        return Answer(evaluation.form, evaluation.format, chunks)

    def close(self) -> None:
        """Let go of the store."""
        self._evaluator = StoreEvaluator(pyoxigraph.Store())
