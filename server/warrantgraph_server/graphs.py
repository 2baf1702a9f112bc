"""RDF graphs as answers: which syntax a client wants, and a small graph written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import RdfFormat

from warrantgraph.engine import GRAPH_FORMATS, Format
from warrantgraph.errors import NotAcceptableError
from warrantgraph.prefixes import sort_prefixes, used_prefixes
from warrantgraph_server.negotiation import choose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Request
    from pyoxigraph import Triple

__all__ = ["SYNTAXES", "choose_syntax", "write_graph"]

SYNTAXES: Final[dict[str, Format]] = {each.media_type: each for each in GRAPH_FORMATS.values()}
"""The syntaxes of RDF by media type, the preferred one first."""


def choose_syntax(request: Request) -> Format:
    """The syntax that a client wants most; raises NotAcceptableError if it wants none."""
    media_type = choose(request.headers.get("accept"), list(SYNTAXES))
    if media_type is None:
        raise NotAcceptableError(f"this is available as {', '.join(SYNTAXES)}")
    return SYNTAXES[media_type]


def write_graph(triples: Sequence[Triple], syntax: Format, prefixes: Mapping[str, str]) -> bytes:
    r"""Write triples, as the default graph where the syntax has several.

    >>> from pyoxigraph import NamedNode, Triple
    >>> node = NamedNode("http://example.org/a")
    >>> write_graph([Triple(node, node, node)], GRAPH_FORMATS["turtle"], {"a": "http://a.example/"})
    b'<http://example.org/a> <http://example.org/a> <http://example.org/a> .\n'
    """
    written = pyoxigraph.serialize(
        triples,
        format=RdfFormat.from_media_type(syntax.media_type),
        prefixes=used_prefixes(triples, prefixes),
    )
    return sort_prefixes(written or b"")
