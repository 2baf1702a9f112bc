"""What shapes may ask for beyond SHACL Core and SPARQL constraints, and is not run here.

Who writes such shapes must not take silence for an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import SH

from warrantgraph.errors import InputError
from warrantgraph.reports import GateOutcome, GateSummary

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["list_not_run"]

_ADVANCED: Final = {
    "sh:expression": SH.expression,
    "sh:js": SH.js,
    "sh:rule": SH.rule,
    "sh:target": SH.target,
}
"""SHACL Advanced Features and SHACL JavaScript Extensions, W3C Working Group Notes."""


def list_not_run(shapes: Graph) -> tuple[GateSummary, ...]:
    """Return what the shapes ask for that is not run, a gate for each.

    Raises InputError where they ask for an entailment regime, as SHACL has it (section 1.5): the
    results would be those of another graph.

    >>> from rdflib import Graph
    >>> shapes = Graph().parse(data="[] <http://www.w3.org/ns/shacl#rule> [] .", format="turtle")
    >>> [gate.name for gate in list_not_run(shapes)]
    ['sh:rule']
    """
    for regime in sorted(map(str, shapes.objects(None, SH.entailment))):
        message = "the shapes ask for an entailment regime, and none is supported"
        hint = "add what follows to the data, and remove sh:entailment"
        raise InputError(message, value=regime, hint=hint)
    counts = {name: len(set(shapes.subjects(term))) for name, term in _ADVANCED.items()}
    return tuple(
        GateSummary(name, GateOutcome.NOT_RUN, f"shapes that use it: {count:,}; it is ignored")
        for name, count in counts.items()
        if count
    )
