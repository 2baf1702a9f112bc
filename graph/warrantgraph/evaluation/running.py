"""Runs an extractor over texts; measures how long that takes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from warrantgraph.errors import ExtractionError
from warrantgraph.evaluation.predicted import facts_of_draft
from warrantgraph.evaluation.records import Facts
from warrantgraph.extraction import Article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warrantgraph.evaluation.gold import Document
    from warrantgraph.extraction import Extractor

__all__ = ["Run", "run_extractor"]


@dataclass(frozen=True)
class Run:
    """What an extractor found in each text, by the ids of the texts.

    `failures` are the texts that it gave up on, with its reason; nothing was found in them.
    `seconds` is None where no extractor ran.
    """

    name: str
    facts: Mapping[str, Facts]
    failures: Mapping[str, str]
    words: int
    seconds: float | None = None


def run_extractor(extractor: Extractor, documents: Sequence[Document]) -> Run:
    """Run an extractor over texts, one after the other.

    A text whose day of publication is unknown is taken to appear today.
    """
    facts: dict[str, Facts] = {}
    failures: dict[str, str] = {}
    seconds = 0.0
    for document in documents:
        began = time.perf_counter()
        try:
            draft = extractor.extract(_article(document))
        except ExtractionError as error:
            failures[document.id] = str(error)
            facts[document.id] = Facts()
            continue
        finally:
            seconds += time.perf_counter() - began
        facts[document.id] = facts_of_draft(draft, document.text)
    words = sum(len(document.text.split()) for document in documents)
    return Run(extractor.name, facts, failures, words, seconds)


def _article(document: Document) -> Article:
    return Article(
        text=document.text,
        published=document.published or _today(),
        publisher=document.publisher,
        url=document.url,
    )


def _today() -> date:
    return datetime.now(UTC).date()
