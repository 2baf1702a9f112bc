"""Runs the server over a dataset, and says where its parts are."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from served import served
from warrantgraph_server.app import create_app
from warrantgraph_server.graph_store import GRAPH_STORE_PATH
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager

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


def serving_file(file: Path) -> AbstractContextManager[str]:
    """Serve an RDF file on a free port; yields the address."""
    return served(create_app(Settings(data=(file,))))
