"""The data of a case, and one file of it that the server can load."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Dataset", "File", "named_by"]

_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^<>\s]*)>", re.IGNORECASE)


class File(NamedTuple):
    """A file of a suite, and the IRI under which W3C publishes it: its base."""

    iri: str
    path: Path


@dataclass(frozen=True, slots=True)
class Dataset:
    """Files for the default graph, and files for named graphs with their names.

    Two cases with equal datasets share a server.
    """

    default: tuple[File, ...] = ()
    named: tuple[tuple[str, File], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)

    def quads(self) -> Iterator[Quad]:
        """Every quad; blank nodes of different files differ, literals keep their form."""
        for file in self.default:
            yield from _parse(file)
        for name, file in self.named:
            for quad in _parse(file):
                graph = quad.graph_name
                to = NamedNode(name) if isinstance(graph, DefaultGraph) else graph
                yield Quad(quad.subject, quad.predicate, quad.object, to)

    def write(self, folder: Path) -> Path:
        """Write everything into one N-Quads file of a folder."""
        path = folder / "data.nq"
        pyoxigraph.serialize(self.quads(), str(path), pyoxigraph.RdfFormat.N_QUADS)
        return path


def _parse(file: File) -> Iterator[Quad]:
    yield from pyoxigraph.parse(path=file.path, base_iri=file.iri, rename_blank_nodes=True)


def named_by(query: File) -> Dataset:
    """The graphs that a query names with FROM: the endpoint must have them under these names.

    The suites expect them to be fetched; this endpoint fetches nothing.
    """
    text = query.path.read_text(encoding="utf-8")
    names = dict.fromkeys(urljoin(query.iri, found) for found in _FROM.findall(text))
    folder = query.iri.rpartition("/")[0] + "/"
    return Dataset(
        named=tuple(
            (name, File(name, query.path.parent / name.removeprefix(folder)))
            for name in names
            if name.startswith(folder) and (query.path.parent / name.removeprefix(folder)).is_file()
        )
    )
