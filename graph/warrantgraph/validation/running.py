"""All of a validation, from inputs to findings with their places."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH

from warrantgraph.bounded import READING
from warrantgraph.errors import InputError
from warrantgraph.reports.fingerprint import with_fingerprints
from warrantgraph.validation.advanced import list_not_run
from warrantgraph.validation.completing import add_vocabulary
from warrantgraph.validation.places import locate
from warrantgraph.validation.reading import read_data, read_graph
from warrantgraph.validation.shacl import load_shapes, validate
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import Graph

    from warrantgraph.reports import Report
    from warrantgraph.validation.inputs import Input

__all__ = ["check_inputs", "our_vocabulary", "read_shapes"]


_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
"""What has a target is a shape without a type as well (SHACL, section 2.1)."""


def check_inputs(
    inputs: Sequence[Input],
    shapes: Graph | None = None,
    *,
    ontology: bool = True,
    processes: int = 1,
    base: str = "",
    tell: Callable[[str], object] = bool,
) -> Report:
    """Validate inputs as one graph; the findings say where they are and have fingerprints.

    `shapes` are ours if left out. With `ontology`, our vocabulary and what follows from it count as
    well. IRIs below `base`, relative ones in files, are the same finding's on every machine. `tell`
    is told what is being done. An input that cannot be read is in `Report.unread`; what shapes ask
    for that is not run is a gate that did not run.

    Raises InputError when the shapes cannot be used.
    """
    shapes = load_shapes() if shapes is None else shapes
    not_run = list_not_run(shapes)
    data = read_data(inputs, lambda name: tell(f"{READING}{name}"))
    tell("validating")
    triples, terms = len(data.index), data.index.terms
    ours: set[int | None] = set()
    if ontology:
        vocabulary = our_vocabulary()
        add_vocabulary(data.index, *vocabulary)
        ours = {data.index.id_of(term) for graph in vocabulary for term in graph.subjects()}
    report = validate(
        data.index,
        shapes,
        processes=processes,
        counted=lambda term: term < terms and term not in ours,
    )
    tell("looking for the places of findings")
    findings = locate(report.findings, inputs, graph=data.graph, unread=data.broken)
    findings = with_fingerprints(findings, data.graph, base)
    return replace(
        report,
        findings=tuple(findings),
        files=tuple(given.name for given in inputs),
        unread=data.unread,
        gates=not_run,
        triples=triples,
    )


def read_shapes(inputs: Sequence[Input]) -> Graph:
    """Read shapes of one's own.

    Raises InputError when one cannot be read, or when there is no shape in them: data of any kind
    would conform to a file named by mistake.
    """
    shapes = read_graph(inputs)
    typed = any((None, RDF.type, kind) in shapes for kind in (SH.NodeShape, SH.PropertyShape))
    if not typed and not any((None, target, None) in shapes for target in _TARGETS):
        raise InputError("there are no SHACL shapes", file=inputs[0].name)
    return shapes


@cache
def our_vocabulary() -> tuple[Graph, Graph]:
    """Our ontology and our schemes, read once; write to neither."""
    return read_ontology(), read_schemes()
