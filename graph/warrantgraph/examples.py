"""Reads the competency questions as example queries, so that the graph can say what to ask it.

Each `NN-name.rq` becomes an `sh:SPARQLExecutable`, in the form in which editors look for examples
in an endpoint: the question as `rdfs:comment`, the text as `sh:select`, `sh:ask` or `sh:construct`
with its own `PREFIX` lines, so that it runs as it stands, and `sh:prefixes` for tools that want the
declarations apart (SHACL, 5.2.1). Examples are statements about queries, not about the world: they
have a named graph of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, RDFS, SH, XSD, Graph, Literal, URIRef

from warrantgraph.engine.reading import QueryForm, read_query
from warrantgraph.errors import InputError, QuerySyntaxError
from warrantgraph.namespaces import BASE, EXAMPLES_GRAPH, ID, PREFIXES, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_examples"]

_QUESTION = re.compile(r"# (\S.*\?)")
_ANSWERABLE = re.compile(r"# answerable: ([a-z]+)")
_KEYWORD = "competency question"
_TITLE = "Questions that this graph is made to answer, as queries"

_FORMS = {
    QueryForm.ASK: (SH.SPARQLAskExecutable, SH.ask),
    QueryForm.CONSTRUCT: (SH.SPARQLConstructExecutable, SH.construct),
    QueryForm.SELECT: (SH.SPARQLSelectExecutable, SH.select),
}

_EXAMPLES = f"{ID}example/"


def read_examples(folder: Path) -> Graph:
    """The questions of a folder as example queries; empty where there are none.

    Raises:
        InputError: a file does not open with its question and what answers it, is not SPARQL, or
            is of a form that SHACL has no name for.
    """
    graph = Graph()
    for path in sorted(folder.glob("*.rq")):
        _add_example(graph, path)
    if graph:
        graph.add((EXAMPLES_GRAPH, DCTERMS.title, Literal(_TITLE, lang="en")))
        _add_prefixes(graph)
    return graph


def _add_example(graph: Graph, path: Path) -> None:
    question, answerable, text = [*path.read_text(encoding="utf-8").split("\n", 2), "", ""][:3]
    asked, answered = _QUESTION.fullmatch(question), _ANSWERABLE.match(answerable)
    if asked is None:
        hint = "begin with the question: # ...?"
        raise InputError("a query needs a question", file=path, line=1, value=question, hint=hint)
    if answered is None:
        hint = "say so in line 2: # answerable: article, background or growth"
        raise InputError("what answers this?", file=path, line=2, value=answerable, hint=hint)
    kind, predicate = _form(path, text)
    example = URIRef(_EXAMPLES + path.stem)
    name = path.stem.partition("-")[2].replace("-", " ").capitalize() or path.stem
    graph.add((example, RDF.type, SH.SPARQLExecutable))
    graph.add((example, RDF.type, kind))
    graph.add((example, RDFS.label, Literal(name, lang="en")))
    graph.add((example, RDFS.comment, Literal(asked[1], lang="en")))
    graph.add((example, predicate, Literal(text)))
    graph.add((example, SH.prefixes, URIRef(f"{_EXAMPLES}prefixes")))
    graph.add((example, SCHEMA.target, URIRef(f"{BASE}sparql")))
    for keyword in (_KEYWORD, answered[1]):
        graph.add((example, SCHEMA.keywords, Literal(keyword)))


def _form(path: Path, text: str) -> tuple[URIRef, URIRef]:
    try:
        form = read_query(text).form
    except QuerySyntaxError as error:
        line = error.line + 2 if error.line else None
        raise InputError(error.message, file=path, line=line, column=error.column) from error
    if form not in _FORMS:
        hint = "write SELECT, ASK or CONSTRUCT"
        raise InputError("SHACL has no word for this form", file=path, value=form.value, hint=hint)
    return _FORMS[form]


def _add_prefixes(graph: Graph) -> None:
    """The declarations of the project's prefixes, each with a name instead of a blank node."""
    prefixes = URIRef(f"{_EXAMPLES}prefixes")
    graph.add((prefixes, RDFS.label, Literal("Prefixes", lang="en")))
    for prefix, namespace in PREFIXES.items():
        declaration = URIRef(f"{prefixes}/{prefix}")
        graph.add((prefixes, SH.declare, declaration))
        graph.add((declaration, SH.prefix, Literal(prefix)))
        graph.add((declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))
