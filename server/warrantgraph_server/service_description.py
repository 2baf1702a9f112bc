"""SPARQL 1.1 Service Description: what the endpoint says of itself when it is asked no query.

Only what is true here: no SERVICE (`sd:BasicFederatedQuery`), no graphs fetched
(`sd:DereferencesURIs`), no functions of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import Request, Response
from pyoxigraph import Literal, NamedNode, Triple

from warrantgraph.engine import GRAPH_FORMATS, SOLUTION_FORMATS
from warrantgraph.namespaces import INFERRED_GRAPH, VOID_GRAPH
from warrantgraph_server.graph_store import GRAPH_STORE_PATH
from warrantgraph_server.graphs import choose_syntax, write_graph
from warrantgraph_server.routing import own_address
from warrantgraph_server.well_known import VOID, read_void

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.release import Release
    from warrantgraph_server.serving import Serving
    from warrantgraph_server.streaming import QueryRunner

__all__ = ["ServiceDescription"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = "http://rdfs.org/ns/void#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PROTOCOL: Final = "http://www.w3.org/TR/sparql11-http-rdf-update/"

_PREFIXES: Final = {
    "dcterms": _DCTERMS,
    "formats": _FORMATS,
    "rdfs": _RDFS,
    "sd": _SD,
    "void": _VOID,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_FORMAT_NAMES: Final = {
    "csv": "SPARQL_Results_CSV",
    "json": "SPARQL_Results_JSON",
    "jsonld": "JSON-LD",
    "nquads": "N-Quads",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "xml": "SPARQL_Results_XML",
}
"""Our names of formats, and those of the W3C's list of formats."""

_DEFAULT_SIZE = "SELECT (COUNT(*) AS ?size) { ?s ?p ?o }"
_NAMED_SIZES = "SELECT ?graph (COUNT(*) AS ?size) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


class ServiceDescription:
    """Describes the endpoint over a release, or over whatever the runner's engine holds."""

    def __init__(self, runner: QueryRunner, serving: Serving) -> None:
        self._runner = runner
        self._serving = serving
        self._counted: tuple[int, Mapping[str, int]] | None = None

    async def answer(self, request: Request) -> Response:
        """Answer with the description in RDF; raises NotAcceptableError."""
        syntax = choose_syntax(request)
        if self._serving.has_release:
            sizes = _sizes_of(self._serving.release)
        else:
            sizes = self._counted = self._counted or await self._count(request)
        triples = self._describe(own_address(request), *sizes)
        headers = {"Content-Type": syntax.content_type, "Vary": "Accept"}
        return Response(write_graph(triples, syntax, _PREFIXES), headers=headers)

    async def _count(self, request: Request) -> tuple[int, Mapping[str, int]]:
        """How many triples the default graph has, and each named one; asked once."""
        default = await self._runner.select(request, _DEFAULT_SIZE)
        named = await self._runner.select(request, _NAMED_SIZES)
        sizes = {
            row["graph"]["value"]: int(row["size"]["value"]) for row in named if "graph" in row
        }
        return int(default[0]["size"]["value"]), sizes

    def _describe(self, here: str, default: int, named: Mapping[str, int]) -> list[Triple]:
        endpoint = f"{here}sparql"
        service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
        store = here + GRAPH_STORE_PATH.lstrip("/")
        formats = [*SOLUTION_FORMATS, *GRAPH_FORMATS]
        has_release = self._serving.has_release
        features = ["UnionDefaultGraph"] if has_release else []
        links = [store, *([here + VOID.lstrip("/")] if has_release else [])]
        return [
            _triple(service, _TYPE, f"{_SD}Service"),
            _triple(service, f"{_SD}endpoint", endpoint),
            _triple(service, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"),
            *(_triple(service, f"{_SD}feature", _SD + name) for name in features),
            *(
                _triple(service, f"{_SD}resultFormat", _FORMATS + _FORMAT_NAMES[name])
                for name in formats
            ),
            _triple(service, f"{_SD}defaultDataset", dataset),
            *(_triple(service, f"{_RDFS}seeAlso", link) for link in links),
            _triple(store, f"{_DCTERMS}conformsTo", _PROTOCOL),
            *_describe_dataset(endpoint, default, named),
        ]


def _describe_dataset(endpoint: str, default: int, named: Mapping[str, int]) -> list[Triple]:
    dataset, default_graph = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    entries = {f"{endpoint}#named-graph-{n}": name for n, name in enumerate(sorted(named), 1)}
    triples = [
        _triple(dataset, _TYPE, f"{_SD}Dataset"),
        _triple(dataset, f"{_SD}defaultGraph", default_graph),
        *(_triple(dataset, f"{_SD}namedGraph", entry) for entry in entries),
        _triple(default_graph, _TYPE, f"{_SD}Graph"),
        _triple(default_graph, f"{_VOID}triples", default),
    ]
    for entry, name in entries.items():
        graph = f"{entry}-triples"
        triples += [
            _triple(entry, _TYPE, f"{_SD}NamedGraph"),
            _triple(entry, f"{_SD}name", name),
            _triple(entry, f"{_SD}graph", graph),
            _triple(graph, _TYPE, f"{_SD}Graph"),
            _triple(graph, f"{_VOID}triples", named[name]),
        ]
    return triples


def _sizes_of(release: Release) -> tuple[int, Mapping[str, int]]:
    """The default graph is what was said, and what was inferred, which is never said as well.

    The graph of the description is beside it, and not part of it.
    """
    graphs = release.manifest.graphs
    asserted = release.manifest.counts["triples"]
    void, _ = read_void(release)
    beside = {str(VOID_GRAPH): len(void)} if void else {}
    return asserted + graphs.get(str(INFERRED_GRAPH), 0), {**graphs, **beside}


def _triple(subject: str, predicate: str, value: str | int) -> Triple:
    term = Literal(value) if isinstance(value, int) else NamedNode(value)
    return Triple(NamedNode(subject), NamedNode(predicate), term)
