"""The words of a source that a node rests on, for findings about our own sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import Literal

from warrantgraph.namespaces import CURATION, WG

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["quote_of"]

_RELATIONS = (WG.hasContent, WG.allegesConduct)
"""What leads from a claim, or from a count that a claim speaks of, to what it is about."""

_FARTHEST = 2
"""From conduct to the count that alleges it, and from there to the claim."""


def quote_of(node: Node, graph: Graph) -> str | None:
    """Return the words that a node rests on, or None where it rests on none.

    The node is a passage, a claim, or what a claim is about; a curated claim carries its words
    itself. Of several, the words that come first in their document.

    >>> from rdflib import Graph, URIRef
    >>> graph = Graph().parse(format="turtle", data='''
    ...     @prefix wg: <https://w3id.org/warrantgraph/ontology#> .
    ...     <urn:claim> wg:hasContent <urn:issuance> ; wg:expressedIn <urn:passage> .
    ...     <urn:passage> wg:exactText "has been issued" .''')
    >>> quote_of(URIRef("urn:issuance"), graph)
    'has been issued'
    """
    nodes = {node}
    for _ in range(_FARTHEST + 1):
        words = [found for each in nodes for found in _words(each, graph)]
        if words:
            return min(words)[-1]
        nodes = {
            owner for each in nodes for way in _RELATIONS for owner in graph.subjects(way, each)
        }
    return None


def _words(node: Node, graph: Graph) -> list[tuple[int, list[str | int], str]]:
    """Return the words of a passage or a claim, each with what to sort it by."""
    found = [(0, _natural(node), str(text)) for text in graph.objects(node, CURATION.quote)]
    for passage in (node, *graph.objects(node, WG.expressedIn)):
        offset = graph.value(passage, WG.startOffset)
        start = offset.value if isinstance(offset, Literal) else None
        found += [
            (start if isinstance(start, int) else 0, _natural(passage), str(text))
            for text in graph.objects(passage, WG.exactText)
        ]
    return found


def _natural(node: Node) -> list[str | int]:
    """Sort `s10` after `s9`: text and numbers take turns, so that like meets like."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", str(node))]
