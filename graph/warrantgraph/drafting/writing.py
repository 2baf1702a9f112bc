"""Writes the folder of a source: article.txt, source.toml, claims.ttl; all of it or nothing."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from warrantgraph.authority import read_authority
from warrantgraph.checks.guilt import says_guilt
from warrantgraph.drafting.blocks import write_prefixes
from warrantgraph.drafting.cast import Cast
from warrantgraph.drafting.drafter import Drafter
from warrantgraph.drafting.facts import draft_facts
from warrantgraph.drafting.quoting import Text
from warrantgraph.drafting.wording import is_writable, make_label, one_line
from warrantgraph.errors import CurationError, ExtractionError, MetadataError
from warrantgraph.folders import partial_folder, put_in_place
from warrantgraph.namespaces import BASE, WG
from warrantgraph.resources import AUTHORITY
from warrantgraph.sentences import split_sentences
from warrantgraph.source import SLUG
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Graph

    from warrantgraph.drafting.notes import Note
    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.facts import Draft

__all__ = ["Written", "write_source"]

_INTRODUCTION = """\
# Drafted by {extractor}. Nobody has reviewed what says cur:status "draft".
# How to read, mend, accept and reject claims: docs/curation.md.
"""


@dataclass(frozen=True)
class Written:
    """A source folder that was written, the number of its claims, and what it leaves out."""

    folder: Path
    claims: int
    notes: tuple[Note, ...]


def write_source(
    draft: Draft,
    article: Article,
    folder: Path,
    *,
    authority: Path = AUTHORITY,
    force: bool = False,
) -> Written:
    """Write a draft as a source folder that builds; the folder's name is the source's slug.

    Args:
        draft: what an extractor found.
        article: the text, and what is known of it.
        folder: where to write; what is there is replaced only with `force`.
        authority: folder of the entities that all sources share.
        force: whether to replace a folder that is there, reviews and all.

    Raises:
        MetadataError: the folder's name cannot be part of IRIs.
        CurationError: the folder is there already.
        ExtractionError: the text cannot be written.
        OSError: the folder cannot be written.
    """
    slug = _check_name(folder)
    if os.path.lexists(folder) and not force:
        hint = "choose another folder, or replace it with --force"
        raise CurationError("this folder is there already", file=folder, hint=hint)
    try:
        words = article.text.encode()
    except UnicodeEncodeError as error:
        message = "the text holds half a character (a lone surrogate), which no file can hold"
        raise ExtractionError(message, value=repr(article.text[error.start])) from error
    language = article.language if article.language.strip() else "en"
    text = Text(article.text, split_sentences(article.text, language))
    entities = read_authority(authority).graph()
    drafter = Drafter(slug, text, Cast(slug, text, entities, _ontology()), _crimes())
    table = _describe(drafter, article, draft, language)
    table["sha256"] = sha256(words).hexdigest()
    draft_facts(drafter, draft)
    contents = {
        "article.txt": words,
        "source.toml": _write_toml(table, draft.extractor).encode(),
        "claims.ttl": _write_claims(drafter, draft.extractor).encode(),
    }
    _write_folder(folder, contents)
    return Written(folder, len(drafter.plans), tuple(drafter.notes))


def _check_name(folder: Path) -> str:
    if not SLUG.fullmatch(folder.name) or len(folder.name) > 100:
        hint = "use lower-case letters, digits and single hyphens, 100 at most"
        message = "a source folder's name is part of IRIs"
        raise MetadataError(message, file=folder, value=folder.name, hint=hint)
    if says_guilt(folder.name):
        message = "a source folder's name is part of IRIs, and no IRI may say guilt"
        raise MetadataError(message, file=folder, value=folder.name, hint="choose another name")
    return folder.name


@cache
def _ontology() -> Graph:
    """The ontology, read once for all the articles of a process, as the crimes are."""
    return read_ontology()


@cache
def _crimes() -> frozenset[str]:
    """Local names of the crime categories of the Rome Statute scheme."""
    scheme = f"{BASE}scheme/rome-statute/"
    schemes = read_schemes()
    categories = schemes.subjects(predicate=None, object=WG.CrimeCategory)
    names = (str(each) for each in categories)
    return frozenset(name.removeprefix(scheme) for name in names if name.startswith(scheme))


def _describe(drafter: Drafter, article: Article, draft: Draft, language: str) -> dict[str, str]:
    """What source.toml says, without the hash; tells the drafter who publishes."""
    published = article.published.isoformat()
    first = next((line for line in article.text.splitlines() if one_line(line)), "")
    table = {
        "label": make_label(first, f"Article of {published}"),
        "kind": "NewsArticle",
        "language": one_line(language),
        "published": published,
        "extractor": one_line(draft.extractor) or "unnamed extractor",
    }
    name = one_line(article.publisher or "")
    if name and (known := drafter.cast.organization_named(name)):
        table["publisher"] = known
        drafter.publisher = f"organization:{known}"
    elif name and not says_guilt(name):
        table["publisher_name"] = name
        drafter.publisher = name.casefold()
    elif name:
        drafter.note("no label may hold the name", "the publisher", name)
    url = article.url or ""
    if url and is_writable(url) and len(url.split()) == 1 and url == one_line(url, len(url)):
        table["url"] = url
    elif url:
        drafter.note("it is no address", "the address of the article", url)
    return table


def _write_toml(table: dict[str, str], extractor: str) -> str:
    lines = [f"# Drafted by {one_line(extractor)}. What each key means: docs/curation.md."]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _write_claims(drafter: Drafter, extractor: str) -> str:
    """The claims, sentence by sentence, each followed by what it brings."""
    parts: list[str] = []
    written: set[str] = set()
    sentence = 0
    for plan in sorted(drafter.plans, key=lambda plan: (plan.sentence, _number(plan.name))):
        if plan.sentence != sentence:
            sentence = plan.sentence
            words = drafter.text.words(drafter.text.sentences[sentence - 1])
            parts.append(f"# ---- Sentence {sentence}: {one_line(words, 400)}".rstrip() + "\n")
        parts.append(plan.block(drafter.text.words(plan.quote.span)).write())
        described = [part.block for part in plan.parts if part.block is not None]
        for block in (*plan.contents, *described):
            if block.subject not in written:
                written.add(block.subject)
                parts.append(block.write())
    head = write_prefixes(drafter.slug, [part for part in parts if not part.startswith("#")])
    introduction = _INTRODUCTION.format(extractor=one_line(extractor) or "an extractor")
    return "\n".join([head, introduction, *parts])


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files beside the folder's place, then put them there in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with partial_folder(folder.parent) as partial:
        for name, content in contents.items():
            with (partial / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        put_in_place(partial, folder)
