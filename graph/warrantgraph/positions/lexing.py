"""The tokens of Turtle, TriG, N-Triples and N-Quads, each language as one regular expression.

The texts were accepted by pyoxigraph before, so the expressions need not refuse what is wrong:
they only have to cut what is right at the right places. No part of them looks back (all repeats
are possessive), so that their time is linear in the text, whatever it holds.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["PLAIN", "STATEMENT", "STRING", "TAGGED", "TOKEN"]

PLAIN, STRING, TAGGED = 1, 2, 3
"""Kinds of tokens: `lastindex` of a match of TOKEN; None at the end, another where it is unknown.

STRING is a literal that has no language or datatype yet, TAGGED (groups STRING and TAGGED) one
that has; PLAIN is all else: a mark, a prefixed name, an IRI, a label, a number or a word.
"""

_BLANK: Final = r"[ \t\r\n]*+(?:#[^\r\n]*+[ \t\r\n]*+)*+"
_LETTER: Final = r"0-9A-Za-z_\x80-\U0010ffff"
_IRI: Final = r"<[^<>]*+>"
_LOCAL: Final = rf"(?:(?:[-{_LETTER}:%]|\\.)(?:[-{_LETTER}:%]++|\\.|\.++(?=[-{_LETTER}:%\\]))*+)?+"
_NAME: Final = rf"[A-Za-z\x80-\U0010ffff][-{_LETTER}.]*+:{_LOCAL}|:{_LOCAL}"
_LABEL: Final = rf"_:[{_LETTER}](?:[-{_LETTER}]++|\.++(?=[-{_LETTER}]))*+"
_SHORT: Final = r'"(?!"")[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"'
_LONG: Final = r'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
_STRING: Final = "|".join((_SHORT, _LONG, _SHORT.replace('"', "'"), _LONG.replace('"', "'")))
_LANGUAGE: Final = r"@[A-Za-z][-A-Za-z0-9]*+"
_NUMBER: Final = (
    r"[-+]?(?:[0-9]++\.[0-9]*+[eE][-+]?[0-9]++|\.?[0-9]++[eE][-+]?[0-9]++"
    r"|[0-9]*+\.[0-9]++|[0-9]++)"
)

TOKEN: Final = re.compile(
    rf"{_BLANK}(?:([;,\[\]()}}]|\.(?![0-9])|{_NAME}|{_IRI}|{_LABEL}|{_NUMBER}|@?[A-Za-z]++|\{{(?!\|))"
    rf"|({_STRING})({_BLANK}(?:{_LANGUAGE}|\^\^{_BLANK}(?:{_IRI}|{_NAME})))?+|\Z|(.))",
    re.DOTALL,
)
"""A token of Turtle or TriG, after white space and comments; matches everywhere."""

STATEMENT: Final = re.compile(
    rf"{_BLANK}(?:({_IRI}|{_LABEL})[ \t]*+({_IRI})[ \t]*+"
    rf"({_IRI}|{_LABEL}|{_SHORT}(?:[ \t]*+(?:{_LANGUAGE}|\^\^[ \t]*+{_IRI}))?+)[ \t]*+"
    rf"(?:{_IRI}|{_LABEL})?+[ \t]*+\.|\Z|(.))",
    re.DOTALL,
)
"""A statement of N-Triples or N-Quads: subject, predicate, object; group 4 is what is none."""
