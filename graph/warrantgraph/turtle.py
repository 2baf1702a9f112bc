"""Reads a Turtle file and remembers where in it each triple stands.

rdflib parses; a thin layer over its parser notes the place of every verb and object, so that an
error about a triple can name file, line and column. Syntax errors come from pyoxigraph's parser,
whose messages say where and why.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

import pyoxigraph
from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser

from warrantgraph.errors import MissingFileError, TurtleSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib.term import Node

__all__ = ["Place", "TurtleFile", "read_text", "read_turtle"]

_BLANK = re.compile(r"(?:\s+|#[^\r\n]*)*")
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
        TurtleSyntaxError: it is not UTF-8 or not Turtle; says where.
    """
    text = read_text(path)
    _check_syntax(path, text)
    parser = _PlacingParser(RDFSink(graph := Graph()), baseURI="", turtle=True)
    try:
        parser.loadBuf(text)
    except BadSyntax as error:  # what Turtle allows and rdflib cannot place: relative IRIs
        raise TurtleSyntaxError(
            "this cannot be read; write IRIs in full or with a prefix, without @base",
            file=path,
            line=error.lines + 1,
        ) from error
    for prefix, namespace in parser.bindings().items():
        graph.bind(prefix, namespace)
    starts = (0, *(end.end() for end in _LINE_END.finditer(text)))
    return TurtleFile(path, graph, starts, parser.places)


def _check_syntax(path: Path, text: str) -> None:
    try:
        for _ in pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        lines = _LINE_END.split(text)
        line = min(error.lineno or 1, len(lines))
        reason = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg)
        raise TurtleSyntaxError(
            f"this is not Turtle: {reason}",
            file=path,
            line=line,
            column=error.offset,
            value=lines[line - 1].strip(),
        ) from error


class _PlacingParser(SinkParser):
    """rdflib's Turtle parser, noting the offset of each triple's verb and object."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.places: dict[tuple[Node, Node, Node], tuple[int, int]] = {}
        self._verb = 0
        self._open: list[list[int]] = []
        self._pending: deque[tuple[int, int]] = deque()

    def bindings(self) -> dict[str, str]:
        known: dict[Any, Any] = self._bindings  # pyright: ignore[reportUnknownMemberType]
        return {str(prefix): str(namespace) for prefix, namespace in known.items()}

    def verb(self, argstr: str, i: int, res: Any) -> int:
        self._verb = _skip(argstr, i)
        return super().verb(argstr, i, res)

    def objectList(self, argstr: str, i: int, res: Any) -> int:  # noqa: N802 (rdflib's name)
        verb = self._verb
        self._open.append([])
        end = super().objectList(argstr, i, res)
        # rdflib makes the statements of this list right after it returns, in the same order.
        self._pending = deque((verb, place) for place in self._open.pop())
        return end

    def object(self, argstr: str, i: int, res: Any) -> int:
        if self._open:  # rdflib reads a statement's subject with this method too
            self._open[-1].append(_skip(argstr, i))
        return super().object(argstr, i, res)

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802 (rdflib's name)
        _, predicate, subject, obj = quadruple
        super().makeStatement(quadruple)  # pyright: ignore[reportUnknownMemberType]
        if self._pending:
            triple = tuple(self._store.normalise(None, term) for term in (subject, predicate, obj))
            self.places.setdefault(triple, self._pending.popleft())  # type: ignore[arg-type]


def _skip(text: str, offset: int) -> int:
    blank = _BLANK.match(text, offset)
    return blank.end() if blank else offset
