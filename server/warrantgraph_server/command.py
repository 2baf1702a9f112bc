"""The verb `warrantgraph serve`."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any, Final

import click

from warrantgraph.cli.build import DEFAULT_OUT, built_release
from warrantgraph_server.settings import Settings

__all__ = ["serve"]

_BACKLOG = 2048
_LIKE_THIS: Final[dict[str, Any]] = {"log_level": "warning", "timeout_graceful_shutdown": 10}


@click.command(epilog="Example: warrantgraph serve --port 8080 --data one.ttl two.trig")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="Processes that answer; each holds the graph in memory.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Serve this RDF file instead of the release; may be repeated, "
    "and more files may follow the last.",
)
@click.option(
    "--release",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Serve this release; nothing is built.",
)
@click.argument("more_data", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
def serve(
    host: str,
    port: int,
    workers: int,
    data: tuple[Path, ...],
    release: Path | None,
    more_data: tuple[Path, ...],
) -> None:
    """Serve the graph: a SPARQL endpoint, the exports, and a page for every IRI.

    Builds the graph first if its inputs have changed. With --data the graphs of the files stay
    as they are, and there is the endpoint alone, without exports and pages.
    """
    if more_data and not data:
        raise click.UsageError(f"unexpected argument {more_data[0]}; did you mean --data?")
    if data and release:
        raise click.UsageError("--data and --release exclude each other")
    # Taken before anything is built: a busy port is told at once.
    with _listen(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        settings = Settings(
            host=host,
            port=port,
            workers=workers,
            release=None if data else release or built_release(DEFAULT_OUT).folder,
            data=data + more_data,
        )
        _run(settings, listener, address)


def _listen(host: str, port: int) -> socket.socket:
    """Open the port; raises OSError with a sentence when it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
        listener.set_inheritable(True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot listen on {host} port {port}: {reason}; choose another with --port"
        raise OSError(message) from error
    return listener


def _run(settings: Settings, listener: socket.socket, address: str) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from warrantgraph_server.app import create_app

    app = create_app(settings)
    if settings.workers == 1:
        click.echo(f"Serving on {address} (Ctrl-C stops)")
        uvicorn.Server(uvicorn.Config(app, **_LIKE_THIS)).run(sockets=[listener])
        return
    del app  # built only to fail here and not in every worker
    os.environ.update(settings.to_environment())
    config = uvicorn.Config(
        "warrantgraph_server.asgi:create",
        factory=True,
        workers=settings.workers,
        **_LIKE_THIS,
    )
    click.echo(f"Serving on {address} with {settings.workers} workers (Ctrl-C stops)")
    Multiprocess(config, sockets=[listener]).run()
