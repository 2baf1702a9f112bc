"""The IRIs that warrantgraph mints, and the prefixes it writes them with.

Every IRI begins with `BASE`: change it here and nowhere else. Data IRIs carry the kind of
thing they name (`…/id/person/vladimir-putin`), and one prefix per kind keeps Turtle readable.

>>> WG.Claim
rdflib.term.URIRef('https://w3id.org/warrantgraph/ontology#Claim')
>>> PREFIXES["person"]
'https://w3id.org/warrantgraph/id/person/'
"""

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD, Namespace, URIRef

__all__ = [
    "AUTHORITY_GRAPH",
    "BASE",
    "CURATION",
    "DATASET",
    "EXAMPLES_GRAPH",
    "GRAPH",
    "ID",
    "INFERRED_GRAPH",
    "KINDS",
    "METADATA_GRAPH",
    "PREFIXES",
    "SCHEMA",
    "SCHEMES",
    "VOCABULARY_GRAPH",
    "VOID_GRAPH",
    "WG",
    "compact",
    "drafts_graph",
    "is_drafts_graph",
]

BASE = "https://w3id.org/warrantgraph/"

WG = Namespace(BASE + "ontology#")
"""Terms of the ontology."""

CURATION = Namespace(BASE + "curation#")
"""Words of the curated format (`cur:quote` …); none of them reaches a release."""

ID = Namespace(BASE + "id/")
"""Data: `id/{kind}/{slug}`."""

GRAPH = Namespace(BASE + "graph/")
"""Named graphs: one per source, one more for its drafts, and the five below."""

SCHEMA = Namespace("https://schema.org/")

VOCABULARY_GRAPH: URIRef = GRAPH.vocabulary
AUTHORITY_GRAPH: URIRef = GRAPH.authority
METADATA_GRAPH: URIRef = GRAPH.metadata
INFERRED_GRAPH: URIRef = GRAPH.inferred
EXAMPLES_GRAPH: URIRef = GRAPH.examples

VOID_GRAPH: URIRef = GRAPH.void
"""What a release says of itself, in an endpoint; outside the union that is its default graph."""

DATASET = URIRef(BASE + "dataset")
"""The graph as a whole: what `void.ttl` describes."""

KINDS = (
    "acceptance",
    "affiliation",
    "agent",
    "capacity",
    "claim",
    "collaboration",
    "conduct",
    "document",
    "event",
    "example",
    "group",
    "instrument",
    "matter",
    "mention",
    "occupation",
    "occurrence",
    "office",
    "organization",
    "passage",
    "person",
    "place",
    "public-role",
    "quantity",
    "question",
    "relation",
    "state",
    "status",
    "tenure",
    "time",
)
"""Kinds of things data IRIs name; each is also a Turtle prefix."""

SCHEMES = {
    "attribution-style": "attribution-style",
    "liability": "liability-mode",
    "modality": "modality",
    "polarity": "polarity",
    "procedural-status": "procedural-status",
    "proof-standard": "proof-standard",
    "quantifier": "quantifier",
    "rs": "rome-statute",
    "treaty-status": "treaty-status",
}
"""Prefix to slug of each SKOS scheme."""

PREFIXES: dict[str, str] = dict(
    sorted(
        {
            "dcterms": str(DCTERMS),
            "graph": str(GRAPH),
            "owl": str(OWL),
            "prov": str(PROV),
            "rdf": str(RDF),
            "rdfs": str(RDFS),
            "schema": str(SCHEMA),
            "sh": str(SH),
            "shape": BASE + "shapes#",
            "skos": str(SKOS),
            "vann": str(VANN),
            "wg": str(WG),
            "xsd": str(XSD),
        }.items()
        | {kind: f"{ID}{kind}/" for kind in KINDS}.items()
        | {prefix: f"{BASE}scheme/{slug}/" for prefix, slug in SCHEMES.items()}.items()
    )
)
"""Every prefix of the project, sorted; used by the Turtle exports and the command line."""


_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def compact(iri: str) -> str:
    """Write an IRI with a prefix of the project, for people: the result need not be Turtle.

    >>> compact("https://w3id.org/warrantgraph/id/claim/an-article/s4-2")
    'claim:an-article/s4-2'
    >>> compact("https://example.org/")
    '<https://example.org/>'
    """
    for prefix, base in _LONGEST_FIRST:
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    return f"<{iri}>"


_DRAFTS = "/drafts"


def drafts_graph(graph: URIRef) -> URIRef:
    """Name of the graph that holds the drafts of a source, by that of what is published of it."""
    return URIRef(f"{graph}{_DRAFTS}")


def is_drafts_graph(name: str) -> bool:
    """Whether a graph of this name holds drafts, which nobody has accepted yet.

    >>> is_drafts_graph(drafts_graph(GRAPH["an-article"]))
    True
    """
    return name.startswith(GRAPH) and name.endswith(_DRAFTS)
