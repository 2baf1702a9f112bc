"""JSON text that is safe to print, and RDF terms in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rdflib import BNode, Literal

from warrantgraph.reports.formats.description import LONGEST_MESSAGE, term
from warrantgraph.reports.formats.visible import UNSEEN, clip, inert

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from rdflib.term import Node

__all__ = ["LONGEST_VALUE", "clipped", "present", "term_object", "write_document"]

LONGEST_VALUE: Final = 10_000
"""Characters of a term that a report keeps."""


def clipped(text: str | None) -> str:
    """A text for programs: cut like that for people, but with no character replaced."""
    return clip(text or "", LONGEST_MESSAGE)


def present(**members: object) -> dict[str, Any]:
    """An object of the members that say something: neither None nor an empty text or list.

    >>> present(line=3, column=None, mend="")
    {'line': 3}
    """
    return {name: value for name, value in members.items() if value not in (None, "", (), [], {})}


def term_object(node: Node) -> dict[str, Any]:
    """A term as SPARQL 1.1 Query Results JSON writes it, and as people read it.

    >>> term_object(Literal("Putin", lang="en"))
    {'type': 'literal', 'value': 'Putin', 'language': 'en', 'short': '"Putin"@en'}
    """
    if isinstance(node, BNode):
        return {"type": "bnode", "value": str(node), "short": term(node)}
    kind = "literal" if isinstance(node, Literal) else "uri"
    document = {"type": kind, "value": str(node)[:LONGEST_VALUE]}
    if isinstance(node, Literal):
        datatype = None if node.datatype is None else str(node.datatype)
        document |= present(language=node.language, datatype=datatype)
    left_out = max(0, len(str(node)) - LONGEST_VALUE)
    return document | present(omittedCharacters=left_out or None, short=term(node))


def write_document(document: Mapping[str, Any]) -> str:
    r"""Write JSON with indents; what could steer a terminal is written as `\u` escapes.

    >>> print(write_document({"a": "é \x1b \x9b"}), end="")
    {
      "a": "é \u001b \u009b"
    }
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # Outside strings there is none of these, so each is part of one and may be escaped.
    return inert(UNSEEN.sub(_escape, text), ":", r"\u0023") + "\n"


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found.group(), ensure_ascii=True)[1:-1].replace("\x7f", r"\u007f")
