"""Hands a draft to `warrantgraph.drafting`, which makes a source folder of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.drafting import write_source

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.facts import Draft

__all__ = ["write"]


def write(folder: Path, article: Article, draft: Draft, authority: Path) -> list[tuple[str, str]]:
    """Write the source folder; return what was left out of it, and why each.

    Raises:
        InputError: what is known of the article is wrong.
        OSError: it cannot be written.
    """
    written = write_source(draft, article, folder, authority=authority)
    return [(f"{note.what} “{note.words}”", note.reason) for note in written.notes]
