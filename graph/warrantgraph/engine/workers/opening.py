"""Decides how a dataset is opened: in memory, on disk, or at a remote endpoint.

In memory joins are three to four times faster than from disk; but the data must fit, with room
for the queries. What is served from memory starts anew with each start of the server.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from warrantgraph.engine.disk import disk_image, open_image
from warrantgraph.engine.evaluation import StoreEvaluator
from warrantgraph.engine.loading import load_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.engine.interface import Evaluator

__all__ = ["EngineKind", "OpeningPlan", "available_memory", "plan_opening"]

_MEMORY_PER_FILE_BYTE: Final = 8
"""Bytes of memory for a byte of N-Quads, twice in the union: 3 to 6 were measured."""

_SHARE_FOR_DATA: Final = 0.5
"""The part of the free memory that data may take; the rest is for queries."""


class EngineKind(Enum):
    """Where the data is."""

    MEMORY = "memory"
    DISK = "disk"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """How to open a dataset; a keeper is started with it.

    `files` are loaded as they are, `apart` each into the graph named with it, which stays out of
    the union. `endpoint` is the remote one.
    """

    package: ClassVar[str] = "warrantgraph.engine.workers"

    kind: EngineKind
    files: tuple[Path, ...] = ()
    apart: tuple[tuple[Path, str], ...] = ()
    union: bool = False
    folder: Path | None = None
    endpoint: str | None = None
    allowed_services: tuple[str, ...] = ()
    memory: int = 1 << 30
    """Bytes that a query may take over the data."""

    def encode(self) -> str:
        """The plan as the keeper reads it."""
        return json.dumps(asdict(self) | {"kind": self.kind.value}, default=str)

    @staticmethod
    def decode(text: str) -> OpeningPlan:
        """Read what `encode` wrote."""
        table = json.loads(text)
        table["kind"] = EngineKind(table["kind"])
        table["files"] = tuple(Path(file) for file in table["files"])
        table["apart"] = tuple((Path(file), graph) for file, graph in table["apart"])
        table["folder"] = Path(table["folder"]) if table["folder"] else None
        table["allowed_services"] = tuple(table["allowed_services"])
        return OpeningPlan(**table)

    def prepare(self) -> Callable[[], Evaluator]:
        """Load the data, once; what is returned opens it in a worker, after the fork.

        Data in memory is shared with the workers. A store on disk has threads of its own, which no
        fork survives, so each worker opens it for itself.

        Raises:
            InputError: a file cannot be read.
        """
        services = frozenset(self.allowed_services)
        if self.kind is EngineKind.REMOTE:
            from warrantgraph.engine.remote import RemoteEvaluator

            endpoint = str(self.endpoint)
            return lambda: RemoteEvaluator(endpoint)
        if self.kind is EngineKind.DISK:
            image = disk_image(self.files, self.apart, self._image_folder(), union=self.union)
            return lambda: StoreEvaluator(open_image(image), services)
        import pyoxigraph

        store = pyoxigraph.Store()
        load_into(store, self.files, self.apart, union_default_graph=self.union)
        return lambda: StoreEvaluator(store, services)

    def _image_folder(self) -> Path:
        return self.folder or self.files[0].resolve().parent / ".engine"


def plan_opening(
    files: tuple[Path, ...], *, engine: str | None, free_memory: int | None = None
) -> tuple[EngineKind, str | None]:
    """The kind of engine for these files and, for a remote one, its address.

    `engine` is what the operator asked for: memory, disk, a URL, or None to go by size.

    >>> plan_opening((), engine="http://127.0.0.1:3030/ds/sparql")
    (<EngineKind.REMOTE: 'remote'>, 'http://127.0.0.1:3030/ds/sparql')
    >>> plan_opening((), engine=None)[0].value
    'memory'
    """
    if engine and "://" in engine:
        return EngineKind.REMOTE, engine
    if engine:
        return EngineKind(engine), None
    size = sum(file.stat().st_size for file in files if file.is_file())
    free = available_memory() if free_memory is None else free_memory
    fits = size * _MEMORY_PER_FILE_BYTE <= free * _SHARE_FOR_DATA
    return (EngineKind.MEMORY if fits else EngineKind.DISK), None


def available_memory() -> int:
    """Bytes of memory that are free on this machine, or in the container it runs in."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                free = int(line.split()[1]) * 1024
        bound = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
        used = Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii").strip()
    except OSError:
        return free
    return free if bound == "max" else min(free, int(bound) - int(used))
