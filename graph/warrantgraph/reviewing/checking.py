"""Makes the checks of the build on one source, with a text of its claims that is not saved yet."""

from __future__ import annotations

import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Graph

from warrantgraph.authority import Authority, check_identifiers, read_authority
from warrantgraph.claims import expand
from warrantgraph.curation import check_curation
from warrantgraph.errors import InputError
from warrantgraph.evidence import check_evidence
from warrantgraph.metadata import describe
from warrantgraph.resources import AUTHORITY
from warrantgraph.source import read_source
from warrantgraph.statuses import divide
from warrantgraph.terms import check_terms
from warrantgraph.turtle import Place
from warrantgraph.vocabulary import read_alignments, read_ontology, read_schemes

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["Checks"]


class Checks:
    """What the build asks of a source: terms, identifiers, format, quotes, evidence."""

    def __init__(self, folder: Path, authority: Path = AUTHORITY) -> None:
        self._folder = folder
        self._authority_folder = authority

    @cached_property
    def authority(self) -> Authority:
        """The entities that all sources share."""
        return read_authority(self._authority_folder)

    @cached_property
    def entities(self) -> Graph:
        """The same as one graph."""
        return self.authority.graph()

    @cached_property
    def vocabulary(self) -> Graph:
        """The ontology with its schemes and alignments."""
        return read_ontology() + read_schemes() + read_alignments()

    def find_error(self, text: str) -> InputError | None:
        """The first thing that the build would refuse in these claims, or None."""
        with tempfile.TemporaryDirectory(prefix="warrantgraph-check-") as folder:
            copy = Path(folder) / self._folder.name
            copy.mkdir()
            for name in ("article.txt", "source.toml"):
                shutil.copyfile(self._folder / name, copy / name)
            (copy / "claims.ttl").write_bytes(text.encode())
            try:
                self._check(read_source(copy))
            except InputError as error:
                if error.file is None or copy not in error.file.parents:
                    return error
                file = self._folder / error.file.name
                return error.at(Place(file=file, line=error.line, column=error.column))
        return None

    def _check(self, source: Source) -> None:
        described = describe(source)
        defined = self._defined | set(source.claims.graph.subjects(RDF.type))
        defined |= set(described.subjects(RDF.type))
        check_terms([source.claims], self.vocabulary, defined)
        check_identifiers([source.claims], self.authority)
        check_curation(
            source, set(self.entities.subjects()) | set(self.vocabulary.subjects()), self.vocabulary
        )
        divide([source], {})  # how statuses, rules and reviewers are written
        labels: dict[Node, str] = {
            thing: str(label) for thing, label in self.entities.subject_objects(RDFS.label)
        }
        check_evidence(source, expand(source, labels))

    @cached_property
    def _defined(self) -> set[Node]:
        """What the authority and the other sources define; a source that is wrong defines none."""
        defined: set[Node] = set(self.entities.subjects(RDF.type))
        for folder in sorted(self._folder.parent.iterdir()):
            if folder.name != self._folder.name and folder.is_dir():
                try:
                    other = read_source(folder)
                except InputError:
                    continue
                defined |= set(other.claims.graph.subjects(RDF.type))
                defined |= set(describe(other).subjects(RDF.type))
        return defined
