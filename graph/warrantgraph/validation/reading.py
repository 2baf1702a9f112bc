"""RDF files as one index of triples; a file that cannot be read hides none of the others.

pyoxigraph parses: it says the line and column of a mistake, keeps every literal as it is
written, and reaches for nothing outside the file.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Graph, Literal

from warrantgraph.errors import InputError
from warrantgraph.validation.index import TripleIndex
from warrantgraph.validation.inputs import Input
from warrantgraph.validation.store import graph_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from pathlib import Path

    from rdflib.term import Node

__all__ = ["Data", "RdfInput", "blank_node_scope", "read_data", "read_rdf"]


@dataclass(frozen=True, slots=True)
class Data:
    """What was read: the union of all files and graphs."""

    index: TripleIndex

    inputs: tuple[Input, ...]
    """All that was to be read, in this order; their blank nodes are named by their numbers."""

    unread: tuple[InputError, ...] = ()
    """What could not be read: of these files no triple counts."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The names of all that was to be read."""
        return tuple(each.name for each in self.inputs)

    @property
    def graph(self) -> Graph:
        """The triples as a graph that cannot be changed."""
        return graph_of(self.index)


def blank_node_scope(number: int) -> str:
    """Return what the names of the blank nodes of a file begin with; their own number follows.

    >>> blank_node_scope(2)
    'f2.b'
    """
    return f"f{number}.b"


def read_data(files: Iterable[Path | Input]) -> Data:
    """Read files, or bytes in their place, into one index.

    What cannot be read is told in `unread`, with line and column where they are known. Raises
    InputError when the name of a file does not say its format.

    >>> from pathlib import Path
    >>> import pyoxigraph as ox
    >>> good = Input(Path("good"), ox.RdfFormat.TURTLE, b"<urn:a> <urn:p> 1 .")
    >>> bad = Input(Path("bad"), ox.RdfFormat.TURTLE, b"<urn:b> <urn:p> 2 . nonsense")
    >>> data = read_data([good, bad])
    >>> len(data.index), [error.file.name for error in data.unread]
    (1, ['bad'])
    """
    inputs = [file if isinstance(file, Input) else Input.of(file) for file in files]
    broken: dict[int, InputError] = {}
    with _no_collection():
        index = _index(inputs, broken)
        if broken:  # their first triples are in it
            index = _index(inputs, broken)
    return Data(index, tuple(inputs), tuple(error for _, error in sorted(broken.items())))


def _index(inputs: list[Input], broken: dict[int, InputError]) -> TripleIndex:
    index = TripleIndex()
    for number, each in enumerate(inputs):
        if number not in broken:
            try:
                index.add_quads(each.quads(), blank_node_scope(number))
            except InputError as error:
                where = error.file or each.name
                broken[number] = type(error)(
                    error.message,
                    file=where,
                    line=error.line,
                    column=error.column,
                    value=error.value,
                    hint=error.hint,
                )
    return index


@contextmanager
def _no_collection() -> Generator[None]:
    """Leave the garbage collector out: nothing that is made here is garbage, and it is a lot."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class RdfInput:
    """What was read: the union of all files and graphs, and where each node is."""

    graph: Graph
    subjects: Mapping[Node, Path]
    """The first file in which a node is a subject."""

    objects: Mapping[Node, Path]
    """The first file in which a node is an object."""

    def file_of(self, *nodes: Node | None) -> Path | None:
        """Return the file that says most of the first node it knows, or None."""
        for index in (self.subjects, self.objects):
            for node in nodes:
                if node is not None and node in index:
                    return index[node]
        return None


def read_rdf(files: Iterable[Path]) -> RdfInput:
    """Read files into one graph in memory, the graphs of a dataset united.

    Raises TurtleSyntaxError, or InputError for the other formats, with line and column.
    """
    data = read_data(files)
    if data.unread:
        raise data.unread[0]
    graph = Graph()
    for triple in data.graph:
        graph.add(triple)
    subjects: dict[Node, Path] = {}
    objects: dict[Node, Path] = {}
    for number, each in enumerate(data.inputs):
        alone = TripleIndex()
        alone.add_quads(each.quads(), blank_node_scope(number))
        for subject, _, value in graph_of(alone):
            subjects.setdefault(subject, each.name)
            if not isinstance(value, Literal):
                objects.setdefault(value, each.name)
    return RdfInput(graph, subjects, objects)
