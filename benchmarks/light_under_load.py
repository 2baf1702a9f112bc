"""Measures how long light queries take beside hostile ones, and how soon killed ones are gone.

Starts its own servers over data of its own, and measures in one run:

```
light     light queries on one kept connection, alone and beside 8 hostile clients, in turns, so
          that a change of the machine meets both; every answer is checked
kills     hostile queries with a deadline: from it until the client has its 504, until their
          process is gone, and until the processor is free
memory    a query that needs more than it may: how large its process becomes, over its first size
```

Prints a table, and writes the same as JSON where `--json FILE` says so. Ends with 1 where an
answer was wrong. The client, the hostile clients and the server are processes of their own. For
Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

from hostile_load import CLIENTS, ENDLESS, HUNGRY, NODES, under_load, write_data
from watched_server import Server, ask, is_alive, private_memory, serving

__all__ = ["main"]

OK, TOO_LATE, NO_MEMORY = 200, 504, 507
DEADLINE = 0.5
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Times:
    """How many samples there were, and what they took, in milliseconds."""

    samples: int
    p50: float
    p90: float
    p99: float
    longest: float

    @classmethod
    def of(cls, seconds: list[float]) -> Times:
        cuts = statistics.quantiles(seconds, n=100, method="inclusive")
        values = (cuts[49], cuts[89], cuts[98], max(seconds))
        return cls(len(seconds), *(round(value * 1000, 3) for value in values))


class Light(TypedDict):
    alone: Times
    loaded: Times
    hostile_outcomes: dict[str, int]
    wrong: list[str]


class Kills(TypedDict):
    told: Times
    gone: Times
    idle: Times
    wrong: list[str]


class Memory(TypedDict):
    allowed_mebibytes: int
    most_mebibytes: float
    seconds: float
    wrong: list[str]


def light_queries(server: Server, samples: int) -> tuple[list[float], list[str]]:
    """Seconds of so many light queries on one connection, and what was wrong."""
    seconds: list[float] = []
    wrong: list[str] = []
    connection = server.connect()
    for sample in range(samples):
        number = sample % NODES
        query = f"SELECT ?o {{ <http://e/n{number}> <http://e/number> ?o }}"
        begun = time.perf_counter()
        status, body = ask(connection, query)
        seconds.append(time.perf_counter() - begun)
        if status != OK or f'"value":"{number}"'.encode() not in body:
            wrong.append(f"node {number}: {status} {body[:200]!r}")
    connection.close()
    return seconds, wrong


def measure_light(data: str, samples: int, turns: int, options: list[str]) -> Light:
    """Light queries alone and under load, in turns."""
    alone: list[float] = []
    loaded: list[float] = []
    wrong: list[str] = []
    log = Path(data).with_name("outcomes")
    log.touch()
    with serving("--data", data, *options) as server:
        light_queries(server, 200)  # so that nothing is measured for the first time
        for _ in range(turns):
            seconds, errors = light_queries(server, samples // turns)
            alone += seconds
            wrong += errors
            with under_load(server, log):
                seconds, errors = light_queries(server, samples // turns)
            loaded += seconds
            wrong += errors
    outcomes = Counter(log.read_text(encoding="ascii").split())
    return Light(
        alone=Times.of(alone),
        loaded=Times.of(loaded),
        hostile_outcomes=dict(sorted(outcomes.items())),
        wrong=wrong,
    )


def measure_kills(data: str, kills: int) -> Kills:
    """Seconds from a deadline until the client knows, the process is gone, nothing works."""
    measured: list[tuple[float, float, float]] = []
    wrong: list[str] = []
    with serving("--data", data, "--timeout", "30") as server:
        for number in range(kills):
            server.wait_for_rest()
            measured.append(_kill(server, number, wrong))
    told, gone, idle = (list(each) for each in zip(*measured, strict=True))
    return Kills(told=Times.of(told), gone=Times.of(gone), idle=Times.of(idle), wrong=wrong)


def _kill(server: Server, number: int, wrong: list[str]) -> tuple[float, float, float]:
    told: list[float] = []

    def be_told() -> None:
        status, _ = ask(server.connect(), f"{ENDLESS} # {number}", f"&timeout={DEADLINE}")
        told.append(time.perf_counter() - deadline)
        if status != TOO_LATE:
            wrong.append(f"a query at its deadline: {status}")

    before = server.processor_seconds()
    deadline = time.perf_counter() + DEADLINE
    client = threading.Thread(target=be_told)
    client.start()
    time.sleep(DEADLINE * 0.8)
    now = server.processor_seconds()
    working = [pid for pid, used in now.items() if used - before.get(pid, 0) > DEADLINE / 5]
    while any(map(is_alive, working)):
        time.sleep(0.001)
    gone = time.perf_counter() - deadline
    idle = server.wait_for_rest(0.1) - deadline
    client.join()
    return told[0], gone, max(idle, gone)


def measure_memory(data: str, allowed: int) -> Memory:
    """How large a process becomes that asks for more than it may have, and how soon it ends."""
    limits = ("--timeout", "60", "--memory-limit", f"{allowed}MiB")
    statuses: list[int] = []
    with serving("--data", data, *limits) as server:
        light_queries(server, 50)
        server.wait_for_rest()
        at_first = max(map(private_memory, server.processor_seconds()))
        most = at_first
        begun = time.perf_counter()
        client = threading.Thread(target=lambda: statuses.append(ask(server.connect(), HUNGRY)[0]))
        client.start()
        while client.is_alive():
            most = max([most, *map(private_memory, server.processor_seconds())])
        took = time.perf_counter() - begun
    return Memory(
        allowed_mebibytes=allowed,
        most_mebibytes=round((most - at_first) / MEBIBYTE, 1),
        seconds=round(took, 2),
        wrong=[f"a query without memory: {each}" for each in statuses if each != NO_MEMORY],
    )


def print_table(light: Light, kills: Kills, memory: Memory) -> None:
    """Print what a person wants to know."""
    print(f"{'milliseconds':<30}{'samples':>9}{'p50':>11}{'p90':>11}{'p99':>11}{'longest':>11}")
    rows = {
        "light query, alone": light["alone"],
        f"light query, {CLIENTS} hostile clients": light["loaded"],
        "deadline until told": kills["told"],
        "deadline until process gone": kills["gone"],
        "deadline until processor free": kills["idle"],
    }
    for name, times in rows.items():
        values = (times.p50, times.p90, times.p99, times.longest)
        print(f"{name:<30}{times.samples:>9}" + "".join(f"{value:>11.2f}" for value in values))
    p50, p99 = ratios(light)
    outcomes = ", ".join(f"{count} x {name}" for name, count in light["hostile_outcomes"].items())
    print(f"\nlight query, loaded / alone: p50 {p50}, p99 {p99}")
    print(f"hostile queries ended with: {outcomes}")
    print(
        f"memory: {memory['most_mebibytes']} MiB taken of {memory['allowed_mebibytes']} MiB "
        f"allowed, stopped after {memory['seconds']} s"
    )


def ratios(light: Light) -> tuple[float, float]:
    """Loaded by alone: of the median, and of the 99th percentile."""
    loaded, alone = light["loaded"], light["alone"]
    return round(loaded.p50 / alone.p50, 2), round(loaded.p99 / alone.p99, 2)


def machine() -> dict[str, object]:
    """What the numbers depend on."""
    return {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


def main() -> int:
    """Measure; 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--samples", type=int, default=4000, help="light queries in each state")
    parser.add_argument("--turns", type=int, default=4, help="how often the two states alternate")
    parser.add_argument("--kills", type=int, default=20, help="queries that are killed")
    parser.add_argument("--memory", type=int, default=256, metavar="MIB", help="allowed a query")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the result")
    parser.add_argument("server", nargs="*", default=["--timeout", "5"], help="its options")
    arguments = parser.parse_args()
    before = machine()
    with tempfile.TemporaryDirectory() as folder:
        data = write_data(folder)
        light = measure_light(data, arguments.samples, arguments.turns, arguments.server)
        kills = measure_kills(data, arguments.kills)
        memory = measure_memory(data, arguments.memory)
    print_table(light, kills, memory)
    wrong = [*light["wrong"], *kills["wrong"], *memory["wrong"]]
    print(f"wrong answers: {len(wrong)}")
    if arguments.json:
        parts = {"machine": before, "server": arguments.server, "ratios": ratios(light)}
        result = {**parts, "light": light, "kills": kills, "memory": memory}
        arguments.json.write_text(json.dumps(result, default=asdict, indent=2) + "\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
