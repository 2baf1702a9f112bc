r"""Writes the tokens of a query so that no engine can read them as other tokens.

An engine may read a text otherwise than the lexer did, and find `SERVICE` where the lexer saw an
IRI or a name. Oxigraph 0.5 does: it finds one in `SERVICEex:a {}`, in `?p trueSERVICE:x {}` and in
`FILTER(1<'>')SERVICE <…>{} FILTER(1<'>')`, all of which the standard's longest match (19.8) reads
as something else. So an engine is not given the client's text but its tokens, written plainly.

>>> from warrantgraph.engine.lexer import tokenize
>>> tokens = tuple(tokenize("PREFIX ex: <http://example.org/> ASK { ?s ex:a.b 'it' } # why"))
>>> print(write_plainly(tokens))
PREFIX x0: <\u0068ttp://example.org/> ASK { ?s x0:a\.b "it" }
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.lexer import Token, TokenKind, unescape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["write_plainly"]


def write_plainly(tokens: Sequence[Token]) -> str:
    """Write tokens so that no engine can read them as others.

    Comments are gone. An IRI begins with an escape, so that its `<` cannot be the operator, and
    the operator is followed by a space, so that it cannot begin an IRI. Prefixes and blank nodes
    get labels that no keyword begins with; dots in names are escaped. Strings hold no escape
    that could mean two things.
    """
    prefixes: dict[str, str] = {}
    blank_nodes: dict[str, str] = {}
    pieces: list[str] = []
    before: Token | None = None
    for token in tokens:
        kind, text = token.kind, token.text
        piece = text
        if kind is TokenKind.IRI:
            piece = _plain_iri(text)
        elif kind is TokenKind.STRING:
            piece = _plain_string(text)
        elif kind is TokenKind.PREFIXED_NAME:
            label, _, local = text.partition(":")
            label = prefixes.setdefault(label, f"x{len(prefixes)}")
            piece = f"{label}:{_LOCAL_DOT.sub(_escape_dot, local)}"
        elif token.keyword in ("TRUE", "FALSE"):
            piece = text.lower()  # the only case that Oxigraph 0.5 reads
        elif kind is TokenKind.BLANK_NODE:
            piece = blank_nodes.setdefault(text, f"_:x{len(blank_nodes)}")
        if before and not _join(before, token):
            pieces.append(" ")
        pieces.append(piece)
        before = token
    return "".join(pieces)


def _join(before: Token, token: Token) -> bool:
    """Whether two tokens must touch: Oxigraph 0.5 stumbles over `CONCAT (` and `BNODE( )`."""
    if token.text == "(":
        return before.kind is TokenKind.KEYWORD
    return before.text == "(" and token.text == ")"


_LOCAL_DOT: Final = re.compile(r"\\.|\.")
_UNPLAIN: Final = re.compile(r"(?<=\\)[uU]|[\\\"\n\r]")
_PLAIN_ESCAPES: Final = {
    "\\": r"\\",
    '"': r"\"",
    "\n": r"\n",
    "\r": r"\r",
    "u": r"\u0075",
    "U": r"\u0055",
}


def _plain_iri(written: str) -> str:
    iri = unescape(written[1:-1])
    if not iri:
        return written
    first = ord(iri[0])
    escape = f"\\u{first:04X}" if first <= 0xFFFF else f"\\U{first:08X}"
    return f"<{escape}{iri[1:]}>"


def _plain_string(written: str) -> str:
    """Write a string in one line, in double quotes, one or three as it had, with few escapes.

    A `u` behind a backslash is escaped too: SPARQL 1.1 would read the two as an escape.
    """
    width = 3 if written.startswith(('"""', "'''")) else 1
    value = unescape(written[width:-width])
    quotes = '"' * width
    return quotes + _UNPLAIN.sub(lambda match: _PLAIN_ESCAPES[match[0]], value) + quotes


def _escape_dot(match: re.Match[str]) -> str:
    return "\\." if match[0] == "." else match[0]
