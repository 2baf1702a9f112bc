"""Java's words for axioms, made readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from rdflib import URIRef

from warrantgraph.namespaces import compact

__all__ = ["Axiom", "shorten"]

_IRI = re.compile(r"<([^<>\s]+)>")


@dataclass(frozen=True, order=True)
class Axiom:
    """An axiom in OWL's functional syntax, with the project's prefixes, for people.

    >>> print(Axiom.of("Declaration(Class(<https://w3id.org/warrantgraph/ontology#Claim>))"))
    Declaration(Class(wg:Claim))
    """

    text: str
    """Empty where something is not about one axiom."""

    names: tuple[URIRef, ...] = ()
    """What it names, in the order of the text."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what OWL API writes, with IRIs in full."""
        return cls(shorten(text), tuple(URIRef(iri) for iri in _IRI.findall(text)))

    def __str__(self) -> str:
        return self.text


def shorten(text: str) -> str:
    """Write the IRIs in a text with the project's prefixes, for people: it need not be Turtle.

    >>> shorten("SubClassOf(<https://w3id.org/warrantgraph/ontology#Claim> owl:Thing)")
    'SubClassOf(wg:Claim owl:Thing)'
    """
    return _IRI.sub(lambda match: compact(match[1]), text)
