"""What a reviewer works with, laid out: the source, its file, and the means to look and ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from warrantgraph.reviewing.answers import Answers, open_answers
from warrantgraph.reviewing.checking import Checks
from warrantgraph.reviewing.saving import ClaimsFile
from warrantgraph.reviewing.screen import Screen
from warrantgraph.reviewing.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.source import Source

__all__ = ["Desk", "open_desk"]


@dataclass(frozen=True)
class Desk:
    """The source under review, its file, and how to show, name, check and ask."""

    source: Source
    file: ClaimsFile
    checks: Checks
    wording: Wording
    screen: Screen
    answers: Answers


def open_desk(source: Source, authority: Path, answers: TextIO) -> Desk:
    """Lay out what the review of a source needs; `answers` is where the reviewer types.

    Raises:
        InputError: the authority or the vocabulary cannot be read.
    """
    checks = Checks(source.folder, authority)
    return Desk(
        source,
        ClaimsFile(source.claims.path),
        checks,
        Wording(checks.vocabulary, checks.entities),
        Screen(),
        open_answers(answers),
    )
