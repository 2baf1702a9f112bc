"""Finds the first token of a query that SPARQL's grammar does not allow, and what it does.

Oxigraph 0.5 places most errors within a group at the end of the text. So where it refuses a
query, the productions of SPARQL 1.1 (19.8) are followed here, with a stack of our own: no depth of
nesting can overflow it, and the time is linear. The grammar is LL(1), as the standard says.

>>> from warrantgraph.engine.lexer import tokenize
>>> find_mistake(list(tokenize("ASK { ?s ?p }")))
Mistake(position=4, expected=())
>>> find_mistake(list(tokenize("SELECT * { ?s ?p ?o } ORDER ?o")))
Mistake(position=8, expected=('BY',))
>>> find_mistake(list(tokenize("ASK {}"))) is None
True
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from warrantgraph.engine.keywords import AGGREGATE_WORDS, FUNCTION_WORDS
from warrantgraph.engine.lexer import Token, TokenKind
from warrantgraph.engine.productions import PRODUCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Mistake", "find_mistake", "grammar_conflicts"]

_END = "END"
_NAMES: Final = {
    "AGGREGATE": "an aggregate",
    "ANON": "[]",
    "BLANK_NODE": "a blank node",
    "FUNCTION": "a function",
    "INTEGER": "an integer",
    "IRI": "an IRI",
    "LANGUAGE_TAG": "a language tag",
    "NIL": "()",
    "NUMBER": "a number",
    "OR": "|",
    "PREFIXED_NAME": "a prefixed name",
    "PREFIX_NAME": "a prefix",
    "SIGNED": "a signed number",
    "STRING": "a string",
    "VARIABLE": "a variable",
    _END: "the end",
}
_MOST_EXPECTED = 5

_Table = dict[str, dict[str, tuple[str, ...]]]


class Mistake(NamedTuple):
    """The position of the first token that may not stand where it does, and what may.

    It is one past the last token when the query ends too early; `expected` is empty where
    a list would be too long to help.
    """

    position: int
    expected: tuple[str, ...]


def find_mistake(tokens: Sequence[Token]) -> Mistake | None:
    """Find the first token that no query could have there; None when there is none.

    None also where the query uses what SPARQL 1.1 does not have, since its own rules are not here.
    """
    table = _table()
    terminals = [*_terminals(tokens), (_END, len(tokens))]
    known = {terminal for row in table.values() for terminal in row} | _shifted_only()
    if any(terminal not in known for terminal, _ in terminals):
        return None
    stack = [_END, "Query"]
    expected: set[str] = set()
    position = 0
    while stack:
        symbol = stack.pop()
        terminal, index = terminals[position]
        row = table.get(symbol)
        if row is None and symbol == terminal:
            position += 1
            expected = set()
        elif row is not None and terminal in row:
            stack.extend(reversed(row[terminal]))
            if not row[terminal]:
                expected |= _first(symbol)
        else:
            expected |= _first(symbol)
            return Mistake(index, _listed(expected))
    return None


def _listed(terminals: set[str]) -> tuple[str, ...]:
    if len(terminals) > _MOST_EXPECTED:
        return ()
    return tuple(sorted(_NAMES.get(terminal, terminal) for terminal in terminals))


def _terminals(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Name each token as the grammar does; brackets with nothing between are one."""
    index = 0
    while index < len(tokens):
        text = tokens[index].text
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if text + following in ("()", "[]"):
            yield "NIL" if text == "(" else "ANON", index
            index += 2
        else:
            yield _terminal(tokens[index]), index
            index += 1


def _terminal(token: Token) -> str:
    if token.kind is TokenKind.PUNCTUATION:
        return "OR" if token.text == "|" else token.text
    if token.keyword:
        if token.keyword in AGGREGATE_WORDS:
            return "AGGREGATE"
        return "FUNCTION" if token.keyword in FUNCTION_WORDS else token.keyword
    if token.kind is TokenKind.NUMBER:
        if token.text[0] in "+-":
            return "SIGNED"
        return "INTEGER" if token.text.isdecimal() else "NUMBER"
    if token.kind is TokenKind.PREFIXED_NAME and token.text.endswith(":"):
        return "PREFIX_NAME" if token.text.count(":") == 1 else "PREFIXED_NAME"
    return token.kind.name


@cache
def _grammar() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    lines = (line.partition(":") for line in PRODUCTIONS.strip().splitlines())
    return {
        name: tuple(tuple(each.split()) for each in re.split(r" \|(?= |$)", body))
        for name, _, body in lines
    }


@cache
def _first(symbol: str) -> frozenset[str]:
    """The terminals that a symbol can begin with."""
    if symbol not in _grammar():
        return frozenset({symbol})
    found: set[str] = set()
    for alternative in _grammar()[symbol]:
        found |= _first_of(alternative)
    return frozenset(found)


def _first_of(symbols: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for symbol in symbols:
        found |= _first(symbol)
        if not _can_be_empty(symbol):
            break
    return found


@cache
def _can_be_empty(symbol: str) -> bool:
    return any(
        all(_can_be_empty(part) for part in alternative)
        for alternative in _grammar().get(symbol, ())
        if symbol not in alternative
    )


@cache
def _following() -> Mapping[str, set[str]]:
    """The terminals that can follow each symbol; grown until nothing is added."""
    following: dict[str, set[str]] = {name: set() for name in _grammar()}
    following["Query"].add(_END)
    grown = True
    while grown:
        grown = False
        for name, alternatives in _grammar().items():
            for alternative in alternatives:
                for place, symbol in enumerate(alternative):
                    if symbol not in following:
                        continue
                    rest = alternative[place + 1 :]
                    added = _first_of(rest)
                    if all(_can_be_empty(part) for part in rest):
                        added |= following[name]
                    grown |= not added <= following[symbol]
                    following[symbol] |= added
    return following


def _choices() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name, alternatives in _grammar().items():
        for alternative in alternatives:
            starts = _first_of(alternative)
            if all(_can_be_empty(symbol) for symbol in alternative):
                starts |= _following()[name]
            for terminal in starts:
                yield name, terminal, alternative


@cache
def _table() -> _Table:
    table: _Table = {}
    for name, terminal, alternative in _choices():
        table.setdefault(name, {}).setdefault(terminal, alternative)
    return table


def grammar_conflicts() -> list[tuple[str, str]]:
    """Where one token would not decide; there must be none."""
    return [
        (name, terminal)
        for name, terminal, alternative in _choices()
        if _table()[name][terminal] != alternative
    ]


@cache
def _shifted_only() -> frozenset[str]:
    """Terminals that begin nothing, such as `AS`."""
    symbols = {part for each in _grammar().values() for parts in each for part in parts}
    return frozenset(symbols - set(_grammar()))
