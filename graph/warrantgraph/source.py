"""Reads a source folder: the words of a document, what it is, and the claims curated from it.

```
sources/<slug>/article.txt   the words, byte for byte
sources/<slug>/source.toml   label, kind, language, sha256, published, published_basis ...
sources/<slug>/claims.ttl    the curated claims (docs/curation.md)
```
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from warrantgraph.dates import resolve
from warrantgraph.errors import DateError, MetadataError, MissingFileError
from warrantgraph.namespaces import GRAPH, ID
from warrantgraph.sentences import Span, split_sentences
from warrantgraph.turtle import Place, TurtleFile, read_text, read_turtle

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import URIRef

__all__ = ["SLUG", "Metadata", "Source", "list_sources", "read_source"]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What a source folder may be called."""


@dataclass(frozen=True)
class Metadata:
    """What `source.toml` says of a document.

    `published` is EDTF; `published_basis` tells how it is known where the document bears no date.
    `publisher` is the slug of an organization of the authority, `publisher_name` the name of one
    that the authority does not know; both are None where nobody is named.
    """

    label: str
    kind: str
    language: str
    sha256: str
    published: str
    published_basis: str | None = None
    publisher: str | None = None
    publisher_name: str | None = None
    url: str | None = None
    extractor: str | None = None
    """Name and version of what drafted the claims."""


@dataclass(frozen=True)
class Source:
    """One document with its curated claims."""

    slug: str
    folder: Path
    text: str
    metadata: Metadata
    claims: TurtleFile

    @property
    def document(self) -> URIRef:
        """IRI of the document."""
        return ID[f"document/{self.slug}"]

    @property
    def graph(self) -> URIRef:
        """IRI of the named graph that holds what the document says."""
        return GRAPH[self.slug]

    @property
    def publisher(self) -> URIRef:
        """IRI of the agent in whose voice the document speaks."""
        unknown = "publisher" if self.metadata.publisher_name else "unnamed-publisher"
        name = self.metadata.publisher or f"{unknown}-of-{self.slug}"
        return ID[f"organization/{name}"]

    @property
    def published(self) -> URIRef:
        """IRI of the time at which the document appeared; `time:published` in its claims."""
        return ID[f"time/{self.slug}/published"]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the text."""
        return split_sentences(self.text, self.metadata.language)


def list_sources(folder: Path) -> tuple[Path, ...]:
    """The source folders below a folder, sorted by name; what begins with a dot is none.

    Raises:
        MissingFileError: there is no such folder, or no source in it.
    """
    inside = folder.iterdir() if folder.is_dir() else ()
    found = sorted(path for path in inside if path.is_dir() and not path.name.startswith("."))
    if not found:
        raise MissingFileError("there are no sources in this folder", file=folder)
    return tuple(found)


def read_source(folder: Path) -> Source:
    """Read one source folder.

    Raises:
        MissingFileError, MetadataError, TurtleSyntaxError: say which file and where.
    """
    if not SLUG.fullmatch(folder.name):
        raise MetadataError(
            "a source folder's name is part of IRIs",
            file=folder,
            value=folder.name,
            hint="use lower-case letters, digits and hyphens",
        )
    metadata = _read_metadata(folder / "source.toml")
    article = folder / "article.txt"
    text = read_text(article)
    found = sha256(text.encode()).hexdigest()
    if found != metadata.sha256:
        raise MetadataError(
            "the article is not the one that source.toml describes, its SHA-256 differs",
            file=article,
            value=found,
            hint=f"source.toml has {metadata.sha256}",
        )
    return Source(folder.name, folder, text, metadata, read_turtle(folder / "claims.ttl"))


def _read_metadata(path: Path) -> Metadata:
    text = read_text(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        raise MetadataError(
            f"this is not TOML: {error}", file=path, line=line, column=column
        ) from error
    optional = {"extractor", "published_basis", "publisher", "publisher_name", "url"}
    required = set(Metadata.__dataclass_fields__) - optional
    for key in sorted(required - set(table)):
        raise MetadataError("a required key is missing", file=path, value=key)
    for key, value in table.items():
        if key not in required | optional:
            raise MetadataError(
                "this key is not known", file=path, line=_line(text, key), value=key
            )
        if not isinstance(value, str) or not value.strip():
            raise MetadataError(
                f"{key} must be text", file=path, line=_line(text, key), value=str(value)
            )
    try:
        resolve(table["published"])
    except DateError as error:
        where = Place(file=path, line=_line(text, "published"), column=None)
        raise error.at(where) from error
    return Metadata(**table)


def _line(text: str, key: str) -> int | None:
    found = re.search(rf"^\s*{re.escape(key)}\s*=", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None
