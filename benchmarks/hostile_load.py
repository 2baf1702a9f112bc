"""Hostile clients in a process of their own: each asks again once it is refused or stopped."""

from __future__ import annotations

import http.client
import multiprocessing
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watched_server import Server, ask

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["CLIENTS", "ENDLESS", "HUNGRY", "NODES", "under_load", "write_data"]

NODES: Final = 2_000
"""Of the data, a ring; each has a number."""

CLIENTS: Final = 8

_ROWS = "?a <http://e/next> ?b . ?c <http://e/next> ?d . ?e <http://e/next> ?f"
_HOSTILE = (
    f"SELECT * {{ {_ROWS} }} ORDER BY ?f",
    f"SELECT * {{ {_ROWS} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_ROWS} }} GROUP BY ?a ?c",
    f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?c))) AS ?n) {{ {_ROWS} }}",
)

ENDLESS: Final = f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?c), STR(?e)))) AS ?n) {{ {_ROWS} }}"
"""Works for hours in little memory, and says nothing before its end."""

HUNGRY: Final = f"SELECT DISTINCT * {{ {_ROWS} }} ORDER BY ?f"
"""Needs memory for 8,000,000,000 rows."""

_SECONDS_AFTER_503 = 0.2
_WORK = 0.5


def write_data(folder: str) -> str:
    """Write the data; the name of the file."""
    file = Path(folder) / "ring.nt"
    lines = (
        f"<http://e/n{each}> <http://e/next> <http://e/n{(each + 1) % NODES}> .\n"
        f'<http://e/n{each}> <http://e/number> "{each}" .\n'
        for each in range(NODES)
    )
    file.write_text("".join(lines), encoding="utf-8")
    return str(file)


@contextmanager
def under_load(server: Server, log: Path) -> Generator[None]:
    """Let the hostile clients ask meanwhile, once they keep the server busy.

    How each of their queries ends is a line of the log: a status, or `cut`.
    """
    before = sum(server.processor_seconds().values())
    process = multiprocessing.get_context("spawn").Process(
        target=_all_clients, args=(server, log), daemon=True
    )
    process.start()
    try:
        while sum(server.processor_seconds().values()) < before + _WORK:
            time.sleep(0.01)
        yield
    finally:
        process.kill()
        process.join()
        server.wait_for_rest()


def _all_clients(server: Server, log: Path) -> None:
    for number in range(CLIENTS):
        threading.Thread(target=_client, args=(server, number, log), daemon=True).start()
    threading.Event().wait()


def _client(server: Server, number: int, log: Path) -> None:
    turn = number
    while True:
        turn += 1
        connection = server.connect()
        try:
            query = _HOSTILE[turn % len(_HOSTILE)]
            outcome = str(ask(connection, f"{query} # {number} {turn}")[0])
        except (http.client.HTTPException, OSError):
            outcome = "cut"
        finally:
            connection.close()
        with log.open("a", encoding="ascii") as lines:
            lines.write(f"{outcome}\n")
        if outcome == "503":
            time.sleep(_SECONDS_AFTER_503)
