"""Loads RDF files into a store in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from warrantgraph.errors import InputError, MissingFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["RDF_EXTENSIONS", "load_files"]

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

_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def load_files(files: Iterable[Path], *, union_default_graph: bool = False) -> pyoxigraph.Store:
    """Load files into a new store; blank nodes of different files stay different.

    With `union_default_graph` every triple is put into the default graph as well. Oxigraph's own
    union of graphs is none: it yields a triple once per graph that holds it, and replaces `FROM`.
    """
    store = pyoxigraph.Store()
    for file in files:
        _load(store, file)
    if union_default_graph:
        store.update(_MERGE)
    return store


def _load(store: pyoxigraph.Store, file: Path) -> None:
    syntax = RDF_EXTENSIONS.get(file.suffix.lower())
    if syntax is None:
        hint = "known are " + ", ".join(RDF_EXTENSIONS)
        raise InputError("no RDF syntax has this extension", file=file, hint=hint)
    if not file.is_file():
        raise MissingFileError("no such file", file=file)
    try:
        store.bulk_load(path=file, format=syntax, base_iri=file.resolve().as_uri())
    except SyntaxError as error:
        reason = str(error.args[0]).partition(": ")[2] or str(error.args[0])
        raise InputError(
            f"not {syntax.name}: {reason}", file=file, line=error.lineno, column=error.offset
        ) from None
