"""Writes a report in the media type that is wanted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import RDF, SH, BNode, Graph, Literal

from warrantgraph.paths import write_path
from warrantgraph.validators.media import REPORT_TYPES

if TYPE_CHECKING:
    from warrantgraph.reports import Report

__all__ = ["write_report"]

_TURTLE: Final = "text/turtle"


def write_report(report: Report, media_type: str) -> bytes:
    """The report in one of `REPORT_TYPES`."""
    name = REPORT_TYPES[media_type]
    written = _write(report, name)
    if name != "turtle" or media_type == _TURTLE:
        return written
    triples = pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.TURTLE)
    syntax = pyoxigraph.RdfFormat.from_media_type(media_type)
    return pyoxigraph.serialize((quad.triple for quad in triples), format=syntax) or b""


def _write(report: Report, name: str) -> bytes:
    """INTERIM."""
    if name == "json":
        findings = [
            {"rule": each.rule, "severity": str(each.severity), "message": each.message}
            for each in report.findings
        ]
        return json.dumps({"conforms": report.conforms, "findings": findings}).encode()
    graph = Graph()
    node = BNode()
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(report.conforms)))
    for each in report.findings:
        result = BNode()
        graph.add((node, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.resultMessage, Literal(each.message)))
        if each.focus_node is not None:
            graph.add((result, SH.focusNode, each.focus_node))
        if each.path:
            graph.add((result, SH.resultPath, write_path(graph, each.path)))
    return graph.serialize(format="turtle").encode()
