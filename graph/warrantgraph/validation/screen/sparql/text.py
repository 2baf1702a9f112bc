"""The text of a `sh:select`, parsed as pySHACL would give it to rdflib."""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

import rdflib
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import Graph, URIRef
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from warrantgraph.paths import write_path
from warrantgraph.validation.screen.sparql.data import UndecidedError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from warrantgraph.paths import PropertyPath

__all__ = ["Parsed", "parse"]

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""A local name that means the same behind any prefix."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as rdflib evaluates it: its algebra, and whether `$this` is bound before."""

    algebra: CompValue
    binds_this: bool


def parse(text: str, prefixes: Mapping[str, str], path: PropertyPath | None) -> Parsed:
    """Parse a `sh:select` of a shape with this path.

    Raises UndecidedError where pySHACL or rdflib would refuse the query, or where it depends on
    what is not known here: prefixes that the data declare, `$currentShape`.
    """
    # pySHACL's helper is made for a shape; what is asked of it here needs none.
    helper = cast("Any", SPARQLQueryHelper)(None, None, text)
    helper.prefixes.update({name: URIRef(iri) for name, iri in prefixes.items()})
    if helper.bind_sg_regex.search(text) or helper.bind_cs_regex.search(text):
        raise UndecidedError("what shape this is, is not known")
    try:
        helper.check_invalid_sparql(text)
        if path is not None:
            written = _write(path, helper.prefixes)
            query = helper.bind_path_regex.sub(rf"\g<1>{written}", text)
        elif helper.bind_path_regex.search(text):
            raise UndecidedError("$PATH without a path")
        else:
            query = text
        algebra = _translate(helper.apply_prefixes(query))
    except Exception as error:  # pySHACL's, pyparsing's, and bare ones for unknown prefixes
        raise UndecidedError(str(error)) from error
    return Parsed(algebra, binds_this=helper.bind_this_regex.search(text) is not None)


def _translate(query: str) -> CompValue:
    with _literals_as_written():
        parsed = parseQuery(query)
        declared = {each.prefix for each in parsed[0] if each.name == "PrefixDecl"}
        used: set[str | None] = set()

        def note(part: object) -> None:
            if isinstance(part, CompValue) and part.name == "pname":
                used.add(part.prefix)

        traverse(parsed[1], visitPre=note)
        if not used <= declared:
            raise UndecidedError("the data may declare the prefix")
        algebra = translateQuery(parsed).algebra
    if algebra.name != "SelectQuery" or algebra.datasetClause:
        raise UndecidedError("not a query of one graph")
    return algebra


def _write(path: PropertyPath, prefixes: Mapping[str, str]) -> str:
    """Return the path as pySHACL writes it into the query."""
    for iri, _ in path.predicates():
        for namespace in prefixes.values():
            if iri.startswith(namespace) and not _PLAIN.fullmatch(iri.replace(namespace, "")):
                raise UndecidedError("pySHACL may cut the IRI where it should not")
    graph = Graph(bind_namespaces="none")
    node = write_path(graph, path)
    shapes = cast("Any", SimpleNamespace(graph=graph, objects=graph.objects))
    return str(shacl_path_to_sparql_path(shapes, node, prefixes=dict(prefixes)))


@contextmanager
def _literals_as_written() -> Generator[None]:
    """Keep the text of literals, as pySHACL has it set while it validates."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before
