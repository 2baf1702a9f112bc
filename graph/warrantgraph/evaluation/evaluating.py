"""One evaluation from the folder to the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from warrantgraph.errors import InputError
from warrantgraph.evaluation.ablation import list_rules, measure_gains
from warrantgraph.evaluation.gold import choose, list_documents, read_document, read_predictions
from warrantgraph.evaluation.mistakes import list_mistakes
from warrantgraph.evaluation.report import ALL, divide, make_report
from warrantgraph.evaluation.running import Run, run_extractor
from warrantgraph.evaluation.scoring import score
from warrantgraph.evaluation.writing import write_predictions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from warrantgraph.evaluation.gold import Document
    from warrantgraph.evaluation.records import FactType
    from warrantgraph.evaluation.report import Report
    from warrantgraph.extraction import Extractor

__all__ = ["Selection", "evaluate_texts", "read_selection"]


@dataclass(frozen=True)
class Selection:
    """Which texts are scored, by their ids, and which of them are looked at together.

    `documents` are all where none is given. Texts that are `left_out` are never opened; of those
    that are `held_out` only figures over all of them are told.
    """

    documents: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


def read_selection(folder: Path, selection: Selection) -> tuple[Document, ...]:
    """The texts that are to be scored.

    Raises:
        MissingFileError: the folder or a text is not there.
        InputError: an id is not there, a gold file breaks the schema, or no text is left.
    """
    names = list_documents(folder)
    for ids in (selection.left_out, selection.held_out, *selection.groups.values()):
        choose(names, ids, folder)
    chosen = choose(names, selection.documents, folder)
    kept = [each for each in chosen if each not in selection.left_out]
    if not kept:
        raise InputError("no text is left to score", file=folder)
    return tuple(read_document(folder, name) for name in kept)


def evaluate_texts(
    texts: Sequence[Document],
    selection: Selection,
    *,
    make: Callable[..., Extractor] | None,
    predictions: Path | None,
    written: tuple[Path, Path] | None,
    ablation: str | None,
    mistakes: Collection[FactType] | None,
    rule: str,
    samples: int,
) -> Report:
    """Score texts.

    Args:
        texts: the texts.
        selection: how they were chosen.
        make: makes the extractor; None where `predictions` are scored.
        predictions: the folder of predictions of another system.
        written: where predictions are written, and the folder of the gold, which they may not be.
        ablation: `families` or `rules`, None for none.
        mistakes: the types of fact whose mistakes are listed, None for no list.
        rule: the rule, or the beginning of its name, whose mistakes are listed; empty for all.
        samples: how often texts are drawn for an interval.

    Raises:
        InputError: predictions cannot be read, or would replace the gold.
    """
    run = _run(texts, make, predictions)
    scores = [score(each, run.facts[each.id]) for each in texts]
    held_out = [each.id for each in texts if each.id in selection.held_out]
    seen = [each for each in scores if each.document.id not in held_out]
    groups = {ALL: tuple(each.id for each in texts)}
    groups |= divide([each.document for each in seen], selection.groups)
    report = make_report(run, scores, groups, held_out=held_out, samples=samples)
    if written is not None:
        write_predictions(*written, {each.document.id: each.predicted for each in seen})
    if make is not None and ablation is not None:
        rules = list_rules(run, families=ablation == "families")
        report = replace(report, gains=measure_gains(make, texts, scores, rules))
    if mistakes is not None:
        report = replace(report, mistakes=tuple(list_mistakes(seen, mistakes, rule)))
    return replace(report, remarks=tuple(_remarks(texts, make)))


def _run(
    texts: Sequence[Document], make: Callable[..., Extractor] | None, predictions: Path | None
) -> Run:
    if make is not None:
        return run_extractor(make(), texts)
    if predictions is None:
        raise ValueError("either an extractor or predictions are needed")
    words = sum(len(each.text.split()) for each in texts)
    return Run(f"the predictions in {predictions}", read_predictions(predictions, texts), {}, words)


def _remarks(texts: Sequence[Document], make: Callable[..., Extractor] | None) -> list[str]:
    unknown = ", ".join(each.id for each in texts if each.published is None)
    if not unknown or make is None:
        return []
    return [f"{unknown}: no day of publication; relative dates count from today."]
