"""Reads the entities that all sources share, and their verified external identifiers.

Labels and kinds stand in `authority/*.ttl`; identifiers only in `authority/identifiers.csv`, one
row each with the level of its verification (V1: one public source, V2: two or more) and where it
was verified. A `schema:sameAs` that is not in that table is an error wherever it stands.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import DCTERMS, Graph, Literal, URIRef

from warrantgraph.errors import IdentifierError
from warrantgraph.namespaces import ID, SCHEMA, compact
from warrantgraph.turtle import TurtleFile, read_text, read_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Authority", "check_identifiers", "read_authority"]

_LINKS = {
    "geonames": "https://sws.geonames.org/{}/",
    "wikidata": "http://www.wikidata.org/entity/{}",
    "wikipedia-en": "https://en.wikipedia.org/wiki/{}",
}
"""Identifier schemes whose values are IRIs of the same thing: `schema:sameAs`."""

_CODES = {
    "iso3166-1-alpha-2": "ISO 3166-1 alpha-2: {}",
    "iso3166-1-alpha-3": "ISO 3166-1 alpha-3: {}",
}
"""Identifier schemes whose values are codes: `dcterms:identifier`."""

_IDENTIFYING = (SCHEMA.sameAs, DCTERMS.identifier)
_LEVELS = ("V1", "V2")
_COLUMNS = ["entity", "scheme", "value", "level", "source"]


@dataclass(frozen=True)
class Authority:
    """The shared entities, and the identifiers that may be used for them."""

    files: tuple[TurtleFile, ...]
    identifiers: Graph

    def graph(self) -> Graph:
        """Entities and identifiers, as one graph."""
        union = Graph()
        for file in self.files:
            union += file.graph
        return union + self.identifiers


def read_authority(folder: Path) -> Authority:
    """Read the authority folder.

    Raises:
        MissingFileError, TurtleSyntaxError: say which file and where.
        IdentifierError: a row of the table is not well formed, or names nobody.
    """
    files = tuple(read_turtle(path) for path in sorted(folder.glob("*.ttl")))
    known = {subject for file in files for subject in file.graph.subjects()}
    identifiers = Graph()
    path = folder / "identifiers.csv"
    rows = csv.reader(StringIO(read_text(path)))
    header = next(rows, None)
    if header != _COLUMNS:
        raise IdentifierError(f"the columns must be {', '.join(_COLUMNS)}", file=path, line=1)
    for row in rows:
        try:
            triple = _identifier(row)
            if triple[0] not in known:
                raise IdentifierError("nothing in the authority has this name", value=row[0])
        except IdentifierError as error:
            raise IdentifierError(
                error.message, file=path, line=rows.line_num, value=error.value
            ) from error
        identifiers.add(triple)
    return Authority(files, identifiers)


def _identifier(row: list[str]) -> tuple[URIRef, URIRef, URIRef | Literal]:
    if len(row) != len(_COLUMNS) or not all(cell.strip() for cell in row):
        raise IdentifierError(f"a row has {len(_COLUMNS)} cells", value=",".join(row))
    entity, scheme, value, level, _ = row
    if level not in _LEVELS:
        raise IdentifierError(f"a level is one of {', '.join(_LEVELS)}", value=level)
    if scheme in _LINKS:
        link = URIRef(_LINKS[scheme].format(quote(value, safe="()_,-")))
        return ID[entity], SCHEMA.sameAs, link
    if scheme in _CODES:
        return ID[entity], DCTERMS.identifier, Literal(_CODES[scheme].format(value))
    raise IdentifierError("this identifier scheme is not known", value=scheme)


def check_identifiers(files: Iterable[TurtleFile], authority: Authority) -> None:
    """Refuse external identifiers that the table does not verify.

    Raises:
        IdentifierError: names file, line and identifier.
    """
    for file in files:
        for triple in file.in_order():
            subject, predicate, value = triple
            if predicate in _IDENTIFYING and triple not in authority.identifiers:
                raise IdentifierError(
                    f"the authority does not verify this identifier of {compact(str(subject))}",
                    **file.place(*triple),
                    value=str(value),
                    hint="verify it and add a row to authority/identifiers.csv",
                )
