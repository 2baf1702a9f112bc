"""An article ready for the rules: its clauses, who is spoken of, and what each is described by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Attribution, Entity, Evidence
from warrantgraph.extraction.phrases.clauses import Clause, split_clauses
from warrantgraph.extraction.phrases.itemizing import Itemizer
from warrantgraph.extraction.phrases.joining import Joiner
from warrantgraph.extraction.phrases.speech import find_frames
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warrantgraph.extraction.names import Mention, Names
    from warrantgraph.extraction.phrases.items import Description, Item
    from warrantgraph.extraction.reading import Sentence, Text
    from warrantgraph.sentences import Span

__all__ = ["Analysis", "Row", "analyse"]

_NEAR = 40
"""Tokens within which a name stands beside what describes it."""


@dataclass(frozen=True)
class Row:
    """A sentence with all its items, and its clauses."""

    sentence: Sentence
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Analysis:
    """An article as the rules see it."""

    text: Text
    entities: Mapping[str, Entity]
    """By key; with those whom the text describes without a name."""
    rows: tuple[Row, ...]
    descriptions: tuple[Description, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all sentences that speak of this article's news, in order."""
        return tuple(
            clause
            for row in self.rows
            if row.sentence.line in (LineKind.BODY, LineKind.HEADLINE)
            for clause in row.clauses
        )

    def sentence_of(self, token: int) -> int:
        """Number of the sentence that a token stands in."""
        return self.rows[bisect_right(self._starts, token) - 1].sentence.number

    def with_name(self, description: Description) -> tuple[int, int]:
        """Tokens of a description together with the name that stands beside it."""
        start, end = description.start, description.end
        first = bisect_left(self._mentioned, start - _NEAR)
        last = bisect_right(self._mentioned, start + _NEAR)
        beside = [
            (mention.start, mention.end)
            for mention in self.mentions[first:last]
            if mention.key == description.person
        ]
        if not beside:
            return start, end
        name = min(beside, key=lambda span: abs(span[0] - end))
        return min(start, name[0]), max(end, name[1])

    @cached_property
    def _starts(self) -> list[int]:
        return [row.sentence.start for row in self.rows]

    @cached_property
    def _mentioned(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def of(self, keys: Iterable[str]) -> tuple[Entity, ...]:
        """The entities of some keys."""
        return tuple(self.entities[key] for key in keys)

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """Tokens of the text as evidence, without white space or marks at their ends."""
        return Evidence(self.text.span(start, end), rule)

    def attribution(self, clause: Clause) -> Attribution:
        """Who says what a clause says."""
        if not clause.speakers:
            return Attribution()
        speaker = self.entities[clause.speakers[-1]]
        outer = self.entities[clause.speakers[0]] if len(clause.speakers) > 1 else None
        return Attribution(speaker, outer)

    def words(self, span: Span) -> str:
        """The text of a span, as it stands."""
        return self.text.words(span)


def analyse(text: Text, names: Names) -> Analysis:
    """Divide an article into clauses, and follow who is spoken of from one to the next."""
    itemizer = Itemizer(text, names)
    joiner = Joiner(itemizer)
    rows: list[Row] = []
    for sentence in text.sentences:
        if sentence.line in (LineKind.POINTER, LineKind.CREDIT):
            rows.append(Row(sentence, (), ()))  # nobody there is meant by a later "she"
            continue
        items = joiner.join(itemizer.itemize(sentence))
        for frame in find_frames(items):
            itemizer.discourse.speaks(frame.keys)
        rows.append(Row(sentence, tuple(items), tuple(split_clauses(sentence, items))))
    return Analysis(
        text,
        itemizer.discourse.entities,
        tuple(rows),
        tuple(itemizer.descriptions.all),
        names.mentions,
    )
