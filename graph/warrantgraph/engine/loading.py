"""Loads RDF files into a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from warrantgraph.errors import InputError, MissingFileError
from warrantgraph.namespaces import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["RDF_EXTENSIONS", "load_files", "load_into"]

RDF_EXTENSIONS = {
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".n3": pyoxigraph.RdfFormat.N3,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
}
"""The syntax that a file is in, by its extension."""

_MERGE = (
    "INSERT { ?s ?p ?o } "
    f'WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(!(STRSTARTS(STR(?g), "{GRAPH}") '
    f'&& STRENDS(STR(?g), "/drafts"))) }}'
)
"""Drafts, which nobody has accepted, are asked for by the name of their graph."""


def load_files(files: Iterable[Path], *, union_default_graph: bool = False) -> pyoxigraph.Store:
    """Load files into a new store in memory, as `load_into` does."""
    store = pyoxigraph.Store()
    load_into(store, files, union_default_graph=union_default_graph)
    return store


def load_into(
    store: pyoxigraph.Store,
    files: Iterable[Path],
    apart: Iterable[tuple[Path, str]] = (),
    *,
    union_default_graph: bool = False,
) -> None:
    """Load files into a store; blank nodes of different files stay different.

    With `union_default_graph` every triple is put into the default graph as well. Oxigraph's own
    union of graphs is none: it yields a triple once per graph that holds it, and replaces `FROM`.
    Graphs of drafts stay out of it. The files `apart` go each into the graph named with it, and
    not into that union.

    Raises:
        MissingFileError: a file is not there.
        InputError: a file is not what its extension says; tells line and column.
    """
    for file in files:
        _load(store, file)
    if union_default_graph:
        store.update(_MERGE)
    for file, graph in apart:
        _load(store, file, pyoxigraph.NamedNode(graph))


def _load(
    store: pyoxigraph.Store, file: Path, to_graph: pyoxigraph.NamedNode | None = None
) -> None:
    syntax = RDF_EXTENSIONS.get(file.suffix.lower())
    if syntax is None:
        hint = "known are " + ", ".join(RDF_EXTENSIONS)
        raise InputError("no RDF syntax has this extension", file=file, hint=hint)
    if not file.is_file():
        raise MissingFileError("no such file", file=file)
    base = file.resolve().as_uri()
    try:
        store.bulk_load(path=file, format=syntax, base_iri=base, to_graph=to_graph)
    except SyntaxError as error:
        reason = str(error.args[0]).partition(": ")[2] or str(error.args[0])
        raise InputError(
            f"not {syntax.name}: {reason}", file=file, line=error.lineno, column=error.offset
        ) from None
