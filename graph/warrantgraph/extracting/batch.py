"""Takes articles through the extraction in their order, few at a time; each has one outcome."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import (
    ExtractionError,
    MetadataError,
    WarrantgraphError,
    WorkStoppedError,
)
from warrantgraph.extracting.inputs import Unread
from warrantgraph.extracting.language import is_english
from warrantgraph.extracting.places import Standing
from warrantgraph.extracting.slugs import default_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from warrantgraph.extracting.about import About
    from warrantgraph.extracting.inputs import Given
    from warrantgraph.extracting.places import DraftFolder
    from warrantgraph.extracting.workers import Workers

__all__ = ["Course", "Options", "Outcome", "extract_all"]

_IN_HAND: Final = 4
"""Articles for each process that are read ahead, so that a slow one does not idle the others."""


class Course(Enum):
    """How it went with an article."""

    DRAFTED = "drafted"
    UNCHANGED = "unchanged"
    """It has its draft."""
    KEPT = "kept"
    """It has a draft by another version of the extractor."""
    REFUSED = "refused"
    FAILED = "failed"


_LEFT: Final = {Standing.SAME: Course.UNCHANGED, Standing.OTHER_EXTRACTOR: Course.KEPT}
"""What is not drafted again, unless by force."""


@dataclass(frozen=True)
class Options:
    """How articles are taken in.

    `common` is what is known of all of them. `english_only` is whether the extractor knows no
    other language; `empty_drafts` whether other texts get drafts without facts then. `as_json` is
    whether outcomes have the draft.
    """

    common: About
    english_only: bool = True
    empty_drafts: bool = False
    force: bool = False
    as_json: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of an article; `answer` is the worker's, `error` why there is none."""

    name: str
    course: Course
    slug: str = ""
    place: Path | None = None
    answer: dict[str, Any] = field(default_factory=dict[str, Any])
    error: WarrantgraphError | None = None


@dataclass(frozen=True)
class _Task:
    """An article in hand: already decided, or still to be answered."""

    name: str
    slug: str
    outcome: Outcome | None = None
    future: Future[dict[str, Any]] | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing has to be waited for."""
        return self.future is None or self.future.done()


def extract_all(
    articles: Iterable[Given | Unread],
    workers: Workers,
    folder: DraftFolder | None,
    options: Options,
) -> Iterator[Outcome]:
    """Give the outcome of each article, in their order; without a folder nothing is written."""
    in_hand: deque[_Task] = deque()
    for article in articles:
        if isinstance(article, Unread):
            in_hand.append(_done(Outcome(article.name, Course.REFUSED, error=article.error)))
        else:
            try:
                slug, request = _prepare(article, options)
            except WarrantgraphError as error:
                in_hand.append(_done(Outcome(article.name, Course.REFUSED, error=error)))
            else:
                while any(task.slug == slug for task in in_hand):  # which is first, has the slug
                    yield _finish(in_hand.popleft(), folder)
                in_hand.append(_begin(article, slug, request, workers, folder, options))
        while in_hand and (len(in_hand) >= _IN_HAND * workers.jobs or in_hand[0].is_done):
            yield _finish(in_hand.popleft(), folder)
    while in_hand:
        yield _finish(in_hand.popleft(), folder)


def _done(outcome: Outcome) -> _Task:
    return _Task(outcome.name, "", outcome)


def _prepare(article: Given, options: Options) -> tuple[str, dict[str, Any]]:
    """The slug of an article and what a worker is asked; raises InputError."""
    about = article.about.or_else(options.common)
    if about.published is None:
        raise MetadataError(
            "the day it appeared is not known",
            file=article.path,
            line=article.line,
            hint="give it with --published 2024-11-21, or beside the text: docs/extracting.md",
        )
    language = about.language or "en"
    is_readable = not options.english_only or (
        language.partition("-")[0] == "en" and is_english(article.text)
    )
    if not is_readable and not options.empty_drafts:
        raise ExtractionError(
            "not English, and the rules know nothing else",
            file=article.path,
            line=article.line,
            hint="--empty-draft writes a draft without facts, to be filled by hand",
        )
    request = {
        "article": {
            "text": article.text,
            "published": about.published.isoformat(),
            "publisher": about.publisher,
            "url": about.url,
            "language": language,
        },
        "slug": about.slug or default_slug(article.text, about.published),
        "extract": is_readable,
        "draft": options.as_json,
    }
    return str(request["slug"]), request


def _begin(
    article: Given,
    slug: str,
    request: dict[str, Any],
    workers: Workers,
    folder: DraftFolder | None,
    options: Options,
) -> _Task:
    request["staging"] = None
    if folder is not None:
        request["staging"] = str(folder.staging)
        sha256 = hashlib.sha256(article.text.encode()).hexdigest()
        standing = folder.standing(slug, sha256, workers.extractor)
        if fault := _fault(standing, slug, folder, options):
            error = MetadataError(
                fault[0], file=article.path, line=article.line, value=slug, hint=fault[1]
            )
            return _done(Outcome(article.name, Course.REFUSED, slug, error=error))
        if standing in _LEFT and not options.force:
            return _done(Outcome(article.name, _LEFT[standing], slug, folder.place(slug)))

    def put() -> None:
        if folder is not None:
            folder.put(slug, replace=options.force)

    return _Task(article.name, slug, future=workers.submit(request, put))


def _fault(
    standing: Standing, slug: str, folder: DraftFolder, options: Options
) -> tuple[str, str] | None:
    """Why what stands in the place of an article must stay there, and what to do."""
    is_there = standing is not Standing.FREE
    if standing is Standing.BY_HAND or (is_there and options.force and folder.is_reviewed(slug)):
        return "the source of this slug was curated or reviewed by people", "give another --slug"
    if standing is Standing.OTHER_TEXT and not options.force:
        hint = "give another --slug, or --force to replace that draft if the text has changed"
        return "the source of this slug is a draft of another text", hint
    return None


def _finish(task: _Task, folder: DraftFolder | None) -> Outcome:
    if task.outcome is not None:
        return task.outcome
    assert task.future is not None  # noqa: S101 - one of both is there
    try:
        answer = task.future.result()
    except WorkStoppedError as error:
        return Outcome(task.name, Course.FAILED, task.slug, error=error)
    except WarrantgraphError as error:
        return Outcome(task.name, Course.REFUSED, task.slug, error=error)
    place = folder.place(task.slug) if folder else None
    return Outcome(task.name, Course.DRAFTED, task.slug, place, answer)
