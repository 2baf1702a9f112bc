"""Reads answers in every format, without the library that wrote them where that can be.

SPARQL Query Results XML, JSON, CSV and TSV, and RDF graphs; a graph that holds a result set in
the vocabulary of W3C's first suite is read as one.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin
from xml.etree import ElementTree

import pyoxigraph
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from conformance.facts import RDF, Facts, Node, text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMATS", "Graph", "Result", "Solutions", "read_result"]

_SPARQL = "{http://www.w3.org/2005/sparql-results#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ITS = "{http://www.w3.org/2005/11/its}"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

FORMATS: Final = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
"""The media type of each extension that an expected result can have."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of a SELECT; an unbound variable is not in its row."""

    variables: tuple[str, ...]
    rows: tuple[dict[str, Node], ...]
    is_ordered: bool = False
    """Whether the source itself numbers the rows."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The answer of a CONSTRUCT or a DESCRIBE."""

    triples: frozenset[Triple]


Result = Solutions | Graph | bool


def read_result(content: bytes, extension: str, base: str) -> Result:
    """Read a result; raises ValueError or SyntaxError where it is not what it says."""
    if extension == "srx":
        return _read_xml(content, base)
    if extension == "srj":
        return _read_json(content)
    if extension == "csv":
        return _read_csv(content)
    if extension == "tsv":
        return _read_tsv(content, base)
    syntax = pyoxigraph.RdfFormat.from_extension(extension)
    if syntax is None:
        raise ValueError(f"nothing is known of results in .{extension}")
    triples = frozenset(
        quad.triple for quad in pyoxigraph.parse(content, format=syntax, base_iri=base)
    )
    result = _read_result_set(Facts(triples))
    return Graph(triples) if result is None else result


def _read_xml(content: bytes, base: str) -> Result:
    root = ElementTree.fromstring(content)  # noqa: S314 - the suite's own file, or our answer
    if root.tag != f"{_SPARQL}sparql":
        raise ValueError(f"the root is {root.tag}")
    boolean = root.find(f"{_SPARQL}boolean")
    if boolean is not None:
        return _boolean((boolean.text or "").strip())
    variables = tuple(each.attrib["name"] for each in root.iter(f"{_SPARQL}variable"))
    rows = tuple(
        {
            binding.attrib["name"]: _xml_term(next(iter(binding)), base)
            for binding in row.iter(f"{_SPARQL}binding")
        }
        for row in root.iter(f"{_SPARQL}result")
    )
    return Solutions(variables, rows)


def _boolean(word: str) -> bool:
    if word not in ("true", "false"):
        raise ValueError(f'a boolean is true or false, not "{word}"')
    return word == "true"


def _xml_term(element: ElementTree.Element, base: str) -> Node:
    tag, value = element.tag.removeprefix(_SPARQL), element.text or ""
    if tag == "uri":
        return NamedNode(urljoin(base, value))
    if tag == "bnode":
        return BlankNode(value)
    if tag == "literal":
        attributes = element.attrib
        return _literal(
            value,
            attributes.get(f"{_XML}lang"),
            attributes.get(f"{_ITS}dir"),
            attributes.get("datatype"),
        )
    if tag == "triple":
        parts = [
            _xml_term(next(iter(part)), base)
            for name in ("subject", "predicate", "object")
            for part in element.findall(f"{_SPARQL}{name}")
        ]
        return _triple(parts)
    raise ValueError(f"no term is written as <{tag}>")


def _literal(
    value: str, language: str | None, direction: str | None, datatype: str | None
) -> Literal:
    if language and direction:
        return Literal(value, language=language.lower(), direction=BaseDirection(direction))
    if language:
        return Literal(value, language=language.lower())
    return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)


def _triple(parts: list[Node]) -> Triple:
    subject, predicate, object_ = parts
    if isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode):
        return Triple(subject, predicate, object_)
    raise ValueError(f"{subject} {predicate} begins no triple")


def _read_json(content: bytes) -> Result:
    document: dict[str, Any] = json.loads(content)
    if "boolean" in document:
        return _boolean(json.dumps(document["boolean"]))
    rows = tuple(
        {name: _json_term(cell) for name, cell in row.items()}
        for row in document["results"]["bindings"]
    )
    return Solutions(tuple(document["head"]["vars"]), rows)


def _json_term(cell: dict[str, Any]) -> Node:
    kind, value = cell["type"], cell["value"]
    if kind == "uri":
        return NamedNode(value)
    if kind == "bnode":
        return BlankNode(value)
    if kind in ("literal", "typed-literal"):
        return _literal(value, cell.get("xml:lang"), cell.get("its:dir"), cell.get("datatype"))
    if kind == "triple":
        return _triple([_json_term(value[name]) for name in ("subject", "predicate", "object")])
    raise ValueError(f'no term has the type "{kind}"')


def _read_csv(content: bytes) -> Solutions:
    """Read CSV, where a cell tells neither its kind nor an empty string from nothing."""
    header, *lines = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    rows: list[dict[str, Node]] = []
    for line in lines:
        cells = zip(header, line, strict=True)
        rows.append({name: _csv_term(cell) for name, cell in cells if cell})
    return Solutions(tuple(header), tuple(rows))


def _csv_term(cell: str) -> Node:
    return BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell)


def _read_tsv(content: bytes, base: str) -> Solutions:
    header, *lines = content.decode().removesuffix("\n").split("\n")
    names = [name.removeprefix("?") for name in header.rstrip("\r").split("\t")]
    rows: list[dict[str, Node]] = []
    for line in lines:
        cells = zip(names, line.rstrip("\r").split("\t"), strict=True)
        rows.append({name: _tsv_term(cell, base) for name, cell in cells if cell})
    return Solutions(tuple(names), tuple(rows))


def _tsv_term(cell: str, base: str) -> Node:
    """Read a term in Turtle's syntax, as the object of a triple."""
    if cell.startswith("_:"):
        return BlankNode(cell[2:])
    document = f"<> <urn:x:p> {cell} .".encode()
    (quad,) = pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
    return quad.object


def _read_result_set(facts: Facts) -> Solutions | bool | None:
    for subject in facts.subjects(f"{_RS}boolean"):
        return _boolean(text(facts.one(subject, f"{_RS}boolean")))
    result_sets = [
        subject
        for subject in dict.fromkeys(facts.subjects(f"{RDF}type"))
        if f"{_RS}ResultSet" in map(text, facts.all(subject, f"{RDF}type"))
    ]
    if not result_sets:
        return None
    names = [text(each) for each in facts.all(result_sets[0], f"{_RS}resultVariable")]
    solutions = list(_solutions(facts, result_sets[0]))
    numbered = [number for number, _ in solutions if number is not None]
    if numbered:
        solutions.sort(key=lambda each: each[0] or 0)
    return Solutions(tuple(names), tuple(row for _, row in solutions), bool(numbered))


def _solutions(facts: Facts, result_set: Node) -> Iterator[tuple[int | None, dict[str, Node]]]:
    for solution in facts.all(result_set, f"{_RS}solution"):
        row: dict[str, Node] = {}
        for binding in facts.all(solution, f"{_RS}binding"):
            value = facts.one(binding, f"{_RS}value")
            if value is not None:
                row[text(facts.one(binding, f"{_RS}variable"))] = value
        index = facts.one(solution, f"{_RS}index")
        yield int(text(index)) if index else None, row
