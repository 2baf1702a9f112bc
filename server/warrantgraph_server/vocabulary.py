"""The terms of the ontology, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.namespaces import WG

if TYPE_CHECKING:
    from warrantgraph_server.description import Select

__all__ = ["VocabularyTerm", "vocabulary"]

_TERMS = f"""
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term (SAMPLE(?kinds) AS ?kind) (SAMPLE(?labels) AS ?label)
       (SAMPLE(?definitions) AS ?definition) WHERE {{
  VALUES (?type ?kinds) {{
    (owl:Class "class") (rdfs:Class "class") (owl:ObjectProperty "property")
    (owl:DatatypeProperty "property") (owl:AnnotationProperty "property")
    (owl:NamedIndividual "individual")
  }}
  ?term a ?type .
  FILTER(STRSTARTS(STR(?term), "{WG}"))
  OPTIONAL {{ ?term rdfs:label ?labels }}
  OPTIONAL {{ ?term skos:definition ?definitions }}
}} GROUP BY ?term ORDER BY ?term
"""


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A term: its fragment in the ontology, what it is, and what it means."""

    fragment: str
    kind: str
    label: str
    definition: str


async def vocabulary(select: Select) -> list[VocabularyTerm]:
    """Every class and property of the ontology, by name."""
    return [
        VocabularyTerm(
            fragment=row["term"]["value"].removeprefix(str(WG)),
            kind=row["kind"]["value"],
            label=row.get("label", {}).get("value", ""),
            definition=row.get("definition", {}).get("value", ""),
        )
        for row in await select(_TERMS)
    ]
