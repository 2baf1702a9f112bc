"""Every fact that a person found in an article is in the graph, on the right word.

`cases/facts/<slug>.csv` lists the facts of a source: the claim that carries each, over whom it came
(outermost first), its modality and polarity, and one statement of the graph that says it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef

from warrantgraph.namespaces import BASE, ID, PREFIXES, WG

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.release import Release

CASES = Path(__file__).parent / "cases" / "facts"
ROWS = [
    pytest.param(path.stem, row, id=f"{row['fact']}-{row['claim']}-{number}")
    for path in sorted(CASES.glob("*.csv"))
    for number, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
]


def node(written: str) -> Node:
    if written.startswith('"'):
        return Literal(written[1:-1])
    if written.isdigit():
        return Literal(int(written))
    prefix, _, name = written.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def speakers(graph: Graph, claim: URIRef, publisher: URIRef) -> list[Node]:
    """Who says the claim, and who said it to whom, outermost first."""
    chain: list[Node] = [graph.value(claim, WG.assertedBy, any=False) or claim]
    outer = graph.value(None, WG.reportsClaim, claim, any=False)
    while outer is not None:
        chain.insert(0, graph.value(outer, WG.assertedBy, any=False) or outer)
        outer = graph.value(None, WG.reportsClaim, outer, any=False)
    return ["publisher" if agent == publisher else agent for agent in chain]  # type: ignore[misc]


@pytest.fixture(scope="module")
def graph(release: Release) -> Graph:
    return Graph().parse(release.folder / "warrantgraph.nt")


@pytest.mark.parametrize(("slug", "row"), ROWS)
def test_fact_is_in_the_graph(graph: Graph, slug: str, row: dict[str, str]) -> None:
    claim = ID[f"claim/{slug}/{row['claim']}"]
    publisher = graph.value(ID[f"document/{slug}"], WG.publishedBy, any=False)
    assert isinstance(publisher, URIRef)
    expected = [
        agent if agent == "publisher" else node(agent) for agent in row["speakers"].split(" < ")
    ]
    assert speakers(graph, claim, publisher) == expected
    assert graph.value(claim, WG.modality) == URIRef(f"{BASE}scheme/modality/{row['modality']}")
    assert graph.value(claim, WG.polarity) == URIRef(f"{BASE}scheme/polarity/{row['polarity']}")
    subject, predicate, value = row["statement"].split(" ", 2)
    assert (node(subject), node(predicate), node(value)) in graph
    assert (claim, WG.expressedIn, None) in graph


def test_the_table_covers_all_facts_of_the_first_article() -> None:
    per_sentence = {1: 7, 2: 6, 3: 1, 4: 8, 5: 6, 6: 10, 7: 12, 8: 3, 9: 2, 10: 4}
    per_sentence |= {11: 6, 12: 3, 13: 3, 15: 4, 16: 1}
    expected = {f"F{s}.{n}" for s, count in per_sentence.items() for n in range(1, count + 1)}
    listed: set[str] = {
        row.values[1]["fact"]  # type: ignore[index]
        for row in ROWS
        if row.values[0] == "icc-warrant-for-putin"
    }
    assert len(expected) == 76
    assert listed - {"I4"} == expected
