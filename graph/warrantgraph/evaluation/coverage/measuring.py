"""Drafts the text of a curated source anew, and compares the drafts with what was curated."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rdflib import RDFS

from warrantgraph.dates import resolve
from warrantgraph.drafting import write_source
from warrantgraph.evaluation.coverage.comparing import compare
from warrantgraph.evaluation.coverage.reading import read_claims
from warrantgraph.extraction import Article
from warrantgraph.source import read_source
from warrantgraph.statuses import Status

if TYPE_CHECKING:
    from rdflib import Graph

    from warrantgraph.authority import Authority
    from warrantgraph.evaluation.coverage.comparing import Coverage
    from warrantgraph.extraction import Extractor
    from warrantgraph.source import Source

__all__ = ["measure_coverage"]


def measure_coverage(
    folder: Path, extractor: Extractor, authority: Authority, entities: Path
) -> Coverage:
    """Compare the claims of a source folder with what an extractor drafts of its text.

    Args:
        folder: the curated source.
        extractor: what reads the text.
        authority: the shared entities.
        entities: the folder of the shared entities.

    Raises:
        InputError: the source cannot be read; says file and line.
        ExtractionError: the extractor gives up.
    """
    source = read_source(folder)
    known = authority.graph()
    curated = read_claims(source, known, (Status.CURATED, Status.ACCEPTED))
    article = _article(source, known)
    draft = extractor.extract(article)
    with TemporaryDirectory(prefix="warrantgraph-") as room:
        # of the same name, so that the article's own voice has the same IRI
        written = write_source(draft, article, Path(room) / source.slug, authority=entities)
        drafted = read_claims(read_source(written.folder), known, (Status.DRAFT,))
    return compare(curated, drafted, extractor=extractor.name, left_out=len(written.notes))


def _article(source: Source, known: Graph) -> Article:
    about = source.metadata
    name = known.value(source.publisher, RDFS.label) if about.publisher else about.publisher_name
    return Article(
        text=source.text,
        published=_day(about.published),
        publisher=None if name is None else str(name),
        url=about.url,
        language=about.language,
    )


def _day(edtf: str) -> date:
    """The last day of a time, as one may read of a month only after it has begun."""
    earliest, latest = resolve(edtf)
    bound = latest or earliest
    if bound is None:
        raise ValueError("a time that is open on both sides was read")
    return date.fromisoformat(str(bound)[:10])
