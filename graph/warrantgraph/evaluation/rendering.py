"""Tables for people: on a terminal, or in a page in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table as RichTable
from rich.text import Text

from warrantgraph.reports.formats.visible import one_line

if TYPE_CHECKING:
    from warrantgraph.evaluation.tables import Table

__all__ = ["as_cell", "as_markdown", "as_rich"]


def as_rich(table: Table) -> RichTable:
    """A table for a terminal."""
    shown = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, name in enumerate(table.columns):
        shown.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(one_line(cell)) for cell in row))
    return shown


def as_markdown(table: Table) -> str:
    """A table in Markdown, without its title."""
    rule = ["---", *("---:" for _ in table.columns[1:])]
    rows = ([as_cell(cell) for cell in row] for row in (table.columns, rule, *table.rows))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_cell(text: str) -> str:
    """Words as they can stand in a cell, or an item of a list, in Markdown.

    >>> as_cell("either | or")
    'either &#124; or'
    """
    return one_line(text).replace("|", "&#124;")
