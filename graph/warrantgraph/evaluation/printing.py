"""Prints scores and mistakes for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.table import Table
from rich.text import Text

from warrantgraph.evaluation.mistakes import MistakeKind, describe
from warrantgraph.evaluation.scoring import View
from warrantgraph.evaluation.tally import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from warrantgraph.evaluation.mistakes import Mistake
    from warrantgraph.evaluation.scoring import Score

__all__ = ["print_mistakes", "print_scores"]

_STYLES: Final = {
    MistakeKind.MISSED: "yellow",
    MistakeKind.INVENTED: "red",
    MistakeKind.WRONG: "magenta",
}


def print_scores(console: Console, scores: Sequence[Score]) -> None:
    """Print precision, recall and F1 per type of fact."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("")
    for name in ("gold", "predicted", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for view in View:
        counts = sum((score.counts(view) for score in scores), Counts())
        figures = (counts.precision, counts.recall, counts.f1)
        table.add_row(view, str(counts.gold), str(counts.predicted), *map(_share, figures))
    console.print(table)


def print_mistakes(console: Console, mistakes: Iterable[Mistake]) -> None:
    """Print mistakes, each with its words, its rule, and what the other side has there."""
    for each in mistakes:
        console.print()
        head = Text(f"{each.document} {each.fact_type} ", style="bold")
        head.append(each.kind.upper(), style=f"bold {_STYLES[each.kind]}")
        if each.slots:
            head.append(f" {', '.join(each.slots)}", style=_STYLES[each.kind])
        if rule := each.record.rule or (each.near.rule if each.near else ""):
            head.append(f"  [{rule}]", style="cyan")
        console.print(head, soft_wrap=True)
        names = ("gold", "found") if each.kind is MistakeKind.MISSED else ("found", "gold")
        _line(console, names[0], describe(each.record))
        if each.near is not None:
            _line(console, names[1], describe(each.near))
        _line(console, "words", each.record.quote)


def _line(console: Console, name: str, text: str) -> None:
    if text:
        console.print(Text(f"   {name:<6} {' '.join(text.split())}"), soft_wrap=True)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
