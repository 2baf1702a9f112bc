"""RDF files as one index of triples; a file that cannot be read hides none of the others.

pyoxigraph parses: it says the line and column of a mistake, keeps every literal as it is
written, and reaches for nothing outside the file.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import Graph

from warrantgraph.errors import InputError
from warrantgraph.triples.index import TripleIndex
from warrantgraph.triples.store import graph_of
from warrantgraph.validation.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from pathlib import Path


__all__ = ["Data", "blank_node_scope", "read_data", "read_graph"]


@dataclass(frozen=True, slots=True)
class Data:
    """What was read: the union of all files and graphs."""

    index: TripleIndex

    inputs: tuple[Input, ...]
    """All that was to be read, in this order; their blank nodes are named by their numbers."""

    broken: Mapping[int, InputError] = field(default_factory=dict[int, InputError])
    """What could not be read, by the number of the input: of these files no triple counts."""

    @property
    def unread(self) -> tuple[InputError, ...]:
        """What could not be read, in the order of the inputs."""
        return tuple(error for _, error in sorted(self.broken.items()))

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


def read_data(files: Iterable[Path | Input], tell: Callable[[Path], object] = bool) -> Data:
    """Read files, or bytes in their place, into one index.

    What cannot be read is told in `unread`, with line and column where they are known. Raises
    InputError when the name of a file does not say its format. `tell` is told the name of each
    before it is read.

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
        index = _index(inputs, broken, tell)
        if broken:  # their first triples are in it
            index = _index(inputs, broken, tell)
    return Data(index, tuple(inputs), broken)


def read_graph(inputs: Iterable[Path | Input]) -> Graph:
    """Read files into one graph of rdflib's own, which may be changed.

    Raises the first InputError, of TurtleSyntaxError's kind where the file is Turtle.
    """
    data = read_data(inputs)
    for error in data.unread:
        raise error
    graph = Graph()
    graph += data.graph
    return graph


def _index(
    inputs: list[Input], broken: dict[int, InputError], tell: Callable[[Path], object]
) -> TripleIndex:
    index = TripleIndex()
    for number, each in enumerate(inputs):
        if number not in broken:
            tell(each.name)
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
