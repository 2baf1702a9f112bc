"""Reads the manifests of W3C's SPARQL test suites into cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import NamedNode

from conformance.dataset import Dataset, File
from conformance.exchanges import Exchange, read_exchanges
from conformance.facts import RDF, RDFS, Facts, Node, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["SUITES", "Case", "find_suites", "read_cases"]

SUITES: Final = {
    "sparql10": "manifest.ttl",
    "sparql11": "manifest-all.ttl",
    "sparql12": "manifest.ttl",
}
"""Each suite's folder, and the manifest in it that includes all others."""

_PUBLISHED = "https://w3c.github.io/rdf-tests/sparql/"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_SD = "http://www.w3.org/ns/sparql-service-description#"


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a suite."""

    key: str
    """Suite, group and the end of the IRI, as in `sparql11/bind#bind01`; no two cases share it."""

    iri: str
    kind: str
    """The local name of its type in the manifest, without a version behind it."""

    dataset: Dataset = field(default_factory=Dataset)
    request: File | None = None
    """The query or the update."""

    result: File | None = None
    exchanges: tuple[Exchange, ...] = ()
    has_entailment: bool = False
    is_lax: bool = False
    """Whether duplicates may be left out, as `REDUCED` does."""

    @property
    def suite(self) -> str:
        """The folder of its suite."""
        return self.key.partition("/")[0]

    @property
    def group(self) -> str:
        """The folder of its manifest."""
        return self.key.partition("/")[2].partition("#")[0]


def find_suites(folder: Path) -> dict[str, Path]:
    """The suites under a folder, by name; it may hold W3C's repositories or their SPARQL part."""
    for root in (folder / "rdf-tests/sparql", folder / "sparql", folder):
        found = {name: root / name for name in SUITES if (root / name / SUITES[name]).is_file()}
        if found:
            return found
    return {}


def read_cases(suites: dict[str, Path]) -> list[Case]:
    """Read every case of these suites, in the order of their manifests.

    Raises ValueError when two cases have one key, SyntaxError for a manifest that is not Turtle.
    """
    cases = [
        case
        for name, folder in suites.items()
        for case in _read(name, folder, folder / SUITES[name])
    ]
    counts = Counter(case.key for case in cases)
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"two cases have one key: {', '.join(twice)}")
    return cases


def _read(suite: str, folder: Path, manifest: Path) -> Iterator[Case]:
    base = _PUBLISHED + suite + "/" + manifest.relative_to(folder).as_posix()
    facts = Facts.parse(manifest.read_bytes(), pyoxigraph.RdfFormat.TURTLE, base)
    reader = _Reader(facts, folder, f"{_PUBLISHED}{suite}/", f"{suite}/{manifest.parent.name}")
    for subject in facts.subjects(f"{_MF}include"):
        for included in facts.items(facts.one(subject, f"{_MF}include")):
            yield from _read(suite, folder, reader.file(included).path)
    for subject in facts.subjects(f"{_MF}entries"):
        for entry in facts.items(facts.one(subject, f"{_MF}entries")):
            yield reader.case(entry)


@dataclass(frozen=True, slots=True)
class _Reader:
    facts: Facts
    folder: Path
    base: str
    group: str

    def file(self, node: Node) -> File:
        iri = text(node)
        if not iri.startswith(self.base):
            raise ValueError(f"{iri} is not in the suite at {self.base}")
        return File(iri, self.folder / iri.removeprefix(self.base))

    def case(self, entry: Node) -> Case:
        facts = self.facts
        iri = text(entry)
        kind = _local(text(facts.one(entry, f"{RDF}type"))).removesuffix("11")
        action = facts.one(entry, f"{_MF}action")
        result = facts.one(entry, f"{_MF}result")
        return Case(
            key=f"{self.group}#{iri.partition('#')[2]}",
            iri=iri,
            kind=kind,
            dataset=self._dataset(entry, action),
            request=self._request(action),
            result=self.file(result) if isinstance(result, NamedNode) else None,
            exchanges=tuple(read_exchanges(facts, action)) if action else (),
            has_entailment=bool(action and facts.all(action, f"{_SD}entailmentRegime")),
            is_lax=bool(facts.all(entry, f"{_MF}resultCardinality")),
        )

    def _request(self, action: Node | None) -> File | None:
        if isinstance(action, NamedNode):
            return self.file(action)
        for predicate in (f"{_QT}query", f"{_UT}request"):
            request = self.facts.one(action, predicate) if action else None
            if request:
                return self.file(request)
        return None

    def _dataset(self, entry: Node, action: Node | None) -> Dataset:
        """The data of a query, or the graphs that a case of the protocol says of itself."""
        facts = self.facts
        default: list[File] = []
        named: list[tuple[str, File]] = []
        for subject in (entry, action) if action else (entry,):
            default += [self.file(each) for each in facts.all(subject, f"{_QT}data")]
            for each in facts.all(subject, f"{_QT}graphData"):
                named.append((text(each), self.file(each)))
            for each in facts.all(subject, f"{_UT}graphData"):
                graph = facts.one(each, f"{_UT}graph")
                if graph:
                    named.append((text(facts.one(each, f"{RDFS}label")), self.file(graph)))
        return Dataset(tuple(default), tuple(named))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
