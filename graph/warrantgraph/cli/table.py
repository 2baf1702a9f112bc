"""Prints the solutions of a SELECT as a table for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warrantgraph.namespaces import compact

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "print_table",
]


def print_table(results: bytes) -> None:
    """Print SPARQL results (JSON) as a table, names shortened and long text wrapped."""
    document: dict[str, Any] = json.loads(results)
    names: list[str] = document["head"]["vars"]
    rows: list[dict[str, dict[str, Any]]] = document["results"]["bindings"]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row[name]) if name in row else Text() for name in names))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{len(rows)} row" + ("" if len(rows) == 1 else "s"), style="dim")


def _cell(term: Mapping[str, Any]) -> Text:
    """A term as text; never read as rich's own markup."""
    if term["type"] == "uri":
        return Text(compact(term["value"]))
    if term["type"] == "bnode":
        return Text(f"_:{term['value']}")
    if term["type"] == "triple":
        parts = (_cell(term["value"][part]).plain for part in ("subject", "predicate", "object"))
        return Text(f"<<( {' '.join(parts)} )>>")
    return Text(term["value"])
