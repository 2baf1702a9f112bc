"""The guilt gate: no name, label or predicate may say that somebody did it.

warrantgraph records who accuses whom; it has no word for guilt and takes over none. Three
rules hold for the ontology, the schemes and the data alike:

- `guilt-word`: no name that we mint, no predicate of anyone and no label contains a word for
  doing wrong or being found to have done it.
- `guilt-predicate`: no predicate by which others state convictions or crimes of a person.
- `crime-as-type`: nothing is an instance of a concept; concepts of crimes are not classes.

A label that must hold such a word, the title of a document for instance, is listed in
`guilt-allowed.tsv` with the reason.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from warrantgraph.checks.rule import Rule
from warrantgraph.errors import InputError
from warrantgraph.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from warrantgraph.reports import Finding

__all__ = ["ALLOWED", "GUILT_RULES", "find_guilt", "load_allowed", "says_guilt"]

_WORD = Rule(
    "guilt-word",
    "no name, predicate or label holds a word for guilt",
    "Say who accuses whom, and of what, in a wg:Accusation. A title that must keep the word is "
    "listed in guilt-allowed.tsv with the reason.",
)
_PREDICATE = Rule(
    "guilt-predicate",
    "no predicate states a crime of a person",
    "Leave the statement out, and let whoever accuses make a wg:Accusation of it.",
)
_TYPE = Rule(
    "crime-as-type",
    "nothing is an instance of a concept",
    "Give the node a class of the ontology, such as wg:AllegedConduct, and let a claim name the "
    "crime with wg:legalCharacterization.",
)
GUILT_RULES = (_TYPE, _PREDICATE, _WORD)
"""What `find_guilt` asks, sorted by name."""

ALLOWED = Path(__file__).parent / "guilt-allowed.tsv"
"""Three columns: IRI of the entity, the text as it stands, the reason why it may."""

_WORDS = re.compile(r"commit(?!tee|ment)|perpetrat|guilt|culprit|offender|convict", re.IGNORECASE)
"""Stems, so that `committed` and `conviction` match; a committee and a commitment are neither."""

_PREDICATES = re.compile(
    r"wikidata\.org/.*/P(?:1399|1595|1596|8031)$"  # convicted of, charge, penalty, perpetrator
    r"|dbpedia\.org/(?:ontology|property)/(?:criminal|crime|convict|penalty)"
    r"|schema\.org/crim"
    r"|followthemoney\.tech/.*topics$"
)

_LABELS = frozenset({RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel})


def find_guilt(
    triples: Iterable[tuple[Node, Node, Node]],
    allowed: frozenset[tuple[str, str]] = frozenset(),
) -> list[Finding]:
    """Return every use of a guilt word, a forbidden predicate or a concept as a class.

    >>> from rdflib import Graph
    >>> data = '<urn:x> <http://example.org/isCulprit> <urn:y> .'
    >>> [str(found.value) for found in find_guilt(Graph().parse(data=data, format="turtle"))]
    ['http://example.org/isCulprit']
    """
    found = {
        finding
        for triple in triples
        for finding in _look_at(*triple)
        if (str(finding.focus_node), str(finding.value or "")) not in allowed
    }
    return sorted(found, key=lambda finding: finding.sort_key)


def load_allowed(path: Path = ALLOWED) -> frozenset[tuple[str, str]]:
    """Read the list of entities and texts that may hold such a word.

    Raises:
        InputError: when a line does not give entity, text and reason.
    """
    allowed: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if not row or row[0].startswith("#"):
                continue
            if len(row) != 3 or not all(cell.strip() for cell in row):
                message = "a line gives entity, text and reason, with tabs between"
                raise InputError(message, file=path, line=number, value="\t".join(row))
            allowed.add((row[0], row[1]))
    return frozenset(allowed)


def says_guilt(text: str) -> bool:
    """Whether a text holds a word that no name and no label may hold.

    >>> says_guilt("Convicted in 1999"), says_guilt("Committee on the Charter")
    (True, False)
    """
    return _WORDS.search(text) is not None


def _look_at(subject: Node, predicate: Node, value: Node) -> Iterator[Finding]:
    for node in (subject, value):
        if isinstance(node, URIRef) and _WORDS.search(_minted_part(node)):
            yield _WORD.finding(node, message="the name says guilt")
    if not isinstance(predicate, URIRef):
        return
    if _WORDS.search(_local_name(predicate)):
        yield _WORD.finding(subject, predicate, predicate, message="the predicate says guilt")
    if _PREDICATES.search(predicate):
        message = "the predicate states a crime of a person"
        yield _PREDICATE.finding(subject, predicate, value, message=message)
    if predicate in _LABELS and isinstance(value, Literal) and _WORDS.search(value):
        yield _WORD.finding(subject, predicate, value, message="the label says guilt")
    if predicate == RDF.type and str(value).startswith(f"{BASE}scheme/"):
        message = "a concept is no class: nobody and nothing is an instance of a crime"
        yield _TYPE.finding(subject, predicate, value, message=message)


def _minted_part(iri: str) -> str:
    return iri.removeprefix(BASE) if iri.startswith(BASE) else ""


def _local_name(iri: str) -> str:
    return re.split(r"[#/:]", iri)[-1]
