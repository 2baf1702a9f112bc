"""W3C's SHACL suites: cases, what they expect, and what we and plain pySHACL answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyshacl
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, Namespace, URIRef

from conformance.outcome import Verdict, failed, passed
from warrantgraph.errors import InputError
from warrantgraph.paths import read_path
from warrantgraph.validation.reading import read_data
from warrantgraph.validation.shacl import find_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from warrantgraph.validation.judge import Result

__all__ = ["FAILURE", "ShaclCase", "find_shacl_suite", "judge_shacl", "ours", "plain", "read_shacl"]

_MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_SHT: Final = Namespace("http://www.w3.org/ns/shacl-test#")

Row = tuple[str, ...]
"""Focus, path, value, shape, severity and component of a result."""

Answer = Counter[Row] | str

FAILURE: Final = "failure"
"""The answer that is no report: the shapes cannot be used."""


@dataclass(frozen=True, slots=True)
class ShaclCase:
    """One test of a suite."""

    key: str
    """Suite, group and name, as in `shacl-core/node#and-001`."""

    data: Path
    shapes: Path
    manifest: Path
    node: URIRef

    @property
    def suite(self) -> str:
        """`shacl-core` or `shacl-sparql`."""
        return self.key.partition("/")[0]

    @property
    def group(self) -> str:
        """The folder of its manifest."""
        return self.key.partition("/")[2].partition("#")[0]

    @property
    def iri(self) -> str:
        """The IRI that W3C's repository gives the test."""
        return f"https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/{self._place}"

    @property
    def _place(self) -> str:
        return f"{self.suite.removeprefix('shacl-')}/{self.group}/{self.key.partition('#')[2]}"

    def graphs(self) -> tuple[Graph, Graph]:
        """The data and the shapes, in which blank nodes have the same names if they are one."""
        data = _graph(self.data)
        return data, (data if self.shapes == self.data else _graph(self.shapes))

    def expected(self) -> Answer:
        """What the suite wants to be reported."""
        graph = _graph(self.manifest)
        report = graph.value(self.node, _MF.result)
        if report == _SHT.Failure:
            return FAILURE
        return Counter(_row(graph, node) for node in graph.objects(report, SH.result))


def find_shacl_suite(folder: Path) -> Path | None:
    """The folder of the SHACL tests under a folder that holds W3C's repositories, or is one."""
    for root in (folder / "data-shapes/tests", folder / "tests", folder):
        if (root / "core/manifest.ttl").is_file():
            return root.resolve()
    return None


def read_shacl(folder: Path) -> list[ShaclCase]:
    """Read every case, in the order of the manifests."""
    return [
        case
        for suite in ("core", "sparql")
        for case in _cases(folder, folder / suite / "manifest.ttl")
    ]


def _cases(root: Path, manifest: Path) -> Iterator[ShaclCase]:
    graph = _graph(manifest)
    for included in sorted(graph.objects(None, _MF.include), key=str):
        yield from _cases(root, _path(included))
    for head in graph.objects(None, _MF.entries):
        for node in graph.items(head):
            action = graph.value(node, _MF.action)
            data, shapes = (
                graph.value(action, predicate) for predicate in (_SHT.dataGraph, _SHT.shapesGraph)
            )
            group = manifest.parent.relative_to(root).as_posix()
            name = str(node).rpartition("/")[2]
            yield ShaclCase(
                f"shacl-{group}#{name}", _path(data), _path(shapes), manifest, URIRef(str(node))
            )


def _path(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))


def _graph(file: Path) -> Graph:
    data = read_data([file])
    if data.unread:
        raise data.unread[0]
    graph = Graph()
    for triple in data.graph:
        graph.add(triple)
    return graph


def judge_shacl(case: ShaclCase) -> Verdict:
    """Compare what we report with what the suite expects."""
    data, shapes = case.graphs()
    expected, actual = case.expected(), ours(data, shapes)
    if isinstance(expected, str) or isinstance(actual, str):
        return passed() if expected == actual else failed(f"{_told(actual)}, not {_told(expected)}")
    if _without_names(expected) == _without_names(actual):
        return passed()
    extra, missing = actual - expected, expected - actual
    return failed(f"{extra.total()} results too many, {missing.total()} too few")


def _told(answer: Answer) -> str:
    return answer if isinstance(answer, str) else f"{answer.total()} results"


def _without_names(answer: Counter[Row]) -> Counter[Row]:
    """Blank nodes of an expected report have other names than those of the shapes."""
    return Counter(
        tuple("_:" if part.startswith("_:") else part for part in row) for row in answer.elements()
    )


def ours(data: Graph, shapes: Graph, processes: int = 1) -> Answer:
    """What this project reports."""
    try:
        return Counter(map(_result_row, find_results(data, shapes, processes=processes)))
    except InputError:
        return FAILURE


def plain(data: Graph, shapes: Graph) -> Answer:
    """What pySHACL reports, asked as its documentation says."""
    copy = Graph(identifier=shapes.identifier)
    try:
        rdflib_bool_patch()  # as it does where it loads the shapes itself
        for subject, predicate, value in shapes:
            if isinstance(value, Literal) and value.datatype == XSD.boolean:
                value = Literal(str(value), datatype=XSD.boolean)
            copy.add((subject, predicate, value))
        _, report, _ = pyshacl.validate(data, shacl_graph=copy, inplace=True)  # pyright: ignore
    except Exception:  # among them those that it does not foresee
        return FAILURE
    finally:
        rdflib_bool_unpatch()
    if not isinstance(report, Graph):
        return FAILURE
    head = report.value(predicate=RDF.type, object=SH.ValidationReport)
    return Counter(_row(report, node) for node in report.objects(head, SH.result))


def _row(graph: Graph, node: Node) -> Row:
    path = graph.value(node, SH.resultPath)
    return (
        _text(graph.value(node, SH.focusNode)),
        "" if path is None else str(read_path(graph, path)),
        _text(graph.value(node, SH.value)),
        _text(graph.value(node, SH.sourceShape)),
        _text(graph.value(node, SH.resultSeverity)),
        _text(graph.value(node, SH.sourceConstraintComponent)),
    )


def _result_row(result: Result) -> Row:
    return (
        _text(result.focus),
        str(result.path or ""),
        _text(result.value),
        _text(result.shape),
        _text(result.severity),
        _text(result.component),
    )


def _text(node: Node | None) -> str:
    if node is None:
        return ""
    return f"_:{node}" if isinstance(node, BNode) else node.n3()
