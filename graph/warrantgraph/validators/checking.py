"""What a worker does with an upload: read it, check it, write the report.

All that is ours is loaded once, in the keeper, before any worker is forked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph
from rdflib import RDF, SH, Graph

from warrantgraph.errors import InputError
from warrantgraph.reasoning.inference import infer
from warrantgraph.term_conversion import as_rdflib
from warrantgraph.validation import load_shapes, validate
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.reports import Report
    from warrantgraph.validators.unpacking import InputFile

__all__ = ["check", "load_ours"]

_SYNTAXES: Final = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


@cache
def load_ours() -> tuple[Graph, Graph, Graph]:
    """Our shapes, ontology and schemes."""
    return load_shapes(), read_ontology(), read_schemes()


def check(data: Iterable[InputFile], shapes: Iterable[InputFile], *, ontology: bool) -> Report:
    """Validate files as one graph, with these shapes, or ours where there are none.

    Raises InputError, with the place, where a file is not RDF or the shapes cannot be used.
    """
    ours, vocabulary, schemes = load_ours()
    own = _read(shapes)
    kinds = (SH.NodeShape, SH.PropertyShape)
    if own and not any((None, RDF.type, kind) in own for kind in kinds):
        raise InputError("there are no SHACL shapes")
    graph = _read(data)
    if ontology:
        terms = {*vocabulary.subjects(), *schemes.subjects()}
        asserted = Graph()
        asserted += schemes
        asserted += (triple for triple in graph if triple[0] not in terms)
        graph = asserted + vocabulary + infer(asserted, vocabulary)
    try:
        return validate(graph, own or ours)
    except (NotImplementedError, ValueError) as error:  # what is theirs, such as an endless list
        raise InputError(f"the shapes cannot be used: {error}") from error


def _read(files: Iterable[InputFile]) -> Graph:
    graph = Graph()
    for number, file in enumerate(files):
        try:
            for quad in _parse(file):
                subject, predicate, value = (
                    as_rdflib(term, scope=f"f{number}.")
                    for term in (quad.subject, quad.predicate, quad.object)
                )
                graph.add((subject, predicate, value))
        except SyntaxError as error:
            rdf_format = _SYNTAXES[file.syntax]
            message = f"not {rdf_format.name}: {error.msg}"
            raise InputError(
                message, file=Path(file.name), line=error.lineno, column=error.offset
            ) from error
    return graph


def _parse(file: InputFile) -> pyoxigraph.QuadParser:
    base = f"file:///{quote(file.name)}"
    return pyoxigraph.parse(file.content, format=_SYNTAXES[file.syntax], base_iri=base)
