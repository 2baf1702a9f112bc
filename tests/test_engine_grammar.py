"""The grammar that places mistakes: it decides by one token, and agrees with the engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warrantgraph.engine.grammar import find_mistake, grammar_conflicts
from warrantgraph.engine.lexer import tokenize

WORDS = """
PREFIX p: <http://e/> SELECT ASK CONSTRUCT DESCRIBE * DISTINCT ( ) { } [ ] . ; , WHERE FROM ?x ?y
p:a a 1 -1 1.5 'x' @en ^^ true _:b | / ^ ! ? + - = < && || FILTER OPTIONAL UNION GRAPH BIND AS
VALUES UNDEF MINUS SERVICE ORDER BY GROUP HAVING LIMIT OFFSET COUNT STR NOT EXISTS IN
"""
"""Enough words to build anything from; put together at random they are rarely a query."""

VALID = [
    "SELECT (COUNT(*) AS ?n) { ?x a p:a ; p:b (1 -2.0e3 'x'@en), [ p:c 'y'^^p:d ] . } GROUP BY ?x",
    "PREFIX p: <http://e/> CONSTRUCT WHERE { ?x p:a ?y }",
    "CONSTRUCT { ?x a [] . } FROM NAMED p:g WHERE { GRAPH ?g { ?x !(p:a|^p:b)* / p:c+ | ^a? ?y } }",
    "DESCRIBE ?x p:y { { SELECT ?x { } LIMIT 1 OFFSET 2 } UNION { } MINUS { } } VALUES ?x { }",
    "ASK { FILTER(!BOUND(?x) && ?y + 1 -2 * 3 >= ?z || ?x NOT IN (1, 2)) FILTER NOT EXISTS { } }",
    "SELECT * { VALUES (?x ?y) { (1 UNDEF) () } BIND(GROUP_CONCAT(?x; SEPARATOR=', ') AS ?z) }",
    "SELECT ?x { ?x ?p ?o . OPTIONAL { } . ?a ?b 1 } HAVING (?x) ORDER BY DESC(?x) ?x OFFSET 1",
]


def test_one_token_decides() -> None:
    assert grammar_conflicts() == []


@pytest.mark.parametrize("query", VALID)
def test_a_query_without_mistake(query: str) -> None:
    assert find_mistake(list(tokenize(query))) is None


@pytest.mark.parametrize("query", VALID)
def test_every_beginning_of_a_query_only_ends_too_early(query: str) -> None:
    tokens = list(tokenize(query))
    for length in range(len(tokens)):
        mistake = find_mistake(tokens[:length])
        # `( )` and `[ ]` are one terminal each, which a cut may divide.
        assert mistake is None or mistake.position >= length - 1


@given(st.lists(st.sampled_from(WORDS.split())).map(" ".join))
def test_what_stands_before_a_mistake_begins_a_query(text: str) -> None:
    tokens = list(tokenize(text))
    mistake = find_mistake(tokens)
    if mistake and mistake.position < len(tokens):
        again = find_mistake(tokens[: mistake.position])
        assert again is None or again.position >= mistake.position - 1


def test_no_depth_overflows() -> None:
    depth = 100_000
    tokens = list(tokenize("ASK " + "{" * depth + "}" * depth))
    assert find_mistake(tokens) is None
    assert find_mistake(tokens[:-1]) is not None
