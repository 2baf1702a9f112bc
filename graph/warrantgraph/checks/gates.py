"""The gates of `warrantgraph check`: what is checked, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.checks.competency import term_coverage
from warrantgraph.checks.gate import Gate, NotRunError, Subjects
from warrantgraph.checks.guilt import GUILT_RULES, find_guilt, load_allowed
from warrantgraph.checks.hygiene import RULES, QueryRule, check_hygiene, load_rules
from warrantgraph.checks.layout import TERM_ORDER, check_layout
from warrantgraph.checks.logic import (
    CONSISTENCY_RULES,
    OWL_2_DL,
    examine_consistency,
    examine_profile,
)
from warrantgraph.checks.passages import PASSAGE_RULES, examine_passages
from warrantgraph.checks.quotes import SOURCE_RULES, Sources
from warrantgraph.checks.rule import Examined
from warrantgraph.checks.terms import UNDEFINED_IN_QUERY, check_embedded_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rdflib import Graph

    from warrantgraph.checks.vocabulary import Vocabulary
    from warrantgraph.reports import Finding

__all__ = ["list_gates"]


def list_gates(subjects: Subjects) -> tuple[Gate, ...]:
    """Return the gates, cheap ones first."""
    return (
        *_rule_gates(subjects.vocabulary),
        Gate(
            "layout",
            "The Turtle files of the ontology are in the order that edits and readers rely on.",
            (TERM_ORDER,),
            lambda: _layout(subjects.vocabulary),
        ),
        Gate(
            "competency coverage",
            "The competency questions ask with terms of the ontology; the note tells which terms "
            "no question needs.",
            (UNDEFINED_IN_QUERY,),
            lambda: _coverage(subjects),
        ),
        *_guilt_gates(subjects),
        *_quote_gates(subjects),
        *_reasoner_gates(subjects),
    )


def _rule_gates(vocabulary: Vocabulary) -> tuple[Gate, ...]:
    """The folders of rules; hygiene looks into the SPARQL of the shapes as well."""
    labels, definitions, hygiene = (
        load_rules(RULES / name) for name in ("labels", "definitions", "hygiene")
    )
    return (
        Gate(
            "labels",
            "Every term and concept has one good label in English.",
            labels,
            lambda: _rules(labels, vocabulary),
        ),
        Gate(
            "definitions",
            "Every term and concept has one good definition in English.",
            definitions,
            lambda: _rules(definitions, vocabulary),
        ),
        Gate(
            "hygiene",
            "The ontology is whole and says nothing that this project does not say: header, "
            "domains, ranges, superclasses, schemes, no term that nothing defines.",
            (*hygiene, UNDEFINED_IN_QUERY),
            lambda: _rules(hygiene, vocabulary, check_embedded_queries(vocabulary)),
        ),
    )


def _guilt_gates(subjects: Subjects) -> tuple[Gate, ...]:
    vocabulary = subjects.vocabulary
    return (
        Gate(
            "guilt words in the vocabulary",
            "No term, concept, label or mapping says that somebody did it.",
            GUILT_RULES,
            lambda: _guilt(vocabulary.words, vocabulary),
        ),
        Gate(
            "guilt words in the data",
            "Nothing in the data says that somebody did it.",
            GUILT_RULES,
            lambda: _guilt(subjects.given_data(), vocabulary),
        ),
    )


def _quote_gates(subjects: Subjects) -> tuple[Gate, ...]:
    sources = Sources(subjects.sources)
    return (
        Gate(
            "quotes of the sources",
            "Each quote of the curated sources stands verbatim in its article.",
            SOURCE_RULES,
            sources.examine,
        ),
        Gate(
            "quotes of the data",
            "Each passage in the data is as long as its offsets say, and stands there in the "
            "article where that is at hand.",
            PASSAGE_RULES,
            lambda: examine_passages(subjects.given_data(), sources),
        ),
    )


def _reasoner_gates(subjects: Subjects) -> tuple[Gate, ...]:
    vocabulary = subjects.vocabulary

    def consistency(name: str, about: str, graph: Callable[[], Graph]) -> Gate:
        def check() -> Examined:
            return examine_consistency(graph(), vocabulary)

        return Gate(name, about, CONSISTENCY_RULES, check)

    return (
        Gate(
            "OWL 2 DL profile",
            "The ontology with its schemes is OWL 2 DL, so that no reasoner drops a part of it.",
            (OWL_2_DL,),
            lambda: examine_profile(vocabulary),
        ),
        consistency(
            "consistency of the ontology",
            "HermiT finds no contradiction in the ontology, and no class without members.",
            lambda: vocabulary.ontology,
        ),
        consistency(
            "consistency with schemes",
            "The same with the concepts.",
            lambda: vocabulary.with_schemes,
        ),
        consistency(
            "consistency with data",
            "The same with the concepts and the data.",
            lambda: vocabulary.with_schemes + subjects.given_data(),
        ),
    )


def _rules(
    rules: Sequence[QueryRule], vocabulary: Vocabulary, more: Iterable[Finding] = ()
) -> Examined:
    findings = (*check_hygiene(rules, vocabulary), *more)
    return Examined(findings, f"{len(rules)} rules, {len(vocabulary.everything)} triples")


def _layout(vocabulary: Vocabulary) -> Examined:
    files = (vocabulary.ontology_file, *vocabulary.alignment_files)
    findings = tuple(found for file in files for found in check_layout(file.path))
    return Examined(findings, f"{len(files)} files")


def _coverage(subjects: Subjects) -> Examined:
    files = tuple(subjects.questions.glob("*.rq"))
    if not files:
        raise NotRunError(f"there are no questions in {subjects.questions}")
    coverage = term_coverage(subjects.vocabulary.ontology, files)
    total = len(coverage.used) + len(coverage.unused)
    note = f"{len(coverage.used)} of {total} terms ({coverage.share:.0%}) in {len(files)} questions"
    if coverage.unused:
        note += f"; unused: {', '.join(coverage.unused)}"
    return Examined(coverage.unknown, note)


def _guilt(graph: Graph, vocabulary: Vocabulary) -> Examined:
    """Guilt in a graph; what stands in a file of the vocabulary is placed there."""
    found = find_guilt(graph, load_allowed())
    return Examined(tuple(map(vocabulary.placed, found)), f"{len(graph)} triples")
