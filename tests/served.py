"""Servers and releases for tests: small, in this process, over a real socket."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from export_files import export_files
from warrantgraph.release import Manifest, Release, SourceSummary, write_release
from warrantgraph_server.listening import uvicorn_server
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Generator

    from fastapi import FastAPI

__all__ = ["EXPORTS", "served", "tiny_release"]

CASES_FOLDER = Path(__file__).parent / "cases/protocol"

EXPORTS = {
    "trig": (pyoxigraph.RdfFormat.TRIG, "application/trig"),
    "nq": (pyoxigraph.RdfFormat.N_QUADS, "application/n-quads"),
    "ttl": (pyoxigraph.RdfFormat.TURTLE, "text/turtle"),
    "nt": (pyoxigraph.RdfFormat.N_TRIPLES, "application/n-triples"),
    "rdf": (pyoxigraph.RdfFormat.RDF_XML, "application/rdf+xml"),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, "application/ld+json"),
}


def tiny_release(out: Path, version: str = "tiny") -> Release:
    """A release of `cases/protocol/release.trig`, through the same function as the real one."""
    quads = list(pyoxigraph.parse(path=CASES_FOLDER / "release.trig"))
    triples = list({quad.triple: None for quad in quads})
    contents: dict[str, bytes] = {
        f"warrantgraph.{extension}": pyoxigraph.serialize(
            quads if syntax.supports_datasets else triples, format=syntax
        )
        or b""
        for extension, (syntax, _) in EXPORTS.items()
    }
    contents["digits.txt"] = b"0123456789"
    contents["void.ttl"] = (CASES_FOLDER / "void.ttl").read_bytes()
    files, variants = export_files(contents)
    graph = "https://w3id.org/warrantgraph/graph/icc"
    manifest = Manifest(
        version=version,
        software="0.0.0",
        ontology="0.1.0",
        counts={"quads": len(quads), "triples": len(triples), "sources": 1, "claims": 1},
        sources=(SourceSummary("icc", "A <b>source</b>", graph, 1, 1),),
        graphs={graph: 3},
        files=files,
        validation={"conforms": True, "violations": 0, "warnings": 0, "infos": 0},
    )
    return write_release(out, manifest, contents | variants)


@contextmanager
def served(app: FastAPI, settings: Settings | None = None) -> Generator[str]:
    """Run the server in a thread; its address. The socket queues what comes before it is up."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn_server(app, settings or Settings())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
