"""Text from data, made harmless: nothing in it may steer a terminal, hide, or turn words around.

Graphs under validation are written by strangers. What cannot be seen is shown as an escape, and
what is very long is cut, with a word on how much is missing.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["UNSEEN", "clip", "harmless", "inert", "one_line", "visible"]

_RANGES: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed: C0, DEL, C1
    "\u00ad\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, marks of direction, no width
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # separators, overrides and isolates
    "\ud800-\udfff\ufffe\uffff"  # halves of pairs, and what XML cannot hold
    "\U000e0000-\U000e007f"  # tags, which can spell words that nobody sees
)

UNSEEN: Final = re.compile(f"[{_RANGES}]")
"""Characters that no report may hold as they are. Joiners stay: Persian and emoji need them."""

_LINE: Final = re.compile(r"^([ \t]*)::", re.MULTILINE)
_MARK: Final = re.compile(r"##(?=\w*\[)")


def visible(text: str) -> str:
    r"""Write characters that cannot be seen as escapes; tab and line feed stay.

    >>> print(visible("red \x1b[31m and \u202eturned"))
    red \x1b[31m and \u202eturned
    """
    return UNSEEN.sub(lambda found: _escape(found.group()), text)


def one_line(text: str) -> str:
    r"""The same, with tab and line feed escaped too, for where a line must stay one.

    >>> print(one_line("a\nb"))
    a\nb
    """
    return visible(text).replace("\n", r"\n").replace("\t", r"\t")


def inert(text: str, colon: str, number_sign: str) -> str:
    r"""Break what a CI system would take for a command of its own in the log of a job.

    GitHub acts on lines that begin with two colons, even indented ones, and like Azure and
    TeamCity on two number signs before a word in brackets. The second sign is replaced.

    >>> print(inert("  ::error::no ##vso[task.complete]", r"\x3a", r"\x23"))
      :\x3aerror::no #\x23vso[task.complete]
    """
    return _MARK.sub(f"#{_literal(number_sign)}", _LINE.sub(rf"\1:{_literal(colon)}", text))


def harmless(text: str) -> str:
    r"""Make text safe for a terminal and for the log of a job; its lines stay.

    >>> print(harmless("\x1b[31m\n::error::no"))
    \x1b[31m
    :\x3aerror::no
    """
    return inert(visible(text), r"\x3a", r"\x23")


def clip(text: str, most: int) -> str:
    """Cut text to at most `most` characters, and say how many were left out.

    >>> clip("abcdefgh", 5)
    'abcde… (3 more characters)'
    """
    left_out = len(text) - most
    if left_out <= 0:
        return text
    return f"{text[:most]}… ({left_out:,} more character{'' if left_out == 1 else 's'})"


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\")


def _escape(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
