"""Judges W3C's three tests of the SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import httpx
import pyoxigraph
from pyoxigraph import Literal, NamedNode

from conformance.facts import RDF, Facts, text
from conformance.outcome import Verdict, failed, passed
from conformance.serving import ENDPOINT

if TYPE_CHECKING:
    from conformance.facts import Node
    from conformance.manifest import Case

__all__ = ["judge_description", "vocabulary_mistakes"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TIMEOUT = 60.0
_SYNTAXES: Final = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}

_KNOWN: Final = frozenset(
    [
        "Aggregate",
        "Dataset",
        "EntailmentProfile",
        "EntailmentRegime",
        "Feature",
        "Function",
        "Graph",
        "GraphCollection",
        "Language",
        "NamedGraph",
        "Service",
        "BasicFederatedQuery",
        "DereferencesURIs",
        "EmptyGraphs",
        "RequiresDataset",
        "SPARQL10Query",
        "SPARQL11Query",
        "SPARQL11Update",
        "UnionDefaultGraph",
    ]
)
"""The classes of the vocabulary, and the features and languages that it names."""

_PROPERTIES: Final[dict[str, tuple[str, ...]]] = {
    "availableGraphs": ("Service",),
    "defaultDataset": ("Service",),
    "defaultEntailmentRegime": ("Service",),
    "defaultGraph": ("Dataset",),
    "defaultSupportedEntailmentProfile": ("Service",),
    "endpoint": ("Service",),
    "entailmentRegime": ("NamedGraph",),
    "extensionAggregate": ("Service",),
    "extensionFunction": ("Service",),
    "feature": ("Service",),
    "graph": ("NamedGraph",),
    "inputFormat": ("Service",),
    "languageExtension": ("Service",),
    "name": ("NamedGraph",),
    "namedGraph": ("GraphCollection", "Dataset"),
    "propertyFeature": ("Service",),
    "resultFormat": ("Service",),
    "supportedEntailmentProfile": ("NamedGraph",),
    "supportedLanguage": ("Service",),
}
"""The properties of the vocabulary (section 3), and the classes that may have them."""


def judge_description(address: str, case: Case) -> Verdict:
    """Get the description in both syntaxes, and judge what a case asks of it."""
    for media_type, syntax in _SYNTAXES.items():
        response = httpx.get(address + ENDPOINT, headers={"Accept": media_type}, timeout=_TIMEOUT)
        got = response.headers.get("content-type", "").partition(";")[0]
        if not response.is_success or got != media_type:
            return failed(f"asked for {media_type}, got {response.status_code} {got}")
        try:
            triples = [
                quad.triple
                for quad in pyoxigraph.parse(
                    response.content, format=syntax, base_iri=address + ENDPOINT
                )
            ]
        except SyntaxError as error:
            return failed(f"the description is not {media_type}: {error}")
        wrong = _wrong(triples, address, case)
        if wrong:
            return failed(wrong)
    return passed()


def _wrong(triples: list[pyoxigraph.Triple], address: str, case: Case) -> str:
    if case.key.endswith("#conforms-to-schema"):
        return "; ".join(vocabulary_mistakes(triples))
    if case.key.endswith("#has-endpoint-triple"):
        endpoint = NamedNode(urljoin(address, ENDPOINT))
        found = [each for each in triples if each.predicate.value == f"{_SD}endpoint"]
        if endpoint not in [each.object for each in found]:
            return f"no sd:endpoint is {endpoint.value}"
    return "" if triples else "the description says nothing"


def vocabulary_mistakes(triples: list[pyoxigraph.Triple]) -> list[str]:
    """Where a description does not use the vocabulary as section 3 defines it."""
    facts = Facts(triples)
    known = {*_KNOWN, *_PROPERTIES}
    nodes = [node for each in triples for node in (each.predicate, each.object)]
    names = {text(node).removeprefix(_SD) for node in nodes if text(node).startswith(_SD)}
    mistakes = [f"sd:{name} is not in the vocabulary" for name in sorted(names - known)]
    for name, classes in _PROPERTIES.items():
        for subject in dict.fromkeys(facts.subjects(_SD + name)):
            if not _classes(facts, subject) & set(classes):
                mistakes.append(f"sd:{name} is said of what is no sd:{' or sd:'.join(classes)}")
            if any(isinstance(each, Literal) for each in facts.all(subject, _SD + name)):
                mistakes.append(f"sd:{name} has a literal")
    services = [s for s in facts.subjects(f"{RDF}type") if "Service" in _classes(facts, s)]
    if not services:
        mistakes.append("there is no sd:Service")
    mistakes += [
        "an sd:Service has no sd:endpoint"
        for service in services
        if not facts.all(service, f"{_SD}endpoint")
    ]
    mistakes += [
        "an sd:NamedGraph has not one sd:name"
        for graph in dict.fromkeys(facts.subjects(f"{RDF}type"))
        if "NamedGraph" in _classes(facts, graph) and len(facts.all(graph, f"{_SD}name")) != 1
    ]
    return mistakes


def _classes(facts: Facts, subject: Node) -> set[str]:
    return {text(each).removeprefix(_SD) for each in facts.all(subject, f"{RDF}type")}
