"""A graph against shapes: screened, judged where the screen is not sure, and told in findings."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rdflib import Graph, Namespace

from warrantgraph.namespaces import BASE
from warrantgraph.reports import Report
from warrantgraph.resources import SHAPES
from warrantgraph.triples.index import TripleIndex
from warrantgraph.triples.store import graph_of
from warrantgraph.validation.findings import Findings
from warrantgraph.validation.harvest import Harvest
from warrantgraph.validation.inputs import find_inputs
from warrantgraph.validation.judge import Judge
from warrantgraph.validation.parallel import in_processes
from warrantgraph.validation.reading import read_graph
from warrantgraph.validation.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warrantgraph.validation.judge import FocusNode, Result

__all__ = ["SHAPE", "find_results", "load_shapes", "validate"]

SHAPE = Namespace(BASE + "shapes#")
"""Names of the shapes."""

_ENOUGH: Final = 2000
"""Fewer checks than this are not worth another process."""


def load_shapes(folder: Path = SHAPES) -> Graph:
    """Read all shapes of a folder into one graph; without a folder, those of the project."""
    return read_graph(find_inputs(folder))


def validate(
    data: TripleIndex | Graph,
    shapes: Graph,
    *,
    processes: int = 1,
    counted: Callable[[int], bool] = lambda _: True,
) -> Report:
    """Check triples against shapes; the findings are the same for any number of processes.

    `counted` says of the number of a term whether it counts among the focus nodes of the report;
    without it, all do.

    Nothing is inferred here: give the union of what is asserted, of the vocabulary and of what
    `warrantgraph.reasoning.inference` finds. Neither graph changes. Not for parallel threads:
    pySHACL works with settings of rdflib's that count for the whole process.

    Raises InputError when the shapes themselves are wrong, for instance name an unknown path.

    >>> from rdflib import Graph
    >>> nobody = Graph().parse(format="turtle", data='''
    ...     @prefix wg: <https://w3id.org/warrantgraph/ontology#> .
    ...     <urn:warrant> a wg:ArrestWarrant .''')
    >>> report = validate(nobody, load_shapes())
    >>> report.conforms, report.findings[-1].rule.partition("#")[2]
    (False, 'ArrestWarrant-namesSubject')
    """
    findings = Findings(shapes)
    work = _Work(data, shapes)
    report = Report.of(map(findings.finding, _results(work, processes)))
    return replace(report, focus_nodes=work.count(counted))


def find_results(
    data: TripleIndex | Graph, shapes: Graph, *, processes: int = 1
) -> tuple[Result, ...]:
    """Return the results that pySHACL has for triples and shapes, always in the same order.

    Raises InputError as `validate` does.
    """
    return _results(_Work(data, shapes), processes)


def _results(work: _Work, processes: int) -> tuple[Result, ...]:
    gc.freeze()  # the triples are no garbage, and each full collection would look at them all
    try:
        found = in_processes(work.results, max(1, min(processes, work.size // _ENOUGH)))
    finally:
        gc.unfreeze()
    return tuple(sorted(found, key=_order))


class _Work:
    """Shapes and their focus nodes, ready to be looked at."""

    def __init__(self, data: TripleIndex | Graph, shapes: Graph) -> None:
        self._index = data if isinstance(data, TripleIndex) else TripleIndex.from_graph(data)
        self._graph = graph_of(self._index)
        if isinstance(data, Graph):  # queries of shapes may use its prefixes
            for prefix, namespace in data.namespaces():
                self._graph.bind(prefix, namespace, override=True, replace=True)
        self._harvest = Harvest(shapes)
        screen = Screen(self._index, self._harvest)
        self._strangers = screen.strangers
        self._checks = [
            (shape, screen.check(shape), focus_nodes)
            for shape in self._harvest.shapes.values()
            if not shape.deactivated and (focus_nodes := screen.focus_nodes(shape))
        ]
        self.size = sum(len(focus_nodes) for _, _, focus_nodes in self._checks)

    def count(self, counted: Callable[[int], bool]) -> int:
        """Return how many focus nodes there are among the terms that count."""
        return len({focus for _, _, nodes in self._checks for focus in nodes if counted(focus)})

    def results(self, part: int, parts: int) -> Iterator[Result]:
        """Give the results of one part of the focus nodes, of `parts` in all."""
        judge: Judge | None = None
        for shape, check, focus_nodes in self._checks:
            flagged: list[FocusNode] = [
                self._index.term(focus)  # type: ignore[misc]
                for focus in focus_nodes
                if focus % parts == part and (check(focus) is not True or focus in self._strangers)
            ]
            if flagged:
                judge = judge or Judge(self._graph, self._harvest)
                yield from judge.results(shape.node, flagged)


def _order(result: Result) -> tuple[str, ...]:
    """Nothing that differs from run to run, or with the number of processes, counts."""
    return (
        str(result.focus),
        str(result.shape),
        str(result.component),
        str(result.path),
        str(result.value),
        *sorted(map(str, result.messages)),
    )
