"""What nobody has accepted yet, as graphs beside those of the sources.

A drafts graph holds what its source adds when drafts count: the drafts, the accepted claims that
wait, what both speak of, and nothing that is published already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Literal

from warrantgraph.claims import expand
from warrantgraph.evidence import check_evidence
from warrantgraph.namespaces import WG
from warrantgraph.statuses import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.term import Node

    from warrantgraph.statuses import Division

__all__ = ["draft_graph", "mark_persons"]


def draft_graph(division: Division, published: Graph, labels: dict[Node, str]) -> Graph:
    """What a source says with its drafts and not without them.

    Raises:
        QuoteNotFoundError, AmbiguousQuoteError, DateError, CurationError: say file and line.
    """
    source = division.view(division.published | division.drafts | set(division.waiting))
    everything = expand(source, labels)
    check_evidence(source, everything)
    for claim in division.waiting:
        everything.set((claim, WG.reviewStatus, Literal("waiting")))
    return everything - published


def mark_persons(
    drafts: Sequence[Graph], published: Iterable[Graph], persons: Iterable[Node]
) -> None:
    """Mark, in each graph of drafts, the persons in it of whom no graph states a public role."""
    graphs = [*published, *drafts]
    known = {person for graph in graphs for role in ROLES for person in graph.objects(None, role)}
    people = {person for graph in graphs for person in graph.subjects(RDF.type, WG.Person)}
    for graph in drafts:
        for person in (people | set(persons)) & set(graph.objects()) - known:
            graph.add((person, WG.awaitsRole, Literal(True)))
