"""Do the quotes of curators stand in their articles, letter for letter, and once?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import Literal

from warrantgraph.checks.rule import Examined, Rule
from warrantgraph.claims import find_quote, find_words
from warrantgraph.errors import AmbiguousQuoteError, InputError, QuoteNotFoundError
from warrantgraph.namespaces import CURATION, ID, WG
from warrantgraph.reports import Finding, Place
from warrantgraph.source import list_sources, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib import URIRef
    from rdflib.term import Node

    from warrantgraph.source import Source

__all__ = ["SOURCE_RULES", "Sources"]

_NOT_FOUND = Rule(
    "quote-not-found",
    "quoted words stand in the article, letter for letter",
    "Copy the words from article.txt, with their quotation marks, dashes and blanks.",
)
_AMBIGUOUS = Rule(
    "quote-ambiguous",
    "quoted words stand in the article once",
    "Quote more words, or add cur:inSentence with the number of the sentence.",
)
_SENTENCE = Rule(
    "quote-sentence",
    "cur:inSentence is the number of a sentence",
    "Write the number of the sentence that holds the quote, such as 9, without quotation marks.",
)
_UNQUOTED = Rule(
    "claim-without-quote",
    "a claim has words of the article",
    "Add cur:quote with the words that make this claim.",
)
_UNREADABLE = Rule(
    "source-unreadable",
    "a source has an article.txt, and a source.toml and claims.ttl that describe it",
    "Mend the file that is named, or put the missing one there.",
)
SOURCE_RULES = (_UNQUOTED, _AMBIGUOUS, _NOT_FOUND, _SENTENCE, _UNREADABLE)
"""What is asked of sources, sorted by name."""


@dataclass(frozen=True)
class Sources:
    """The curated sources in a folder, each read once."""

    folder: Path

    @cached_property
    def _read(self) -> tuple[dict[str, Source], dict[str, InputError]]:
        """By slug, the sources, and why the others cannot be read.

        Raises:
            MissingFileError: there is no source in the folder.
        """
        sources: dict[str, Source] = {}
        errors: dict[str, InputError] = {}
        for folder in list_sources(self.folder):
            try:
                sources[folder.name] = read_source(folder)
            except InputError as error:
                errors[folder.name] = error
        return sources, errors

    def examine(self) -> Examined:
        """Find quotes that are not in their article; a source that is wrong hides no other."""
        sources, errors = self._read
        findings = [_finding(_UNREADABLE, error) for error in errors.values()]
        quotes = 0
        for source in sources.values():
            graph = source.claims.graph
            quotes += sum(1 for _ in graph.triples((None, CURATION.quote, None)))
            findings += _unquoted(source)
            findings += _misquoted(source)
        total = len(sources) + len(errors)
        return Examined(tuple(findings), f"quotes: {quotes}; sources: {len(sources)} of {total}")

    def article(self, document: Node) -> str | None:
        """The words of a document, or None where it is not a source that can be read."""
        source = self._read[0].get(str(document).removeprefix(ID["document/"]))
        return source.text if source and source.document == document else None


def _unquoted(source: Source) -> Iterator[Finding]:
    graph = source.claims.graph
    for claim in graph.subjects(WG.curatorGloss, unique=True):
        if (claim, CURATION.quote, None) not in graph:
            place = Place(**source.claims.place(claim))
            yield _UNQUOTED.finding(claim, CURATION.quote, place=place)


def _misquoted(source: Source) -> Iterator[Finding]:
    graph = source.claims.graph
    for claim, quote in graph.subject_objects(CURATION.quote):
        try:
            find_quote(source, claim, quote)
        except InputError as error:
            rule = _QUOTE_RULES.get(type(error), _SENTENCE)
            predicate = CURATION.inSentence if rule is _SENTENCE else CURATION.quote
            value = graph.value(claim, predicate) if rule is _SENTENCE else quote
            yield _finding(rule, error, claim, predicate, value)
    for time, words in graph.subject_objects(WG.asWritten):
        try:
            find_words(source, time, words)
        except InputError as error:
            yield _finding(_NOT_FOUND, error, time, WG.asWritten, words)


_QUOTE_RULES: dict[type[InputError], Rule] = {
    AmbiguousQuoteError: _AMBIGUOUS,
    QuoteNotFoundError: _NOT_FOUND,
}


def _finding(
    rule: Rule,
    error: InputError,
    focus_node: Node | None = None,
    predicate: URIRef | None = None,
    value: Node | None = None,
) -> Finding:
    """An error of a source as a finding: its hint tells more of how to mend it."""
    mend = rule.mend
    if error.hint and rule is _AMBIGUOUS:  # the hint says the same, with the numbers
        mend = f"{error.hint[0].upper()}{error.hint[1:]}."
    elif error.hint:
        mend = f"{rule.mend.removesuffix('.')} ({error.hint})."
    place = Place(error.file, error.line, error.column) if error.file else None
    said = None if error.value is None else Literal(error.value)
    return rule.finding(
        focus_node,
        predicate,
        said if value is None else value,
        message=error.message,
        mend=mend,
        place=place,
    )
