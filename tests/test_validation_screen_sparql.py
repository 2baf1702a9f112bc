"""The screen of queries against rdflib: never a result missed, and seldom one feared in vain."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef

from random_queries import LITERALS, NODES, PREDICATES, PREFIXES, Grammar
from screened import Asked, Index, queries, rows
from warrantgraph.errors import InputError
from warrantgraph.paths import Alternative, Inverse, Predicate, PropertyPath, Repeated, Sequence
from warrantgraph.validation import as_rdflib, load_shapes
from warrantgraph.validation.prepared import PreparedGraph
from warrantgraph.validation.screen.sparql import compile_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from warrantgraph.release import Release

CASES = Path(__file__).parent / "cases"
P, Q, R = map(Predicate, PREDICATES)
PATHS: list[PropertyPath | None] = [
    P,
    Sequence((P, Q)),
    Inverse(Q),
    Repeated(P, "*"),
    Alternative((P, Inverse(Q))),
    Repeated(Inverse(R), "+"),
    Repeated(Sequence((P, Q)), "?"),
    None,
]
FOCUS = [*NODES[:5], *LITERALS[:2]]
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example]
Triple = tuple["Node", "Node", "Node"]


@pytest.fixture(autouse=True)
def _literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """As pySHACL has it while it validates."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def answers(
    asked: Asked, triples: Iterable[Triple], focus: Iterable[Node]
) -> Iterator[tuple[bool, bool]]:
    """For each focus node, whether rdflib finds a row, and whether the screen fears one."""
    graph, index = Graph(), Index(triples)
    for triple in triples:
        graph.add(triple)
    data = PreparedGraph(graph)
    screen = compile_query(asked.text, asked.prefixes, asked.path)
    for node in focus:
        feared = screen(index, index.number(node))
        try:
            yield bool(rows(asked, data, node)), feared
        except Exception:  # noqa: S112
            continue  # what rdflib or pySHACL refuses has no result


@st.composite
def questions(draw: st.DrawFn) -> tuple[Asked, Iterable[Triple]]:
    values = st.sampled_from([*NODES, *NODES, *LITERALS])
    triple = st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), values)
    triples = draw(st.lists(triple, min_size=1, max_size=14))
    path = draw(st.sampled_from(PATHS))
    text = Grammar(lambda of: draw(st.sampled_from(of))).select()
    return Asked(URIRef("urn:shape"), text, PREFIXES, path), triples


@pytest.mark.filterwarnings("ignore")  # rdflib's own, about what it makes of odd literals
@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
@given(questions())
def test_no_result_is_missed(question: tuple[Asked, Iterable[Triple]]) -> None:
    asked, triples = question
    for found, feared in answers(asked, triples, FOCUS):
        assert feared or not found


@pytest.mark.filterwarnings("ignore")  # rdflib's own, about what it makes of odd literals
def test_few_results_are_feared_in_vain() -> None:
    """Without this, a screen that rules nothing out would pass the test above."""
    choose = random.Random(7)  # noqa: S311
    seen: Counter[tuple[bool, bool]] = Counter()
    for _ in range(40):
        text = Grammar(choose.choice, plain=True).select()
        triples = [
            (choose.choice(NODES), choose.choice(PREDICATES), choose.choice([*NODES, *LITERALS]))
            for _ in range(12)
        ]
        asked = Asked(URIRef("urn:shape"), text, PREFIXES, choose.choice(PATHS[:-1]))
        seen.update(answers(asked, triples, FOCUS))
    assert seen[True, False] == 0
    assert seen[True, True] > 20
    assert seen[False, False] > 10 * seen[False, True]


SHAPES = queries(load_shapes())


