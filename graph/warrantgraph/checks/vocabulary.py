"""The Turtle files that say what words mean, read once for all checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import Graph

from warrantgraph.paths import Predicate
from warrantgraph.reports import Place
from warrantgraph.turtle import TurtleFile, read_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

    from warrantgraph.reports import Finding

__all__ = ["Vocabulary", "read_vocabulary"]


@dataclass(frozen=True)
class Vocabulary:
    """The ontology, what depends on it, and where each triple of theirs stands."""

    ontology_file: TurtleFile
    alignment_files: tuple[TurtleFile, ...]
    scheme_files: tuple[TurtleFile, ...]
    shape_files: tuple[TurtleFile, ...]

    @property
    def files(self) -> tuple[TurtleFile, ...]:
        """All files, the ontology first."""
        return (self.ontology_file, *self.alignment_files, *self.scheme_files, *self.shape_files)

    @property
    def ontology(self) -> Graph:
        """The ontology alone."""
        return self.ontology_file.graph

    @cached_property
    def with_schemes(self) -> Graph:
        """The ontology and the concepts: what a release calls its vocabulary."""
        return _union((self.ontology_file, *self.scheme_files))

    @cached_property
    def words(self) -> Graph:
        """The ontology, the alignments and the concepts: whatever a label may stand in."""
        return _union((self.ontology_file, *self.alignment_files, *self.scheme_files))

    @cached_property
    def everything(self) -> Graph:
        """Every file, shapes and alignments too."""
        return _union(self.files)

    def locate(
        self, subject: Node | None, predicate: Node | None = None, obj: Node | None = None
    ) -> Place | None:
        """Where the triple stands, or else the first one about its subject; None: in no file."""
        for wanted in ((predicate, obj), (predicate, None), (None, None)):
            if found := self.locate_exactly(subject, *wanted):
                return found
        return None

    def placed(self, finding: Finding) -> Finding:
        """The finding with its place, where one of the files holds its very triple."""
        predicate = finding.path.iri if isinstance(finding.path, Predicate) else None
        place = self.locate_exactly(finding.focus_node, predicate, finding.value)
        return replace(finding, place=place)

    def locate_exactly(
        self, subject: Node | None, predicate: Node | None, obj: Node | None
    ) -> Place | None:
        """Where the first triple stands that fits; None for a part fits all."""
        if subject is None:
            return None
        for file in self.files:
            found = file.place(subject, predicate, obj)
            if found["line"] is not None:
                return Place(**found)
        return None


def read_vocabulary(ontology: Path, shapes: Path) -> Vocabulary:
    """Read the ontology's folder and the shapes' folder.

    Raises:
        InputError: when a file is missing or is not Turtle.
    """
    main = ontology / "warrantgraph.ttl"
    return Vocabulary(
        ontology_file=read_turtle(main),
        alignment_files=_read(path for path in ontology.glob("*.ttl") if path != main),
        scheme_files=_read((ontology / "schemes").glob("*.ttl")),
        shape_files=_read(shapes.glob("*.ttl")),
    )


def _read(paths: Iterable[Path]) -> tuple[TurtleFile, ...]:
    return tuple(read_turtle(path) for path in sorted(paths))


def _union(files: Iterable[TurtleFile]) -> Graph:
    union = Graph()
    for file in files:
        union += file.graph
    return union
