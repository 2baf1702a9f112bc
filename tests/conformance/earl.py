"""Writes outcomes in W3C's Evaluation and Report Language, EARL 1.0, as Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.outcome import Verdict

__all__ = ["write_earl"]

_HEAD: Final = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doap: <http://usefulinc.com/ns/doap#> .
@prefix earl: <http://www.w3.org/ns/earl#> .

_:subject a doap:Project , earl:Software , earl:TestSubject ;
    doap:name "warrantgraph" ;
    doap:release [ doap:revision {version} ] .

_:driver a earl:Assertor , earl:Software ;
    doap:name "the conformance driver of warrantgraph" .
"""

_ASSERTION: Final = """
[] a earl:Assertion ;
    earl:assertedBy _:driver ;
    earl:mode earl:automatic ;
    earl:result [ a earl:TestResult ;{note} earl:outcome earl:{outcome} ] ;
    earl:subject _:subject ;
    earl:test <{iri}> .
"""


def write_earl(outcomes: Iterable[tuple[str, Verdict]], version: str) -> str:
    """One assertion for each test, by its IRI; no date, so that equal runs write equal reports."""
    pieces = [_HEAD.format(version=_quote(version))]
    for iri, verdict in outcomes:
        note = f" dcterms:description {_quote(verdict.note)} ;" if verdict.note else ""
        outcome = verdict.outcome.value
        pieces.append(_ASSERTION.format(note=note, outcome=outcome, iri=iri))
    return "".join(pieces)


def _quote(words: str) -> str:
    return str(Literal(words))
