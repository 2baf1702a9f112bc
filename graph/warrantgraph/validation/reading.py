"""RDF files as one graph, which remembers the file that speaks of each node.

pyoxigraph parses: it says the line and column of a mistake, keeps every literal as it is
written, and reaches for nothing outside the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Graph, Literal

from warrantgraph.errors import InputError, MissingFileError, TurtleSyntaxError
from warrantgraph.validation.terms import as_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rdflib.term import Node

__all__ = ["FORMATS", "RdfInput", "find_rdf_files", "read_rdf"]

FORMATS: dict[str, ox.RdfFormat] = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}
"""Format of a file by the end of its name."""


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


def find_rdf_files(path: Path) -> tuple[Path, ...]:
    """Return the file, or all RDF files in the folder and below it, sorted.

    Raises MissingFileError when nothing is there, so that an empty folder does not pass for a
    valid one; InputError when a file's name does not say its format.
    """
    if path.is_dir():
        found = sorted(
            file for file in path.rglob("*") if file.suffix in FORMATS and file.is_file()
        )
        if not found:
            raise MissingFileError("there are no RDF files in this folder", file=path)
        return tuple(found)
    if not path.exists():
        raise MissingFileError("there is no such file", file=path)
    if path.suffix not in FORMATS:
        raise InputError("not an RDF file", file=path, hint=f"one of {', '.join(FORMATS)}")
    return (path,)


def read_rdf(files: Iterable[Path]) -> RdfInput:
    """Read files into one graph, the graphs of a dataset united.

    Raises TurtleSyntaxError, or InputError for the other formats, with line and column.
    """
    graph = Graph()
    subjects: dict[Node, Path] = {}
    objects: dict[Node, Path] = {}
    for number, file in enumerate(files):
        for quad in _parse(file):
            subject, predicate, value = _triple(quad, file, scope=f"f{number}.")
            graph.add((subject, predicate, value))
            subjects.setdefault(subject, file)
            if not isinstance(value, Literal):
                objects.setdefault(value, file)
    return RdfInput(graph, subjects, objects)


def _parse(file: Path) -> Iterable[ox.Quad]:
    rdf_format = FORMATS[file.suffix]
    try:
        yield from ox.parse(path=file, format=rdf_format, base_iri=file.resolve().as_uri())
    except FileNotFoundError as error:
        raise MissingFileError("there is no such file", file=file) from error
    except SyntaxError as error:
        kind = TurtleSyntaxError if rdf_format == ox.RdfFormat.TURTLE else InputError
        message = f"not {rdf_format.name}: {error.msg}"
        raise kind(message, file=file, line=error.lineno, column=error.offset) from error


def _triple(quad: ox.Quad, file: Path, scope: str) -> tuple[Node, Node, Node]:
    try:
        subject, predicate, value = (
            as_rdflib(term, scope=scope) for term in (quad.subject, quad.predicate, quad.object)
        )
    except InputError as error:
        raise InputError(error.message, file=file, value=error.value) from error
    return subject, predicate, value
