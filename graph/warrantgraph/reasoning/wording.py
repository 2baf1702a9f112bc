"""Java's words for axioms, made readable."""

from __future__ import annotations

import re

from warrantgraph.namespaces import compact

__all__ = ["shorten"]

_IRI = re.compile(r"<([^<>\s]+)>")


def shorten(text: str) -> str:
    """Write the IRIs in a text with the project's prefixes, for people: it need not be Turtle.

    >>> shorten("SubClassOf(<https://w3id.org/warrantgraph/ontology#Claim> owl:Thing)")
    'SubClassOf(wg:Claim owl:Thing)'
    """
    return _IRI.sub(lambda match: compact(match[1]), text)
