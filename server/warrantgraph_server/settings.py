"""Everything that can be set about the server, in one object.

>>> Settings.from_environment(Settings(port=8080).to_environment()).port
8080
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENVIRONMENT_VARIABLE", "Settings"]

ENVIRONMENT_VARIABLE = "WARRANTGRAPH_SERVER"
"""Carries the settings to the worker processes, which are started afresh."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to serve, and where."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    release: Path | None = None
    """A release folder; None when `data` is served."""

    data: tuple[Path, ...] = ()
    """RDF files to serve instead of a release."""

    longest_query: int = 1 << 20
    """Bytes of the longest request body; a longer one is refused with 413."""

    concurrent_queries: int = 16
    """Threads for queries; pages and exports have threads of their own."""

    def to_environment(self) -> dict[str, str]:
        """Write the settings as environment variables."""
        return {ENVIRONMENT_VARIABLE: json.dumps(asdict(self), default=str)}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read what `to_environment` wrote; the defaults when there is nothing."""
        table = json.loads(environment.get(ENVIRONMENT_VARIABLE, "{}"))
        if table.get("release"):
            table["release"] = Path(table["release"])
        table["data"] = tuple(Path(file) for file in table.get("data", ()))
        return cls(**table)
