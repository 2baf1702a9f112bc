"""A view of a graph that reads each query once.

pySHACL gives the same text anew for every focus node, and rdflib parses it each time: measured
on the first release, that was 49 of 61 seconds.
"""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import Graph
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

__all__ = ["PreparedGraph"]


class PreparedGraph(Graph):
    """The triples of another graph, not copied; refuses queries that reach out of it."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier)
        self._prepared: dict[str, Query] = {}

    def query(  # the signature is rdflib's
        self,
        query_object: str | Query,
        *args: Any,  # noqa: ANN401
        **options: Any,  # noqa: ANN401
    ) -> Result:
        """Answer a query as rdflib does.

        Raises InputError when it is not SPARQL, or asks for `SERVICE` or `FROM`.
        """
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = self._prepare(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **options)

    def _prepare(self, text: str) -> Query:
        try:
            query = translateQuery(parseQuery(text), initNs=dict(self.namespaces()))
        except MemoryError:
            raise
        except Exception as error:  # pyparsing's, and bare ones for unknown prefixes
            raise InputError(f"a shape asks what is not SPARQL: {error}", value=text) from error
        _refuse_reaching_out(query, text)
        return query


def _refuse_reaching_out(query: Query, text: str) -> None:
    """Raise InputError for what would fetch: the algebra shows it in whatever disguise."""
    asked: set[str] = set()

    def note(part: object) -> None:
        if isinstance(part, CompValue):
            asked.add(part.name)

    traverse(query.algebra, visitPre=note)
    if "ServiceGraphPattern" in asked:
        raise InputError("a shape asks for SERVICE, and shapes may not reach out", value=text)
    if query.algebra.datasetClause:
        raise InputError("a shape asks for FROM, and shapes may not reach out", value=text)
