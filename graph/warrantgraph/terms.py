"""Checks that curated files use only terms that something defines."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef

from warrantgraph.errors import UnknownTermError
from warrantgraph.namespaces import BASE, CURATION, SCHEMA, WG, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from warrantgraph.turtle import TurtleFile

__all__ = ["CURATION_TERMS", "check_terms"]

CURATION_TERMS = frozenset(
    {
        CURATION.inSentence,
        CURATION.quote,
        CURATION.reportedBy,
        CURATION.reviewedAt,
        CURATION.reviewedBy,
        CURATION.rule,
        CURATION.status,
    }
)
"""Words of the curated format; the build turns them into passages, reports and reviews."""

_FOREIGN = frozenset(
    {RDF.type, RDFS.label, SKOS.altLabel, SKOS.editorialNote, SCHEMA.sameAs, DCTERMS.identifier}
)
"""Properties of other vocabularies that curated files may use."""

_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def check_terms(files: Iterable[TurtleFile], vocabulary: Graph, defined: set[Node]) -> None:
    """Refuse properties, classes, concepts and entities that nothing defines.

    `defined` holds the entities that the sources and the authority define.

    Raises:
        UnknownTermError: names file, line, term, and the nearest one that is defined.
    """
    properties = {
        subject
        for kind in _PROPERTY_KINDS
        for subject in vocabulary.subjects(RDF.type, kind)
        if str(subject).startswith(WG)
    }
    predicates: set[Node] = properties | _FOREIGN | CURATION_TERMS
    things = defined | set(vocabulary.subjects()) | _FOREIGN
    for file in files:
        for _, predicate, obj in file.in_order():
            if predicate not in predicates:
                raise _unknown(file, predicate, predicates)
            if isinstance(obj, URIRef) and obj.startswith(BASE) and obj not in things:
                raise _unknown(file, obj, things)


def _unknown(file: TurtleFile, term: Node, known: Iterable[Node]) -> UnknownTermError:
    near = get_close_matches(str(term), [str(k) for k in known], n=1, cutoff=0.8)
    return UnknownTermError(
        "nothing defines this term",
        **file.place_of(term),
        value=compact(str(term)),
        hint=f"did you mean {compact(near[0])}?" if near else None,
    )
