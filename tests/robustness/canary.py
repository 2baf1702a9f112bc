"""Endpoints that should never hear from the server under test, and one that may."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["Endpoint", "listening"]

_ANSWER = json.dumps(
    {
        "head": {"vars": ["told"]},
        "results": {"bindings": [{"told": {"type": "literal", "value": "by the endpoint"}}]},
    }
).encode()


class Endpoint:
    """A listening endpoint: `connections` were made to it, `targets` were asked for.

    Whatever it is asked, it answers with one solution, or leads on to `redirect`.
    """

    def __init__(self) -> None:
        self.connections = 0
        self.targets: list[str] = []
        self.redirect = ""
        self.port = 0

    @property
    def iri(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"


@contextmanager
def listening() -> Generator[Endpoint]:
    """Listen on a free port."""
    endpoint = Endpoint()

    class Listener(ThreadingHTTPServer):
        daemon_threads = True

        def verify_request(self, request: object, client_address: object) -> bool:
            endpoint.connections += 1
            return True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of clients that speak no HTTP: they are counted."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            endpoint.targets.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if endpoint.redirect:
                self.send_response(307)
                self.send_header("Location", endpoint.redirect)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(_ANSWER)))
            self.end_headers()
            self.wfile.write(_ANSWER)

        do_POST = do_GET  # noqa: N815 - as the library names them

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            """Write no log."""

    with Listener(("127.0.0.1", 0), Handler) as listener:
        endpoint.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield endpoint
        finally:
            listener.shutdown()
            thread.join()
