"""pySHACL, asked in one way: no inference, no imports, no network, the same order each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef

from warrantgraph.errors import InputError
from warrantgraph.namespaces import BASE
from warrantgraph.paths import read_path
from warrantgraph.reports import Finding, Report, Severity
from warrantgraph.resources import SHAPES
from warrantgraph.validation.inputs import find_inputs
from warrantgraph.validation.prepared import PreparedGraph
from warrantgraph.validation.reading import read_graph

if TYPE_CHECKING:
    from pathlib import Path

    from pyshacl.errors import ValidationFailure
    from rdflib.term import Node

__all__ = ["SHAPE", "load_shapes", "validate"]

SHAPE = Namespace(BASE + "shapes#")
"""Names of the shapes."""


def load_shapes(folder: Path = SHAPES) -> Graph:
    """Read all shapes of a folder into one graph; without a folder, those of the project."""
    return read_graph(find_inputs(folder))


def validate(data: Graph, shapes: Graph) -> Report:
    """Check a graph against shapes.

    Nothing is inferred here: give the union of what is asserted, of the vocabulary and of what
    `warrantgraph.reasoning.inference` finds. Neither graph changes. Not for parallel threads:
    pySHACL switches rdflib's `NORMALIZE_LITERALS` for the whole process while it works.

    Raises InputError when the shapes themselves are wrong, for instance name an unknown path.

    >>> from rdflib import Graph
    >>> nobody = Graph().parse(format="turtle", data='''
    ...     @prefix wg: <https://w3id.org/warrantgraph/ontology#> .
    ...     <urn:warrant> a wg:ArrestWarrant .''')
    >>> report = validate(nobody, load_shapes())
    >>> report.conforms, report.findings[-1].rule.partition("#")[2]
    (False, 'ArrestWarrant-namesSubject')
    """
    normalize = rdflib.NORMALIZE_LITERALS
    try:
        outcome = pyshacl.validate(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            PreparedGraph(data),
            shacl_graph=shapes,
            inference="none",
            advanced=False,
            js=False,
            do_owl_imports=False,
        )
    except ReportableRuntimeError as error:
        raise InputError(f"the shapes cannot be used: {error}") from error
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
    # pySHACL's annotations are wider than what one data graph can give.
    _, results, text = cast("tuple[bool, Graph | ValidationFailure, str]", outcome)
    if not isinstance(results, Graph):
        raise InputError(f"the shapes cannot be used: {text}")
    return Report.of(
        _finding(results, node) for node in results.subjects(RDF.type, SH.ValidationResult)
    )


def _finding(results: Graph, node: Node) -> Finding:
    path = results.value(node, SH.resultPath)
    return Finding(
        rule=str(_required(results, node, SH.sourceShape)),
        focus_node=_required(results, node, SH.focusNode),
        path=None if path is None else read_path(results, path),
        value=results.value(node, SH.value),
        constraint=URIRef(str(_required(results, node, SH.sourceConstraintComponent))),
        severity=Severity.from_iri(results.value(node, SH.resultSeverity)),
        message=_message(results, node),
    )


def _message(results: Graph, node: Node) -> str:
    """Return the message in English, or in no language; else in whatever it is written."""
    messages = [m for m in results.objects(node, SH.resultMessage) if isinstance(m, Literal)]
    english = [m for m in messages if m.language is None or m.language.startswith("en")]
    return " ".join(sorted(str(message) for message in english or messages))


def _required(results: Graph, node: Node, predicate: URIRef) -> Node:
    value = results.value(node, predicate)
    if value is None:  # SHACL requires it of every result
        raise InputError(f"the shapes cannot be used: a result without {predicate.fragment}")
    return value
