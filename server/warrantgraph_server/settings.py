"""Everything that can be set about the server, in one object and one list.

Each field is a flag of `warrantgraph serve` and a variable of the environment; `docs/settings.md`
is generated from here.

>>> variable("memory_limit"), flag("memory_limit")
('WARRANTGRAPH_MEMORY_LIMIT', '--memory-limit')
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args, get_type_hints

from warrantgraph.engine.workers import available_memory
from warrantgraph_server.kinds import Count, Duration, Endpoint, Engine, Network, Size, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["About", "Setting", "Settings", "flag", "setting_list", "variable"]

_GIB: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a setting: what it does, and what its default is where that is no value."""

    help: str
    kind: type = str
    default: str | None = None
    metavar: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, its default, and what is said of it."""

    name: str
    default: Any
    about: About

    @property
    def repeated(self) -> bool:
        """Whether it holds several values."""
        return isinstance(self.default, tuple)

    @property
    def shown_default(self) -> str:
        """The default in words."""
        if self.about.default:
            return self.about.default
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)


@dataclass(frozen=True, slots=True)
class Settings:
    """What to serve, where, and within which bounds."""

    host: Annotated[str, About("Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, About("Port to listen on; 0 takes a free one.", kind=int)] = 8000
    release: Annotated[
        Path | None,
        About(
            "Serve this release, or the current one of this folder; nothing is built.",
            kind=Path,
            default="built from the sources",
            metavar="DIR",
        ),
    ] = None
    data: Annotated[
        tuple[Path, ...],
        About(
            "Serve this RDF file instead of a release; may be repeated, and more files may "
            "follow the last.",
            kind=Path,
            default="none",
            metavar="FILE",
        ),
    ] = ()
    engine: Annotated[
        str | None,
        About(
            "Where the data is kept: memory, disk, or the URL of a remote SPARQL endpoint.",
            kind=Engine,
            default="memory, or disk where half of the free memory would not hold it",
            metavar="memory|disk|URL",
        ),
    ] = None
    engine_folder: Annotated[
        Path | None,
        About(
            "Folder for the images of datasets kept on disk.",
            kind=Path,
            default="`.engine` beside the first file",
            metavar="DIR",
        ),
    ] = None
    timeout: Annotated[
        float,
        About(
            "Seconds a query may take, from its start to the last byte of its answer; a request "
            "may lower it with the parameter timeout.",
            kind=Span,
        ),
    ] = 30.0
    memory_limit: Annotated[
        int,
        About(
            "Memory that a query may take over the loaded data, and a validation.",
            kind=Size,
            default="1GiB",
            metavar="SIZE",
        ),
    ] = _GIB
    workers: Annotated[
        int | None,
        About(
            "Long queries that run at the same time; short ones always may.",
            kind=Count,
            default="4 per core, as far as 80 % of the free memory holds their limits",
        ),
    ] = None
    queue: Annotated[
        int,
        About("Queries that may wait, and as many validations; one more is told 503.", kind=int),
    ] = 64
    queue_timeout: Annotated[
        float, About("Seconds a query may wait for its turn before it is told 503.", kind=Duration)
    ] = 30.0
    max_query: Annotated[
        int,
        About(
            "Longest query in a request body; a longer one is told 413.",
            kind=Size,
            default="1MiB",
            metavar="SIZE",
        ),
    ] = 1 << 20
    max_upload: Annotated[
        int,
        About(
            "Longest body to be validated, compressed or not; a longer one is told 413.",
            kind=Size,
            default="16MiB",
            metavar="SIZE",
        ),
    ] = 1 << 24
    validate_timeout: Annotated[
        float,
        About(
            "Seconds a validation may take; a request may lower it with the parameter timeout.",
            kind=Span,
        ),
    ] = 60.0
    max_rows: Annotated[
        int | None,
        About(
            "Rows of the largest answer to a query, or triples where it is a graph; a larger "
            "one is an error, never cut.",
            kind=Count,
            default="none",
        ),
    ] = None
    max_bytes: Annotated[
        int | None,
        About(
            "Size of the largest answer to a query; a larger one is an error, never cut.",
            kind=Size,
            default="none",
            metavar="SIZE",
        ),
    ] = None
    allow_service: Annotated[
        tuple[str, ...],
        About(
            "Let queries reach this endpoint by SERVICE; may be repeated.",
            default="none",
            kind=Endpoint,
            metavar="IRI",
        ),
    ] = ()
    connections: Annotated[
        int, About("Connections open at the same time; one more is closed at once.", kind=Count)
    ] = 1000
    trusted_proxies: Annotated[
        tuple[str, ...],
        About(
            "Believe X-Forwarded-For and X-Forwarded-Proto of this address or network; may be "
            "repeated.",
            kind=Network,
            default="none",
            metavar="ADDRESS",
        ),
    ] = ()
    request_timeout: Annotated[
        float,
        About("Seconds for the head of a request to arrive, and as many for its body.", kind=Span),
    ] = 10.0
    send_timeout: Annotated[
        float,
        About("Seconds a client may take nothing of an answer before it is cut off.", kind=Span),
    ] = 30.0
    grace: Annotated[
        float,
        About("Seconds that running queries are given at the end of the server.", kind=Duration),
    ] = 10.0
    watch: Annotated[
        float,
        About(
            "Seconds between looks for a new current release; 0 looks at SIGHUP only.",
            kind=Duration,
        ),
    ] = 2.0
    query_log: Annotated[
        str | None,
        About(
            "Write a JSON line for each query to this file; - is standard output.",
            default="none",
            metavar="FILE",
        ),
    ] = None
    log_query_text: Annotated[
        bool,
        About(
            "Write the text of queries to the --query-log, not only their hash.",
            kind=bool,
            default="no",
        ),
    ] = False

    @property
    def slots(self) -> int:
        """How many long queries run at the same time."""
        if self.workers is not None:
            return self.workers
        most = int(available_memory() * 0.8 / max(1, self.memory_limit))
        return max(1, min(4 * (os.cpu_count() or 1), most))


def setting_list() -> Iterator[Setting]:
    """Every setting, in order."""
    hints = get_type_hints(Settings, include_extras=True)
    for each in fields(Settings):
        yield Setting(each.name, each.default, get_args(hints[each.name])[1])


def flag(name: str) -> str:
    """The flag of a setting."""
    return "--" + name.replace("_", "-")


def variable(name: str) -> str:
    """The environment variable of a setting; a repeated one has its values separated by spaces."""
    return f"WARRANTGRAPH_{name.upper()}"
