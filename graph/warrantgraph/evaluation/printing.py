"""Prints a report for people: on a terminal, or as a page in Markdown."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from rich.text import Text

from warrantgraph.evaluation.mistakes import MistakeKind, describe
from warrantgraph.evaluation.rendering import as_cell, as_markdown, as_rich
from warrantgraph.evaluation.tables import sentences, tables
from warrantgraph.reports.formats.visible import harmless, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from warrantgraph.evaluation.mistakes import Mistake
    from warrantgraph.evaluation.report import Report

__all__ = ["print_report", "report_as_markdown"]

_STYLES: Final = {
    MistakeKind.MISSED: "yellow",
    MistakeKind.INVENTED: "red",
    MistakeKind.WRONG: "magenta",
}


def print_report(console: Console, report: Report, *, per_document: bool) -> None:
    """Print a report on a terminal; with mistakes only them and the first table."""
    shown = list(tables(report, per_document=per_document))
    for table in shown if report.mistakes is None else shown[:1]:
        console.print(Text(table.title, style="bold"))
        console.print(as_rich(table), Text())
    for sentence in sentences(report):
        console.print(Text(one_line(sentence)), soft_wrap=True)
    if report.mistakes is not None:
        for mistake in report.mistakes:
            console.print()
            for line in _mistake(mistake):
                console.print(line, soft_wrap=True)
        console.print()
        console.print(Text(_summary(report.mistakes), style="dim"))


def report_as_markdown(report: Report, *, per_document: bool) -> str:
    """A report as a page, after the text that says how scores come about."""
    page = files("warrantgraph.evaluation").joinpath("scoring.md").read_text(encoding="utf-8")
    parts = [page.rstrip(), f"## Scores of {report.run.name}"]
    for table in tables(report, per_document=per_document):
        parts += [f"### {table.title}", as_markdown(table)]
    parts.append("\n".join(f"- {as_cell(sentence)}" for sentence in sentences(report)))
    if report.mistakes is not None:
        parts += ["### Mistakes", "\n".join(map(_nested, report.mistakes))]
    return harmless("\n\n".join(part for part in parts if part)) + "\n"


def _mistake(mistake: Mistake) -> Iterator[Text]:
    """The lines that show a mistake: which, both sides, and the words.

    The side that is at fault comes first.
    """
    style = _STYLES[mistake.kind]
    head = Text(f"{mistake.document} {mistake.fact_type} ", style="bold")
    head.append(mistake.kind.upper(), style=f"bold {style}")
    if mistake.slots:
        head.append(f" {', '.join(mistake.slots)}", style=style)
    if mistake.rule:
        head.append(f"  {one_line(mistake.rule)}", style="cyan")
    yield head
    names = ("gold", "found") if mistake.kind is MistakeKind.MISSED else ("found", "gold")
    yield _line(names[0], describe(mistake.record))
    if mistake.near is not None:
        yield _line(names[1], describe(mistake.near))
    if mistake.record.quote:
        yield _line("words", mistake.record.quote)


def _nested(mistake: Mistake) -> str:
    """A mistake as an item of a list in Markdown, its lines as items below it."""
    head, *lines = (as_cell(" ".join(line.plain.split())) for line in _mistake(mistake))
    return "\n".join([f"- {head}", *(f"  - {line}" for line in lines)])


def _line(name: str, text: str) -> Text:
    return Text(f"   {name:<6}{one_line(' '.join(text.split()))}")


def _summary(mistakes: Iterable[Mistake]) -> str:
    kinds = [mistake.kind for mistake in mistakes]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in MistakeKind)
