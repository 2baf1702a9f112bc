"""Runs the server over a dataset, and says where its parts are."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import uvicorn

from warrantgraph_server.app import create_app
from warrantgraph_server.graph_store import GRAPH_STORE_PATH
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Generator

    from conformance.dataset import Dataset

__all__ = ["ENDPOINT", "GRAPH_STORE", "serving", "serving_file"]

ENDPOINT = "/sparql"
"""Where the SPARQL Protocol is spoken."""

GRAPH_STORE = GRAPH_STORE_PATH
"""Where the Graph Store Protocol is."""


@contextmanager
def serving(dataset: Dataset) -> Generator[str]:
    """Serve a dataset on a free port; yields the address."""
    with TemporaryDirectory() as folder, serving_file(dataset.write(Path(folder))) as address:
        yield address


@contextmanager
def serving_file(file: Path) -> Generator[str]:
    """Serve an RDF file on a free port; yields the address.

    The socket listens before the server is up, and keeps what comes until then.
    """
    app = create_app(Settings(data=(file,)))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
