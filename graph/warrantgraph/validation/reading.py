"""Reads inputs into one index; one that cannot be read hides nothing of the others.

pyoxigraph parses: it says the line and column of a mistake, keeps every literal as it is written,
and reaches for nothing outside the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Graph

from warrantgraph.errors import InputError, MissingFileError, TurtleSyntaxError
from warrantgraph.validation.index import TripleIndex
from warrantgraph.validation.prolog import check_xml
from warrantgraph.validation.store import graph_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from warrantgraph.validation.inputs import Input

__all__ = ["Data", "blank_node_scope", "parse", "read_data", "read_graph"]


@dataclass(frozen=True, slots=True)
class Data:
    """What was read: the union of all inputs and their graphs, and what could not be read."""

    index: TripleIndex
    inputs: tuple[Input, ...]
    """All inputs, those too that could not be read; their numbers name blank nodes."""

    unread: tuple[InputError, ...] = ()

    @property
    def graph(self) -> Graph:
        """The triples as a graph of rdflib's that cannot be written to; nothing is copied."""
        return graph_of(self.index)


def read_data(inputs: Sequence[Input], tell: Callable[[Path], object] = bool) -> Data:
    """Read inputs into one index; `tell` is told the name of each before it is read.

    Of an input that cannot be read no triple counts: what it says is not known.
    """
    unread: dict[int, InputError] = {}
    index = _read(inputs, unread, tell)
    if unread:
        # What stood before the mistake is in the index, and an index does not shrink.
        index = _read(inputs, dict(unread), tell)
    return Data(index, tuple(inputs), tuple(unread.values()))


def read_graph(inputs: Iterable[Input]) -> Graph:
    """Read inputs into one graph of rdflib's own.

    Raises the first InputError, of TurtleSyntaxError's kind where the input is Turtle.
    """
    data = read_data(tuple(inputs))
    for error in data.unread:
        raise error
    graph = Graph()
    graph += data.graph
    return graph


def _read(
    inputs: Sequence[Input], unread: dict[int, InputError], tell: Callable[[Path], object]
) -> TripleIndex:
    """Read the inputs that are not known to be unreadable; note those that turn out to be."""
    index = TripleIndex()
    for number, given in enumerate(inputs):
        if number in unread:
            continue
        tell(given.name)
        try:
            index.add_quads(parse(given), scope=blank_node_scope(number))
        except InputError as error:
            unread[number] = _in(error, given.name)
    return index


def blank_node_scope(number: int) -> str:
    """Return how the names of the blank nodes of an input begin, by its number.

    >>> blank_node_scope(2)
    'f2.b'
    """
    return f"f{number}.b"


def parse(given: Input) -> Iterator[ox.Quad]:
    """Give the quads of an input, in its order.

    Raises InputError, with line and column of a mistake where the parser knows them.
    """
    if given.format == ox.RdfFormat.RDF_XML:
        check_xml(given)
    try:
        with given.open() as file:
            yield from ox.parse(file, format=given.format, base_iri=given.base)
    except FileNotFoundError as error:
        raise MissingFileError("there is no such file", file=given.name) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=given.name) from error
    except SyntaxError as error:
        raise _syntax_error(given, error) from error


def _syntax_error(given: Input, error: SyntaxError) -> InputError:
    kind = TurtleSyntaxError if given.format == ox.RdfFormat.TURTLE else InputError
    message, hint = f"not {given.format.name}: {error.msg}", None
    if "LoadDocumentCallback" in error.msg:
        message = "a context from elsewhere is refused, nothing is fetched"
        hint = "write the context into the file"
    return kind(message, file=given.name, line=error.lineno, column=error.offset, hint=hint)


def _in(error: InputError, name: Path) -> InputError:
    """The same error, which says where it is."""
    if error.file is not None:
        return error
    return type(error)(error.message, file=name, value=error.value, hint=error.hint)
