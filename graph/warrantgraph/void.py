"""Describes a release for machines: VoID, DCAT 3 and the named graphs of SPARQL's descriptions.

The subject is `DATASET`; what has no name of its own is named after it, so that a description that
is loaded twice is there once. Partitions are nested the way editors read them: below a class its
properties, and below each property the classes (`void:classPartition`) and datatypes
(`void-ext:datatypePartition`) of its objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from warrantgraph.namespaces import (
    AUTHORITY_GRAPH,
    BASE,
    DATASET,
    INFERRED_GRAPH,
    PREFIXES,
    compact,
    is_drafts_graph,
)
from warrantgraph.prefixes import namespace, sort_prefixes, used_prefixes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from warrantgraph.manifest import ExportFile
    from warrantgraph.statistics import ClassCounts, DatasetCounts, PropertyCounts

__all__ = ["VOID_FILE", "describe_release"]

VOID_FILE = "void.ttl"
"""Name of the description in a release."""

_PREFIXES = PREFIXES | {
    "dataset": f"{DATASET}#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "media": "https://www.iana.org/assignments/media-types/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "void-ext": "http://ldf.fi/void-ext#",
}
_DESCRIPTION = (
    "News and court documents as a knowledge graph in which every statement leads back to the "
    "words that support it."
)
_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_RIGHTS = (
    "The licence is that of the ontology, the schemes and the curated claims. The text of each "
    "article belongs to its publisher and is quoted as evidence."
)
_NAMED, _FLAT = "Every named graph.", "The union of the asserted graphs, each triple once."

_FIRST = [
    NamedNode(_PREFIXES["rdf"] + "type"),
    NamedNode(_PREFIXES["void"] + "class"),
    NamedNode(_PREFIXES["void"] + "property"),
]
"""What a block begins with: what it is about."""

_Value = NamedNode | Literal


def describe_release(
    version: str,
    ontology: str,
    quads: Sequence[Quad],
    counts: DatasetCounts,
    exports: Mapping[str, ExportFile],
    curated: Collection[str],
) -> bytes:
    """The description of a release, as Turtle; equal releases give equal bytes.

    Args:
        version: of the release.
        ontology: version of the ontology.
        quads: everything that the release holds, titles of its graphs among it.
        counts: what `warrantgraph.statistics` counts in the quads.
        exports: the files that hold the quads, by name.
        curated: names of the graphs that hold what sources say.
    """
    titles = {
        str(quad.subject): quad.object
        for quad in quads
        if quad.predicate == _term("dcterms:title") and isinstance(quad.object, Literal)
    }
    triples = [
        *_dataset(version, ontology),
        *_totals(counts),
        *(triple for name, file in exports.items() for triple in _export(name, file)),
        *(
            triple
            for name, size in counts.graphs.items()
            for triple in _graph(name, size, titles.get(f"<{name}>"), name in curated)
        ),
        *(triple for iri, found in counts.classes.items() for triple in _class(iri, found)),
        *(triple for iri, size in counts.properties.items() for triple in _property(iri, size)),
    ]
    prefixes = used_prefixes(triples, _PREFIXES)
    # The serialiser joins only what comes together: by subject, then by predicate.
    terms = (term for triple in triples for term in (triple.subject, triple.predicate))
    order = {term: place for place, term in enumerate(dict.fromkeys([*_FIRST, *terms]))}
    triples.sort(key=lambda triple: (order[triple.subject], order[triple.predicate]))
    return sort_prefixes(
        pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    )


def _dataset(version: str, ontology: str) -> Iterator[Triple]:
    vocabulary, edition = f"{BASE}ontology", f"{BASE}ontology/{ontology}"
    yield from _about(
        str(DATASET),
        ("rdf:type", _term("void:Dataset"), _term("dcat:Dataset"), _term("sd:Dataset")),
        ("dcterms:title", Literal("warrantgraph", language="en")),
        ("dcterms:description", Literal(_DESCRIPTION, language="en")),
        ("dcterms:license", NamedNode(_LICENSE)),
        ("dc:rights", Literal(_RIGHTS, language="en")),
        ("dcat:version", Literal(version)),
        ("dcterms:conformsTo", NamedNode(edition)),
        ("void:sparqlEndpoint", NamedNode(f"{BASE}sparql")),
        ("void:uriSpace", Literal(BASE)),
    )
    yield from _about(
        vocabulary,
        ("owl:versionIRI", NamedNode(edition)),
        ("owl:versionInfo", Literal(ontology)),
    )


def _totals(counts: DatasetCounts) -> Iterator[Triple]:
    vocabularies = sorted({namespace(iri) for iri in [*counts.properties, *counts.classes]})
    yield from _about(
        str(DATASET),
        ("void:triples", _number(counts.triples)),
        ("void:entities", _number(counts.entities)),
        ("void:distinctSubjects", _number(counts.subjects)),
        ("void:distinctObjects", _number(counts.objects)),
        ("void:properties", _number(len(counts.properties))),
        ("void:classes", _number(len(counts.classes))),
        ("void:vocabulary", *map(NamedNode, vocabularies)),
    )


def _export(name: str, file: ExportFile) -> Iterator[Triple]:
    """A distribution (DCAT 3, 6.8) with its checksum (6.17)."""
    address, node = NamedNode(f"{BASE}exports/{name}"), f"{DATASET}#export.{name}"
    flat = name.rpartition(".")[2] not in ("nq", "trig")
    yield from _about(
        str(DATASET),
        ("void:dataDump", address),
        ("dcat:distribution", NamedNode(node)),
    )
    yield from _about(
        node,
        ("rdf:type", _term("dcat:Distribution")),
        ("dcterms:title", Literal(name)),
        ("dcterms:description", Literal(_FLAT if flat else _NAMED, language="en")),
        ("dcterms:license", NamedNode(_LICENSE)),
        ("dcat:accessURL", address),
        ("dcat:downloadURL", address),
        ("dcat:mediaType", _term(f"media:{file.media_type}")),
        ("dcat:byteSize", Literal(str(file.size), datatype=_term("xsd:nonNegativeInteger"))),
        ("spdx:checksum", NamedNode(f"{node}.checksum")),
    )
    yield from _about(
        f"{node}.checksum",
        ("rdf:type", _term("spdx:Checksum")),
        ("spdx:algorithm", _term("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", Literal(file.sha256, datatype=_term("xsd:hexBinary"))),
    )


def _graph(name: str, size: int, title: Literal | None, curated: bool) -> Iterator[Triple]:
    """A named graph (SPARQL 1.1 Service Description, 3.2.9), told by keyword what it is."""
    node = f"{DATASET}#graph.{_name(name)}"
    kinds = ["inferred"] if name == str(INFERRED_GRAPH) else ["asserted"]
    if is_drafts_graph(name):
        kinds.append("draft")
    elif curated or name == str(AUTHORITY_GRAPH):
        kinds.append("curated")
    part = NamedNode(node)
    yield from _about(str(DATASET), ("void:subset", part), ("sd:namedGraph", part))
    yield from _about(
        node,
        ("rdf:type", _term("void:Dataset"), _term("sd:NamedGraph")),
        ("dcterms:title", *([title] if title else [])),
        ("sd:name", NamedNode(name)),
        ("dcat:keyword", *(Literal(kind, language="en") for kind in kinds)),
        ("void:triples", _number(size)),
    )


def _class(iri: str, counts: ClassCounts) -> Iterator[Triple]:
    node = f"{DATASET}#class.{_name(iri)}"
    yield from _about(str(DATASET), ("void:classPartition", NamedNode(node)))
    yield from _about(
        node,
        ("void:class", NamedNode(iri)),
        ("void:entities", _number(counts.entities)),
        ("void:triples", _number(counts.triples)),
    )
    for predicate, found in sorted(counts.properties.items()):
        yield from _property_of_class(node, predicate, found)


def _property_of_class(parent: str, iri: str, counts: PropertyCounts) -> Iterator[Triple]:
    node = f"{parent}.{_name(iri)}"
    yield from _about(parent, ("void:propertyPartition", NamedNode(node)))
    yield from _property_node(node, iri, counts.triples)
    for found, kind, link, naming in (
        (counts.object_classes, "class", "void:classPartition", "void:class"),
        (counts.datatypes, "datatype", "void-ext:datatypePartition", "void-ext:datatype"),
    ):
        for value, size in sorted(found.items()):
            part = f"{node}.{kind}.{_name(value)}"
            yield from _about(node, (link, NamedNode(part)))
            yield from _about(part, (naming, NamedNode(value)), ("void:triples", _number(size)))


def _property(iri: str, size: int) -> Iterator[Triple]:
    node = f"{DATASET}#property.{_name(iri)}"
    yield from _about(str(DATASET), ("void:propertyPartition", NamedNode(node)))
    yield from _property_node(node, iri, size)


def _property_node(node: str, iri: str, size: int) -> Iterator[Triple]:
    yield from _about(node, ("void:property", NamedNode(iri)), ("void:triples", _number(size)))


def _about(subject: str, *statements: tuple[str, *tuple[_Value, ...]]) -> Iterator[Triple]:
    for predicate, *values in statements:
        for value in values:
            yield Triple(NamedNode(subject), _term(predicate), value)


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(_PREFIXES[prefix] + local)


def _name(iri: str) -> str:
    """The IRI as a part of another one, short where it has a prefix; dots part the parts."""
    return quote(compact(iri).strip("<>"), safe=":").replace(".", "%2E")


def _number(value: int) -> Literal:
    return Literal(value)
