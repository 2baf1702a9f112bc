"""Data together with our vocabulary and what follows from both, as shapes want to see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.reasoning.inference import add_inferred

if TYPE_CHECKING:
    from rdflib import Graph

    from warrantgraph.validation.index import TripleIndex

__all__ = ["add_vocabulary"]


def add_vocabulary(index: TripleIndex, ontology: Graph, schemes: Graph) -> None:
    """Add an ontology, its concept schemes and what follows from them and the triples there.

    Where the index says something of their terms itself, perhaps as of another version, that is
    taken out first: the vocabulary given is the one that counts.
    """
    index.drop_subjects({*ontology.subjects(), *schemes.subjects()})
    index.add_graph(schemes)
    index.add_graph(ontology)
    add_inferred(index, ontology)
