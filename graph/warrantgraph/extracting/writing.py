"""Hands a draft to `warrantgraph.drafting`, which makes a source folder of it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.facts import Draft

__all__ = ["write"]


def write(staging: Path, slug: str, article: Article, draft: Draft) -> list[tuple[str, str]]:
    """Write the source folder `staging/slug`; return what was left out of it, and why each.

    Raises:
        InputError: what is known of the article is wrong.
    """
    drafting: Any = import_module("warrantgraph.drafting")  # only a worker needs it
    return list(drafting.write_source(staging, slug, article, draft))