@pytest.mark.parametrize("asked", SHAPES, ids=lambda each: each.shape.fragment)
def test_queries_of_the_shapes_are_decided_on_all_cases(asked: Asked) -> None:
    """Each node of each case of the shape is asked; the screen must be exact."""
    seen: Counter[tuple[bool, bool]] = Counter()
    for file in sorted((CASES / "shapes" / asked.shape.fragment).iterdir()):
        triples = [
            (as_rdflib(quad.subject), as_rdflib(quad.predicate), as_rdflib(quad.object))
            for quad in pyoxigraph.parse(path=file)
            if quad.graph_name == pyoxigraph.DefaultGraph()
        ]
        nodes = list(dict.fromkeys(node for triple in triples for node in triple))
        seen.update(answers(asked, triples, nodes))
    assert seen[True, True] > 0, "the cases have one that must fail"
    assert seen[True, False] == seen[False, True] == 0


def test_the_release_leaves_next_to_nothing_to_ask(release: Release) -> None:
    graph = Graph()
    for quad in pyoxigraph.parse(path=release.dataset):
        graph.add((as_rdflib(quad.subject), as_rdflib(quad.predicate), as_rdflib(quad.object)))
    index, data = Index(graph), PreparedGraph(graph)
    asked_of, feared, found = 0, 0, 0
    for asked in SHAPES:
        screen = compile_query(asked.text, asked.prefixes, asked.path)
        focus = asked.focus_nodes(graph)
        asked_of += len(focus)
        left = [node for node in focus if screen(index, index.number(node))]
        feared += len(left)
        found += sum(bool(rows(asked, data, node)) for node in left)
    assert asked_of > 1000
    assert feared - found <= 5


def turtle(triples: str) -> Graph:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return Graph().parse(data=prefixes + triples, format="turtle")


def screened(text: str, triples: str, path: PropertyPath | None = None) -> bool:
    """What the screen says of `ex:a`, on data in Turtle."""
    index = Index(turtle(triples))
    return compile_query(text, PREFIXES, path)(index, index.number(NODES[0]))


@pytest.mark.parametrize(
    ("why", "text", "path"),
    [
        ("not SPARQL", "SELECT $this WHERE { $this", None),
        ("unknown prefix", "SELECT $this WHERE { $this no:p ?x }", None),
        ("prefix that the data may bind", "SELECT $this WHERE { $this foaf:name ?x }", None),
        ("aggregate", "SELECT (COUNT( ?x ) AS ?n) WHERE { $this ex:none ?x }", None),
        ("refused by pySHACL", "SELECT $this WHERE { $this ex:none ?x MINUS { ?x ?y ?z } }", None),
        ("another graph", "SELECT $this WHERE { GRAPH ?g { $this ex:none ?x } }", None),
        ("FROM", "SELECT $this FROM <urn:g> WHERE { $this ex:none ?x }", None),
        ("$PATH without a path", "SELECT $this WHERE { $this $PATH ?x }", None),
        ("unknown shape", "SELECT $this WHERE { $this ex:none $currentShape }", None),
        ("unknown shapes graph", "SELECT $this WHERE { $this ex:none $shapesGraph }", None),
        ("offset", "SELECT $this WHERE { $this ex:none ?x } OFFSET 1", None),
        ("ASK", "ASK { $this ex:none ?x }", None),
        ("pySHACL cuts the IRI", "SELECT * { $this $PATH ?x }", Predicate(URIRef("urn:x:p/q"))),
        ("clock", "SELECT * { $this ex:p ?x FILTER( NOW( ) = ?x ) }", None),
        ("chance in NOT EXISTS", "SELECT * { $this ?p ?x MINUS { FILTER( RAND() < 2 ) } }", None),
        ("function of nobody", "SELECT * { $this ex:p ?x FILTER( !ex:own( ?x ) ) }", None),
    ],
)
def test_what_is_not_foretold_is_asked(why: str, text: str, path: PropertyPath | None) -> None:
    assert screened(text, "ex:a ex:p ex:b .", path), why


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("RAND( ) > 2", True),
        ("!( RAND( ) > 2 )", True),
        ("RAND( ) > 2 || ?x = 2", True),
        ("RAND( ) > 2 || ?x = 1", True),
        ("RAND( ) > 2 && ?x = 2", False),
        ("?x = 2 && RAND( ) < 2", False),
        ("EXISTS { ?y ex:p ?x FILTER( RAND( ) > 2 ) }", True),
        ("NOT EXISTS { ?y ex:p ?x FILTER( RAND( ) < 2 ) }", True),
        (
            "NOT EXISTS { OPTIONAL { ?y ex:p ?x FILTER( RAND( ) < 2 ) } FILTER( BOUND( ?y ) ) }",
            True,
        ),
    ],
)
def test_what_is_unknown_rules_nothing_out(condition: str, kept: bool) -> None:
    text = f"SELECT $this WHERE {{ $this ex:p ?x FILTER( {condition} ) }}"
    assert screened(text, "ex:a ex:p 1 .") is kept


