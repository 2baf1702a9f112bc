"""Reads a Turtle file and remembers where in it each triple stands.

pyoxigraph parses, and says where a mistake is; `warrantgraph.positions` tells where each triple is
written, so that an error about a triple can name file, line and column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

import pyoxigraph
from rdflib import BNode, Graph

from warrantgraph.errors import InputError, MissingFileError, TurtleSyntaxError
from warrantgraph.positions import AlignedReader
from warrantgraph.triples import as_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib.term import Node

    from warrantgraph.positions import Statement

__all__ = ["Place", "TurtleFile", "read_text", "read_turtle"]

_LINE_END = re.compile(r"\r\n|\r|\n")


class Place(TypedDict):
    """Where something stands: line and column count from 1, columns in code points."""

    file: Path
    line: int | None
    column: int | None


@dataclass(frozen=True)
class TurtleFile:
    """A parsed Turtle file: its graph, its prefixes and the place of each triple."""

    path: Path
    graph: Graph
    _line_starts: tuple[int, ...]
    _places: dict[tuple[Node, Node, Node], tuple[int, int]]

    def in_order(self) -> Iterator[tuple[Node, Node, Node]]:
        """The triples as they come in the file, without the inner ones of lists."""
        return iter(sorted(self._places, key=self._places.__getitem__))

    def place(self, subject: Node, predicate: Node | None = None, obj: Node | None = None) -> Place:
        """Where the first triple stands that fits: its object, or its verb without `obj`."""
        found = [
            verb if obj is None else value
            for p, o, (verb, value) in self._about.get(subject, ())
            if predicate in (None, p) and obj in (None, o)
        ]
        return self._at(min(found, default=None))

    @cached_property
    def _about(self) -> dict[Node, list[tuple[Node, Node, tuple[int, int]]]]:
        """The triples by subject: one pass, since a large file is asked for each claim."""
        about: dict[Node, list[tuple[Node, Node, tuple[int, int]]]] = {}
        for (subject, predicate, obj), place in self._places.items():
            about.setdefault(subject, []).append((predicate, obj, place))
        return about

    def place_of(self, term: Node) -> Place:
        """Where a predicate or object is first used."""
        found = [
            verb if p == term else value
            for (_, p, o), (verb, value) in self._places.items()
            if term in (p, o)
        ]
        return self._at(min(found, default=None))

    def restricted(self, graph: Graph) -> TurtleFile:
        """The same file with no triples but those of this graph; places stay."""
        places = {triple: place for triple, place in self._places.items() if triple in graph}
        return TurtleFile(self.path, graph, self._line_starts, places)

    def _at(self, offset: int | None) -> Place:
        if offset is None:
            return Place(file=self.path, line=None, column=None)
        line = bisect_right(self._line_starts, offset)
        return Place(file=self.path, line=line, column=offset - self._line_starts[line - 1] + 1)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with its line ends as they are.

    Raises:
        MissingFileError: there is no such file.
        TurtleSyntaxError: the bytes are not UTF-8.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise MissingFileError("there is no such file", file=path) from error
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TurtleSyntaxError(
            "the file is not UTF-8", file=path, line=line, value=repr(content[error.start])
        ) from error


def read_turtle(path: Path) -> TurtleFile:
    """Parse a Turtle file.

    Raises:
        MissingFileError: there is no such file.
        TurtleSyntaxError: it is not UTF-8, not Turtle, or declares a base; says where.
    """
    text = read_text(path)
    starts = (0, *(end.end() for end in _LINE_END.finditer(text)))
    reader = AlignedReader(text, pyoxigraph.RdfFormat.TURTLE)
    graph = Graph()
    places: dict[tuple[Node, Node, Node], tuple[int, int]] = {}
    nodes: dict[object, BNode] = {}
    try:
        for quad, statement in reader:
            triple = _triple(quad, nodes, path)
            graph.add(triple)
            if statement is None:  # a triple without a place would be seen by no check
                raise TurtleSyntaxError(
                    "this cannot be read: the place of a statement is not known",
                    file=path,
                    value=str(quad.triple),
                )
            if not _is_of_list(statement, text):
                places.setdefault(triple, (statement[1][0], statement[2][0]))
    except SyntaxError as error:
        raise _not_turtle(path, text, error) from error
    if reader.rebased_at is not None:  # an IRI means the same wherever its line is copied to
        raise TurtleSyntaxError(
            "this cannot be read; write IRIs in full or with a prefix, without @base",
            file=path,
            line=bisect_right(starts, reader.rebased_at),
        )
    for prefix, namespace in reader.prefixes.items():
        graph.bind(prefix, namespace)
    return TurtleFile(path, graph, starts, places)


def _triple(
    quad: pyoxigraph.Quad, nodes: dict[object, BNode], path: Path
) -> tuple[Node, Node, Node]:
    """Return the triple as rdflib's; blank nodes get names that no other file has."""
    try:
        subject, predicate, obj = (
            nodes.setdefault(term, BNode())
            if isinstance(term, pyoxigraph.BlankNode)
            else as_rdflib(term)
            for term in (quad.subject, quad.predicate, quad.object)
        )
    except InputError as error:
        raise TurtleSyntaxError(error.message, file=path, value=error.value) from error
    return subject, predicate, obj


def _is_of_list(statement: Statement, text: str) -> bool:
    """Whether this is one of the triples that a list consists of."""
    return text[statement[1][0]] == "("


def _not_turtle(path: Path, text: str, error: SyntaxError) -> TurtleSyntaxError:
    lines = _LINE_END.split(text)
    line = min(error.lineno or 1, len(lines))
    reason = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg)
    return TurtleSyntaxError(
        f"this is not Turtle: {reason}",
        file=path,
        line=line,
        column=error.offset,
        value=lines[line - 1].strip(),
    )
