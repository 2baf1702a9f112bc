"""Do passages in data hold the words that stand at their offsets?

Offsets count Unicode code points, and the end is exclusive. Where the document of a passage is
one of the sources at hand, its article must have this very text there; what curators quote is the
matter of `quotes`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rdflib import Literal

from warrantgraph.checks.rule import Examined, Rule
from warrantgraph.namespaces import WG, compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from warrantgraph.checks.quotes import Sources
    from warrantgraph.reports import Finding

__all__ = ["PASSAGE_RULES", "examine_passages"]

_FORM = Rule(
    "passage-form",
    "a passage has one text with words in it, one start and one end, both whole numbers",
    "Give the passage one wg:exactText, one wg:startOffset and one wg:endOffset.",
)
_LENGTH = Rule(
    "passage-length",
    "the text of a passage is as long as its offsets say",
    "Count Unicode code points, the end exclusive: wg:endOffset less wg:startOffset is the length.",
)
_TEXT = Rule(
    "passage-text",
    "the text of a passage stands in its document at its offsets",
    "Take text and offsets from the article as it is; do not change the words.",
)
PASSAGE_RULES = (_FORM, _LENGTH, _TEXT)
"""What is asked of passages, sorted by name."""

_SHOWN = 100
"""Code points of a text that a message shows."""


class _Passage(NamedTuple):
    node: Node
    text: Literal
    start: int
    end: int


def examine_passages(data: Graph, sources: Sources) -> Examined:
    """Find passages whose text is not what stands at their offsets."""
    findings: list[Finding] = []
    seen = Counter[str]()
    for node in data.subjects(WG.exactText, unique=True):
        seen["passages"] += 1
        passage = _read_passage(data, node)
        if passage is None:
            findings.append(_FORM.finding(node))
            continue
        if len(passage.text) != passage.end - passage.start:
            apart = passage.end - passage.start
            message = f"{len(passage.text)} code points, and offsets that are {apart} apart"
            findings.append(_LENGTH.finding(node, WG.exactText, passage.text, message=message))
        for document in data.objects(node, WG.inDocument):
            article = sources.article(document)
            if article is not None:
                seen["compared"] += 1
                findings += _compare(passage, document, article)
    note = f"passages: {seen['passages']}; compared with their article: {seen['compared']}"
    return Examined(tuple(findings), note)


def _read_passage(data: Graph, node: Node) -> _Passage | None:
    terms = (WG.exactText, WG.startOffset, WG.endOffset)
    values = [list(data.objects(node, term)) for term in terms]
    if any(len(found) != 1 for found in values):
        return None
    text, start, end = (found[0] for found in values)
    first, last = _offset(start), _offset(end)
    if not isinstance(text, Literal) or not text.strip() or first is None or last is None:
        return None
    return _Passage(node, text, first, last)


def _offset(term: Node) -> int | None:
    value: object = term.toPython() if isinstance(term, Literal) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _compare(passage: _Passage, document: Node, article: str) -> Iterator[Finding]:
    there = article[passage.start : passage.end]
    if there == str(passage.text):
        return
    has = f"has “{_cut(there)}”" if there else "has no words"
    message = (
        f"{compact(str(document))} {has} at {passage.start} to {passage.end}, "
        "and not the text of the passage"
    )
    yield _TEXT.finding(passage.node, WG.exactText, passage.text, message=message)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
