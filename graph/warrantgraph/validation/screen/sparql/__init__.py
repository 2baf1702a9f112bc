"""A screen for SHACL-SPARQL constraints: which focus nodes a `sh:select` surely spares.

pySHACL asks rdflib once per focus node, and rdflib takes a millisecond or two for each. The screen
answers in a few microseconds, and only what it cannot rule out is asked. It foretells rdflib,
quirks included: where it says that there is no result, rdflib finds none.

`text` reads the query as pySHACL would give it, `groups`, `patterns` and `paths` find solutions
over numbers, `conditions`, `logic`, `functions` and `values` decide filters, `data` is what all
read.
"""

from __future__ import annotations

from warrantgraph.validation.screen.sparql.screening import Screen, compile_query

__all__ = ["Screen", "compile_query"]
