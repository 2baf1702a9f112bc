"""The verb `warrantgraph evaluate`: how well does an extractor find what texts state?"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from warrantgraph.evaluation.gold import choose, list_documents, read_document, read_predictions
from warrantgraph.evaluation.mistakes import list_mistakes
from warrantgraph.evaluation.printing import print_mistakes, print_scores
from warrantgraph.evaluation.records import FactType
from warrantgraph.evaluation.running import Run, run_extractor
from warrantgraph.evaluation.scoring import score

if TYPE_CHECKING:
    from warrantgraph.evaluation.gold import Document
    from warrantgraph.extraction import Extractor

__all__ = ["evaluate"]


@click.command(epilog="Example: warrantgraph evaluate gold/ --errors --only warrants --document 05")
@click.argument("folder", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Score this text only.")
@click.option("--leave-out", multiple=True, metavar="ID,ID", help="Do not even open these texts.")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Score the NN.json of another system instead, written as the gold is.",
)
@click.option("--errors", is_flag=True, help="List what was missed, invented, and got wrong.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([str(each) for each in FactType]),
    help="With --errors: list this type of fact only; may be repeated.",
)
def evaluate(
    folder: Path,
    documents: tuple[str, ...],
    leave_out: tuple[str, ...],
    predictions: Path | None,
    errors: bool,
    only: tuple[str, ...],
) -> None:
    """Score an extractor against the gold facts of the texts in a folder."""
    names = list_documents(folder)
    left = choose(names, _ids(leave_out), folder) if leave_out else ()
    chosen = [each for each in choose(names, _ids(documents), folder) if each not in left]
    read = [read_document(folder, name) for name in chosen]
    run = _run(read, predictions)
    scores = [score(each, run.facts[each.id]) for each in read]
    console = Console(highlight=False)
    print_scores(console, scores)
    if errors:
        print_mistakes(console, list_mistakes(scores, [FactType(each) for each in only]))


def _ids(written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for each in written for part in each.split(",") if part)


def _run(documents: list[Document], predictions: Path | None) -> Run:
    if predictions is None:
        return run_extractor(_extractor(), documents)
    words = sum(len(each.text.split()) for each in documents)
    return Run(str(predictions), read_predictions(predictions, documents), {}, words)


def _extractor() -> Extractor:
    module = import_module("warrantgraph.extraction.running")
    extractor: Extractor = module.RuleExtractor()
    return extractor
