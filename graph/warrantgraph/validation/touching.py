"""Which findings touch what changed: files, and the nodes of triples that came or went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib.term import Node

    from warrantgraph.reports import Finding

    OxTriple = tuple[ox.NamedNode | ox.BlankNode | ox.Triple, ox.NamedNode, object]

__all__ = ["Changes", "Version"]


@dataclass(frozen=True, slots=True)
class Version:
    """A file before and after a change; None where it was not there."""

    path: Path
    format: ox.RdfFormat
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Files that changed, and the IRIs of the triples that they gained or lost."""

    files: frozenset[Path]
    nodes: frozenset[Node]

    @classmethod
    def of(cls, versions: Iterable[Version]) -> Changes:
        """Compare what files said with what they say.

        A blank node has no name to compare by, so each triple that has one counts as changed. Of
        a version that cannot be parsed nothing counts but that the file changed.

        >>> from pathlib import Path
        >>> before, after = b"<urn:a> <urn:p> <urn:b> .", b"<urn:a> <urn:p> <urn:c> ."
        >>> version = Version(Path("/a.nt"), ox.RdfFormat.N_TRIPLES, before, after)
        >>> sorted(map(str, Changes.of([version]).nodes))
        ['urn:a', 'urn:b', 'urn:c']
        """
        files: set[Path] = set()
        nodes: set[Node] = set()
        for version in versions:
            files.add(version.path)
            before, after = (
                _triples(content, version) for content in (version.before, version.after)
            )
            for subject, _, value in before ^ after:
                nodes.update(_iris(subject, value))
        return cls(frozenset(files), frozenset(nodes))

    def touch(self, finding: Finding) -> bool:
        """Whether the finding stands in a changed file, or is about a node of a changed triple."""
        places = (finding.place, finding.focus_place)
        if any(place is not None and place.file.resolve() in self.files for place in places):
            return True
        return finding.focus_node in self.nodes or finding.value in self.nodes


def _triples(content: bytes | None, version: Version) -> set[OxTriple]:
    if content is None:
        return set()
    base = version.path.as_uri()
    try:
        return {
            (quad.subject, quad.predicate, quad.object)
            for quad in ox.parse(content, format=version.format, base_iri=base)
        }
    except SyntaxError:
        return set()


def _iris(*terms: object) -> Iterator[URIRef]:
    return (URIRef(term.value) for term in terms if isinstance(term, ox.NamedNode))
