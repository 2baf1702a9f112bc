"""An article as it is given to an extractor, and what an extractor is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from warrantgraph.extraction.facts import Draft

__all__ = ["Article", "Extractor"]


@dataclass(frozen=True)
class Article:
    """A text and what is known of it; `text` is never changed, all offsets count in it."""

    text: str
    published: date
    publisher: str | None = None
    """Name of who published it, as in "Reuters"."""
    url: str | None = None
    language: str = "en"


class Extractor(Protocol):
    """Finds facts in articles: by rules, or by asking a model."""

    @property
    def name(self) -> str:
        """Name and version, as drafts give it."""
        ...

    def extract(self, article: Article) -> Draft:
        """What the article states.

        Raises:
            ExtractionError: it cannot be read, or the model cannot be asked.
        """
        ...
