r"""Explains why an engine refused a query, in the client's own text.

>>> from warrantgraph.engine.reading import read_query
>>> str(explain(read_query("ASK {\n  ?s ?p }"), "error at 1:23: expected [_]"))
'Syntax error at line 2 column 9: "}" cannot stand here'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.grammar import find_mistake
from warrantgraph.errors import QuerySyntaxError

if TYPE_CHECKING:
    from warrantgraph.engine.lexer import Token
    from warrantgraph.engine.reading import Query

__all__ = ["explain"]

_SENTENCE: Final = re.compile(r"The [A-Z][A-Za-z ]{20,}")
"""What Oxigraph says in words; the rest of its message lists characters."""

_SHOWN = 40


def explain(query: Query, message: str) -> QuerySyntaxError:
    """The error to raise for a query that an engine refused with a message.

    Looks for what SPARQL's grammar and its rules for names forbid; the engine's own words come
    last, since Oxigraph mostly points to the end.
    """
    return (
        _grammar_mistake(query) or _undeclared_prefix(query) or _engine_s_own_words(query, message)
    )


def _grammar_mistake(query: Query) -> QuerySyntaxError | None:
    mistake = find_mistake(query.tokens)
    if mistake is None:
        return None
    if mistake.position < len(query.tokens):
        token = query.tokens[mistake.position]
        reason = f'"{token.text[:_SHOWN]}" cannot stand here'
    else:
        token = query.tokens[-1]
        reason = "the query ends too early, after this"
    if mistake.expected:
        reason += f"; expected {' or '.join(mistake.expected)}"
    return _at(token, reason)


def _undeclared_prefix(query: Query) -> QuerySyntaxError | None:
    token = query.undeclared_prefix()
    if token is None:
        return None
    prefix = token.text.partition(":")[0]
    return _at(token, f'the prefix "{prefix}:" is not declared')


def _engine_s_own_words(query: Query, message: str) -> QuerySyntaxError:
    sentence = _SENTENCE.search(message)
    reason = "the query uses a name where SPARQL forbids it, before here"
    return _at(query.tokens[-1], sentence[0].strip() if sentence else reason)


def _at(token: Token, reason: str) -> QuerySyntaxError:
    return QuerySyntaxError(reason, line=token.line, column=token.column)
