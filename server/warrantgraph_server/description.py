"""What the graph says of one IRI: the triples it is in, and the labels to read them by.

Asks by queries alone, so that it works with any engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from warrantgraph_server.streaming import Rows

__all__ = [
    "Description",
    "Property",
    "Select",
    "Term",
    "bare",
    "count_triples",
    "describe",
    "description_query",
    "graph_query",
    "is_iri",
]

Select: TypeAlias = "Callable[[str], Awaitable[Rows]]"
"""Answers a SELECT of ours with its rows."""

MOST_SHOWN = 200
"""Values of one property that a page shows; it says how many more there are."""

_STATEMENTS = """
SELECT ?outward ?property ?value WHERE {{
  {{ <{iri}> ?property ?value BIND(true AS ?outward) }}
  UNION {{ ?value ?property <{iri}> BIND(false AS ?outward) }}
}} ORDER BY DESC(?outward) ?property ?value
"""

_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX wg: <https://w3id.org/warrantgraph/ontology#>
SELECT ?term ?label ?rank WHERE {{
  VALUES ?term {{ {terms} }}
  VALUES (?by ?rank) {{
    (skos:prefLabel 1) (rdfs:label 2) (dcterms:title 3) (wg:curatorGloss 4) (wg:exactText 5)
  }}
  ?term ?by ?label
}} ORDER BY ?term ?rank (LANG(?label) != "en") ?label
"""


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term with the words to show it by."""

    text: str
    iri: str | None = None
    note: str | None = None
    """The language or the datatype of a literal."""


@dataclass(slots=True)
class Property:
    """A property and its values, in one direction."""

    name: Term
    values: list[Term] = field(default_factory=list[Term])
    more: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """Everything that the graph says of an IRI."""

    iri: str
    label: str
    outward: list[Property]
    inward: list[Property]


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI (RFC 3987), so that it can stand in a query.

    >>> is_iri("http://example.org/"), is_iri("one"), is_iri("http://example.org/%zz")
    (True, False, False)
    """
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


def description_query(iri: str) -> str:
    """The query that constructs every triple with an IRI as subject or object."""
    return (
        f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} "
        f"WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"
    )


def graph_query(iri: str) -> str:
    """The query that constructs the triples of a named graph, and no other."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"


async def count_triples(select: Select, graph: str) -> int:
    """How many triples a named graph holds."""
    query = f"SELECT (COUNT(*) AS ?size) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    return int((await select(query))[0]["size"]["value"])


def bare(iri: str) -> Description:
    """The description of something of which nothing is said."""
    return Description(iri, _last_part(iri), [], [])


async def describe(select: Select, iri: str) -> Description | None:
    """Describe an IRI for a page; None when the graph does not know it."""
    rows = await select(_STATEMENTS.format(iri=iri))
    if not rows:
        return None
    shown = _group(rows)
    terms = {cell["value"] for row in rows for cell in row.values() if cell["type"] == "uri"}
    labels = await _labels(select, {iri, *terms})
    return Description(
        iri=iri,
        label=labels.get(iri) or _last_part(iri),
        outward=_properties(shown, "true", labels),
        inward=_properties(shown, "false", labels),
    )


_Groups = dict[tuple[str, str], list[dict[str, str]]]


def _group(rows: Iterable[dict[str, dict[str, str]]]) -> _Groups:
    groups: _Groups = {}
    for row in rows:
        key = (row["outward"]["value"], row["property"]["value"])
        groups.setdefault(key, []).append(row["value"])
    return groups


async def _labels(select: Select, iris: Iterable[str]) -> dict[str, str]:
    terms = " ".join(f"<{iri}>" for iri in sorted(iris) if is_iri(iri))
    labels: dict[str, str] = {}
    for row in await select(_LABELS.format(terms=terms)):
        labels.setdefault(row["term"]["value"], row["label"]["value"])
    return labels


def _properties(groups: _Groups, direction: str, labels: dict[str, str]) -> list[Property]:
    return [
        Property(
            _term({"type": "uri", "value": iri}, labels),
            sorted((_term(cell, labels) for cell in cells[:MOST_SHOWN]), key=lambda t: t.text),
            max(0, len(cells) - MOST_SHOWN),
        )
        for (towards, iri), cells in groups.items()
        if towards == direction
    ]


def _term(cell: dict[str, Any], labels: dict[str, str]) -> Term:
    value = str(cell["value"])
    if cell["type"] == "uri":
        return Term(labels.get(value) or _last_part(value), value)
    if cell["type"] == "bnode":
        return Term("something without a name", None)
    datatype = cell.get("datatype")
    return Term(value, None, cell.get("xml:lang") or (_last_part(datatype) if datatype else None))


def _last_part(iri: str) -> str:
    """The part of an IRI that tells most, for want of a label.

    >>> _last_part("https://w3id.org/warrantgraph/ontology#Claim")
    'Claim'
    """
    return re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri
