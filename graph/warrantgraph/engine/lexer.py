r"""The terminals of SPARQL, read in one pass without recursion.

Follows SPARQL 1.1 Query Language, sections 19.3 (white space), 19.4 (comments) and 19.8
(terminals), with the few terminals that SPARQL 1.2 adds. Every character is looked at a bounded
number of times, so the time is linear in the length, whatever the text.

Codepoint escapes (19.2) are read where SPARQL 1.2 and its tests allow them: in IRIs and strings,
where they never end what they stand in. SPARQL 1.1 allowed them anywhere; elsewhere they are an
error here, except that a disguised `SERVICE` is recognised as the keyword it hides.

`NIL` and `ANON` are left as their two brackets: nothing hangs on them here.

>>> [token.text for token in tokenize("ASK { ?s a service:x } # SERVICE")]
['ASK', '{', '?s', 'a', 'service:x', '}']
>>> [token.text for token in tokenize(r"\u0053ervice '\u0027'")]
['Service', "'\\u0027'"]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from warrantgraph.engine.keywords import KEYWORDS
from warrantgraph.errors import QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Token", "TokenKind", "tokenize", "unescape"]


class TokenKind(Enum):
    """What a token is."""

    IRI = "IRI"
    PREFIXED_NAME = "prefixed name"
    BLANK_NODE = "blank node"
    VARIABLE = "variable"
    STRING = "string"
    LANGUAGE_TAG = "language tag"
    NUMBER = "number"
    KEYWORD = "keyword"
    PUNCTUATION = "punctuation"


class Token(NamedTuple):
    """One terminal as it was written; `line` and `column` count from 1, in code points."""

    kind: TokenKind
    text: str
    line: int
    column: int

    @property
    def keyword(self) -> str | None:
        """The keyword in capitals, or None when this is something else."""
        return self.text.upper() if self.kind is TokenKind.KEYWORD else None


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_EXTENDING = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NAME = rf"{_BASE}_{_EXTENDING}\-"
_ESCAPED = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_CODEPOINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_STRING_ESCAPE = rf"""\\[tbnrf\\"']|{_CODEPOINT}"""
_IRI_CHARACTER = r"""[^<>"{}|^`\\\x00-\x20]"""
_IRI_REST = rf"(?:{_IRI_CHARACTER}++|{_CODEPOINT})*+>"
_EXPONENT = r"[eE][+-]?[0-9]++"

_TERMINAL: Final = re.compile(
    rf"""
      (?P<SPACE>        [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<VARIABLE>     [?$][{_BASE}_0-9][{_BASE}_{_EXTENDING}]*+ )
    | (?P<IRI>          <{_IRI_REST} )
    | (?P<DISGUISED>    (?=[A-Za-z0-9_]*+(?:{_CODEPOINT}))(?:[A-Za-z0-9_]++|{_CODEPOINT})++ )
    | (?P<NAME>         [{_BASE}][{_NAME}.]*+ | : )
    | (?P<BLANK_NODE>   _:[{_BASE}_0-9](?:[{_NAME}]++|\.++(?=[{_NAME}]))*+ )
    | (?P<STRING>       \"\"\"(?:[^"\\]++|{_STRING_ESCAPE}|"{{1,2}}(?!"))*+\"\"\"
                      | '''(?:[^'\\]++|{_STRING_ESCAPE}|'{{1,2}}(?!'))*+'''
                      | "(?!"")(?:[^"\\\n\r]++|{_STRING_ESCAPE})*+"
                      | '(?!'')(?:[^'\\\n\r]++|{_STRING_ESCAPE})*+' )
    | (?P<LANGUAGE_TAG> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)? )
    | (?P<NUMBER>       [+-]?(?:[0-9]++(?:\.[0-9]*+{_EXPONENT}|\.[0-9]++|{_EXPONENT})?
                               |\.[0-9]++(?:{_EXPONENT})?) )
    | (?P<PUNCTUATION>  <<\( | \)>> | <<(?!{_IRI_REST}) | >> | \{{\| | \|\}}
                      | \^\^ | && | \|\| | != | <= | >= | [{{}}()\[\].;,*/+=<>!|^?~-] )
    """,
    re.VERBOSE,
)
"""Every terminal, longest first; possessive, so that nothing is read twice (19.8)."""

_LOCAL: Final = re.compile(
    rf"(?:[{_BASE}_0-9:]|{_ESCAPED})(?:[{_NAME}:]++|{_ESCAPED}|\.++(?=[{_NAME}:]|{_ESCAPED}))*+"
)
"""`PN_LOCAL`: it may hold dots but not end in one."""

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*+")
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\([^uU])")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_IRI_ONLY: Final = re.compile(rf"<{_IRI_CHARACTER}*+>")
_HIGHEST_CODEPOINT = 0x10FFFF
_SHOWN = 40


def tokenize(text: str) -> Iterator[Token]:
    r"""Yield the terminals of a query.

    Raises QuerySyntaxError for a character that begins no terminal, a string that does not end,
    a word that SPARQL does not know, and an escape that names no character.

    >>> [(token.text, token.line, token.column) for token in tokenize("ASK\r\n{}")]
    [('ASK', 1, 1), ('{', 2, 1), ('}', 2, 2)]
    """
    lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
    offset = _refuse_surrogates(text, lines)
    name_impossible_before = 0
    while offset < len(text):
        match = _TERMINAL.match(text, offset)
        if match is None:
            raise _error(_what_is_wrong(text, offset), lines, offset)
        group, end = str(match.lastgroup), match.end()
        if group == "SPACE":
            offset = end
            continue
        if group == "NAME":
            # A run of name characters without a colon is read once, however many words it holds.
            prefixed = offset >= name_impossible_before and _prefixed_name_end(text, offset, end)
            if prefixed:
                group, end = "PREFIXED_NAME", prefixed
            else:
                name_impossible_before = end
                group, end = "KEYWORD", _keyword_end(text, offset, lines)
        written = text[offset:end]
        if "\\" in written and group != "PREFIXED_NAME":
            group, written = _check_escapes(group, written, lines, offset)
        yield Token(TokenKind[group], written, *_place(lines, offset))
        offset = end


def unescape(written: str) -> str:
    r"""Resolve the escapes of an IRI or a string, left to right and once (19.2, 19.7).

    >>> print(unescape(r"\u0041 \\u0041 \u005Cu0041"))
    A \u0041 \u0041
    """
    return _ESCAPE.sub(_meaning, written)


_MEANINGS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _meaning(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    return chr(int(digits, 16)) if digits else _MEANINGS.get(match[3], match[3])


def _refuse_surrogates(text: str, lines: list[int]) -> int:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _error("half a character (a lone surrogate)", lines, error.start) from None
    return 0


def _check_escapes(group: str, written: str, lines: list[int], offset: int) -> tuple[str, str]:
    """Refuse escapes that name no character, or one that may not stand there."""
    for match in _ESCAPE.finditer(written):
        codepoint = int(match[1] or match[2] or "0", 16)
        if codepoint > _HIGHEST_CODEPOINT or 0xD800 <= codepoint <= 0xDFFF:
            raise _error(f"{match[0]} is not a character", lines, offset + match.start())
    resolved = unescape(written)
    if group == "IRI" and not _IRI_ONLY.fullmatch(resolved):
        raise _error("an escape in this IRI names what no IRI may hold", lines, offset)
    if group != "DISGUISED":
        return group, written
    if resolved.upper() == "SERVICE":
        return "KEYWORD", resolved
    raise _error("codepoint escapes may stand in IRIs and strings only", lines, offset)


def _prefixed_name_end(text: str, start: int, end: int) -> int:
    """Where the prefixed name whose prefix is text[start:end] ends; 0 when it is none."""
    if text[start] != ":":
        if not text.startswith(":", end) or text[end - 1] == ".":
            return 0
        end += 1
    local = _LOCAL.match(text, end)
    return local.end() if local else end


def _keyword_end(text: str, start: int, lines: list[int]) -> int:
    word = _WORD.match(text, start)
    if word is None or word[0].upper() not in KEYWORDS:
        shown = _show(word[0][:_SHOWN] if word else text[start])
        message = f'{shown} is not a word of SPARQL; is a "?" or a prefix missing?'
        raise _error(message, lines, start)
    return word.end()


def _what_is_wrong(text: str, offset: int) -> str:
    character = text[offset]
    if character in "\"'":
        return "this string does not end, or holds a bad escape"
    return f"nothing in SPARQL begins with {_show(character)}"


def _show(text: str) -> str:
    return f'"{text}"' if text.isprintable() else f"U+{ord(text[0]):04X}"


def _place(lines: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


def _error(message: str, lines: list[int], offset: int) -> QuerySyntaxError:
    line, column = _place(lines, offset)
    return QuerySyntaxError(message, line=line, column=column)
