"""Finds direct speech whose speaker the text names or describes.

A quotation belongs to the frame of speech that stands right after it, else to the nearest one
before it in its sentence, else to the tag at the end. A quotation that fills its sentence goes on
from the one before it, or is introduced by the sentence before. Quoted terms that nobody says are
left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Attribution, Statement
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.patterns import load_rules
from warrantgraph.extraction.phrases.items import Item, ItemKind
from warrantgraph.extraction.phrases.speech import Frame, find_frames
from warrantgraph.extraction.reading import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warrantgraph.extraction.phrases import Analysis
    from warrantgraph.extraction.reading import Quotation

__all__ = ["find_statements"]

_FEWEST_WORDS = 3
_NAMING = ("so-called", "titled", "entitled", "dubbed", "nicknamed", "named", "hashtag", "slogan")
_CLOSING = (",", ".", "!", "?", ")", "”", '"', "’", "'", "»")


@dataclass(frozen=True)
class _Block:
    """Sentences that quotations hold together: items, each quotation one of them."""

    items: list[Item]
    quotations: dict[int, Quotation]
    """By the place of the item that stands for it."""
    first: int
    last: int
    """Numbers of the rows."""


@dataclass(frozen=True)
class _Said:
    """A quotation with its speaker, to continue from."""

    speaker: str
    reporter: str | None
    row: int


def find_statements(analysis: Analysis) -> Iterator[Statement]:
    """The direct speech of an article, in order: one fact for each pair of marks."""
    rules = load_rules("statements").rules
    last: _Said | None = None
    for block in _blocks(analysis):
        frames = find_frames(block.items)
        for place, quotation in block.quotations.items():
            found = _framed(block, frames, place)
            if found is None:
                rule = "continued"
                last = _carried_on(analysis, block, place, last)
                frame = None
            else:
                rule, frame = found
                reporter = frame.reporter or _reporter(block, frames, place, frame)
                last = _Said(frame.keys[0], reporter, block.last)
            if last is None or _only_names(block, place):
                continue
            item = block.items[place]
            start, end = item.start, item.end
            if frame is not None:
                start = min(start, block.items[frame.start].start)
                end = max(end, block.items[frame.end - 1].end)
            yield Statement(
                evidence=analysis.evidence(start, end, rules[rule].name),
                attribution=_attribution(analysis, last),
                quoted=quotation.inner,
            )


def _attribution(analysis: Analysis, said: _Said) -> Attribution:
    reporter = said.reporter if said.reporter != said.speaker else None
    return Attribution(
        analysis.entities[said.speaker],
        analysis.entities[reporter] if reporter is not None else None,
    )


def _blocks(analysis: Analysis) -> Iterator[_Block]:
    """The sentences that have quotations of some words, joined where one runs on."""
    at = 0
    rows = analysis.rows
    while at < len(rows):
        first = at
        items: list[Item] = []
        quotations: dict[int, Quotation] = {}
        reaches = True
        while reaches and at < len(rows):
            reaches = False
            if rows[at].sentence.line in (LineKind.POINTER, LineKind.CREDIT):
                at += 1
                break
            for item in rows[at].items:
                quotation = analysis.text.quotation_at(item.start)
                if quotation is None or not _long(analysis, quotation):
                    items.append(item)
                elif not quotations or list(quotations.values())[-1] != quotation:
                    quotations[len(items)] = quotation
                    items.append(Item(item.start, _end(analysis, quotation), ItemKind.QUOTE, "“”"))
            if quotations:
                end = list(quotations.values())[-1].outer.end
                reaches = end > rows[at].sentence.span.end or _runs_on(analysis, at)
            at += 1
        if quotations:
            yield _Block(items, quotations, first, at - 1)


def _runs_on(analysis: Analysis, at: int) -> bool:
    """Whether a sentence goes on after a quotation that ends in a mark: "Who?" asked the judge."""
    rows = analysis.rows
    if at + 1 >= len(rows):
        return False
    start, end = rows[at].sentence.span.end, rows[at + 1].sentence.span.start
    text = analysis.text.article.text
    return "\n" not in text[start:end] and text[end : end + 1].islower()


def _long(analysis: Analysis, quotation: Quotation) -> bool:
    words = analysis.words(quotation.inner).split()
    return sum(any(map(str.isalnum, word)) for word in words) >= _FEWEST_WORDS


def _end(analysis: Analysis, quotation: Quotation) -> int:
    return min(analysis.text.token_at(quotation.outer.end), len(analysis.text.doc))


def _framed(block: _Block, frames: Sequence[Frame], place: int) -> tuple[str, Frame] | None:
    """The rule and the frame that a quotation belongs to in its own sentence."""
    speaking = [frame for frame in frames if frame.verb != "according"]
    after = [frame for frame in speaking if frame.start > place]
    before = [frame for frame in speaking if frame.at < place]
    if before:
        after = [frame for frame in after if frame.verb not in ("report", "quote", "cite")]
    for frame in after:
        if all(_closes(item) for item in block.items[place + 1 : frame.start]):
            return ("inverted" if frame.inverted else "tagged"), frame
    if before:
        return "introduced", before[-1]
    for frame in after:
        if block.items[frame.start - 1].kind is ItemKind.QUOTE or block.items[
            frame.start - 1
        ].lemma in (",", "”", '"'):
            return "tagged", frame
    for frame in frames:
        if frame.verb == "according":
            return "according-to", frame
    return None


def _closes(item: Item) -> bool:
    return item.lemma in _CLOSING or (
        item.kind is ItemKind.WORD and item.lemma in word_list("words", "adverbs")
    )


def _reporter(block: _Block, frames: Sequence[Frame], place: int, chosen: Frame) -> str | None:
    """Who the text says reported what a speaker said: "..., he said, according to X"."""
    for frame in frames:
        if frame is not chosen and frame.verb == "according":
            return frame.keys[0]
    for frame in frames:
        tag = frame.at > max(place, chosen.at) and frame.verb in ("report", "quote")
        if tag and block.items[frame.start].kind is ItemKind.ORGANIZATION:
            return frame.keys[0]
    return None


def _carried_on(analysis: Analysis, block: _Block, place: int, last: _Said | None) -> _Said | None:
    """Who speaks in a quotation that stands alone: as before, or as the sentence before says."""
    rest = (item for item in block.items if item.kind is not ItemKind.QUOTE)
    if place != 0 or not all(_closes(item) for item in rest):
        return None
    if analysis.rows[block.first].sentence.line is LineKind.HEADLINE:
        return None
    if last is not None and last.row >= block.first - 1:
        return _Said(last.speaker, last.reporter, block.last)
    if not block.first:
        return None
    items = analysis.rows[block.first - 1].items
    introduces = bool(items) and items[-1].lemma == ":"
    frames = find_frames(items, "quoting" if introduces else "speech")
    frames = [frame for frame in frames if frame.verb != "according"]
    if frames:
        return _Said(frames[-1].keys[0], frames[-1].reporter, block.last)
    return None


def _only_names(block: _Block, place: int) -> bool:
    """Whether marks stand around a title or a nickname."""
    before = block.items[place - 1] if place else None
    if before is not None and before.lemma == "call" and place > 2:
        return block.items[place - 3].lemma in ("that", "which")
    if before is None or before.lemma not in (*_NAMING, "as"):
        return False
    known = block.items[place - 2].lemma if place > 1 else ""
    return before.lemma != "as" or known in ("known", "nicknamed", "dubbed")
