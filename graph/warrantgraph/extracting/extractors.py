"""Makes the extractors that `warrantgraph extract` offers, in the process that is to use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.extraction.article import Extractor

__all__ = ["make_chat", "make_rules"]


def make_rules(authority: Path) -> Extractor:
    """The extractor by rules, which knows whom the authority names.

    Raises:
        InputError: the authority cannot be read.
    """
    from warrantgraph.authority import read_authority
    from warrantgraph.extraction.running import RuleExtractor

    return RuleExtractor(read_authority(authority))


def make_chat(authority: Path) -> Extractor:
    """The extractor that asks a model; whom the authority names, its drafts are linked to later.

    Raises:
        ExtractionError: no model is configured.
    """
    from warrantgraph.extraction.chat import ChatExtractor

    del authority  # a model is told nothing but the text
    return ChatExtractor()
