"""Constraints in SPARQL (SHACL, section 5), where they can be answered over an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.validation.screen.paths import known_path
from warrantgraph.validation.screen.sparql import compile_query
from warrantgraph.validation.screen.verdict import Constraint, Verdict, maybe

if TYPE_CHECKING:
    from collections.abc import Collection

    from warrantgraph.validation.screen.compiling import Compiling

__all__ = ["query_constraint"]


def query_constraint(shape: Compiling) -> Constraint:
    """Return the check of a shape's `sh:sparql` constraints."""
    texts = shape.query_texts()
    path = None if shape.path is None else known_path(shape.graph, shape.path)
    if texts is None or (shape.path is not None and path is None):
        return maybe
    queries = [compile_query(text, prefixes, path) for text, prefixes in texts]
    index = shape.index

    def check(focus: int, _: Collection[int]) -> Verdict:
        return None if any(query(index, focus) for query in queries) else True

    return check