def lines(name: str) -> list[str]:
    text = (CASES / "screened-queries" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


GROUPS = [
    *lines("groups.txt"),
    *(f"$this ex:p ?x FILTER( {each} )" for each in lines("filters.txt")),
]


@pytest.mark.parametrize("group", GROUPS)
def test_the_screen_decides_as_rdflib_does(group: str) -> None:
    text = f"SELECT * WHERE {{ {group} }}"
    data = "ex:a ex:p '01'^^xsd:integer , 'x'@en ; ex:q ex:b . ex:b ex:r ex:c ."
    asked = Asked(URIRef("urn:shape"), text, PREFIXES, None)
    assert screened(text, data) is bool(rows(asked, PreparedGraph(turtle(data)), NODES[0]))


def test_repeated_paths_end_on_cycles_and_cross_each_node_once() -> None:
    nodes = [URIRef(f"urn:x:{name}") for name in ("a", *map(str, range(60)))]
    circle = [(one, PREDICATES[0], other) for one, other in pairwise([*nodes, nodes[0]])]
    # Each of 60 nodes leads to each: a path of 8 steps has 60 ** 8 ways, and 60 ends.
    crowd = [(one, PREDICATES[1], other) for one in nodes for other in nodes]
    index = Index([*circle, *crowd])
    focus = index.number(nodes[0])
    steps = "/".join(["ex:q"] * 8)
    for text, found in (
        ("SELECT * { $this ex:p+ $this }", True),
        ("SELECT * { $this ex:p* ex:elsewhere }", False),
        ("SELECT * { $this (ex:p|ex:q)*/ex:r ?x }", False),
        ("SELECT * { $this ((ex:p*)/ex:q)+ ?x . ?x ex:r ?y }", False),
        (f"SELECT * {{ $this {steps}/ex:r ?x }}", False),
        (f"SELECT * {{ ?x ex:r/{steps} $this }}", False),
    ):
        assert compile_query(text, PREFIXES, None)(index, focus) is found, text


def test_an_index_may_grow_between_two_questions() -> None:
    screen = compile_query("SELECT $this { $this ex:p ex:b }", PREFIXES, None)
    index = Index([(NODES[0], RDF.type, Literal("a"))])
    focus = index.number(NODES[0])
    assert not screen(index, focus)
    index.add(NODES[0], PREDICATES[0], NODES[1])
    assert screen(index, focus)
    assert not screen(Index([]), focus)


def test_a_literal_that_python_takes_for_false_is_left_to_rdflib() -> None:
    """Its repeated paths take `0` at one end for no end at all, and find what is not there."""
    text, data = "SELECT * { $this ex:p+ 0 }", "ex:a ex:p ex:b ."
    asked = Asked(URIRef("urn:shape"), text, PREFIXES, None)
    assert rows(asked, PreparedGraph(turtle(data)), NODES[0]) == 1
    assert screened(text, data)


def test_rdflib_refuses_what_the_screen_leaves_to_it() -> None:
    asked = Asked(URIRef("urn:shape"), "SELECT * { $this no:p ?x }", PREFIXES, None)
    with pytest.raises(InputError, match="not SPARQL"):
        rows(asked, PreparedGraph(Graph()), NODES[0])
