"""Reads the vocabulary: the ontology, its alignments and its SKOS schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, Graph

from warrantgraph.resources import ONTOLOGY
from warrantgraph.turtle import read_turtle

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ontology_version", "read_alignments", "read_ontology", "read_schemes"]


def read_ontology(folder: Path = ONTOLOGY) -> Graph:
    """The classes and properties; what the reasoner reads.

    >>> from warrantgraph.namespaces import WG
    >>> from rdflib import RDF
    >>> (WG.Claim, RDF.type, OWL.Class) in read_ontology()
    True
    """
    return read_turtle(folder / "warrantgraph.ttl").graph


def read_schemes(folder: Path = ONTOLOGY) -> Graph:
    """Every SKOS scheme, as one graph."""
    union = Graph()
    for path in sorted((folder / "schemes").glob("*.ttl")):
        union += read_turtle(path).graph
    return union


def read_alignments(folder: Path = ONTOLOGY) -> Graph:
    """How the terms relate to those of other vocabularies; never reasoned over."""
    return read_turtle(folder / "alignments.ttl").graph


def ontology_version(ontology: Graph) -> str:
    """`owl:versionInfo` of the ontology's header."""
    return str(next(ontology.objects(None, OWL.versionInfo)))
