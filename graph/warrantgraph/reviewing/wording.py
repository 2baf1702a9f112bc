"""Says in words what a claim would state: its contents, who says it, and over whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from warrantgraph.namespaces import CURATION, ID, WG, compact
from warrantgraph.reports.formats.visible import harmless, one_line
from warrantgraph.reviewing.deciding import status_of
from warrantgraph.reviewing.drafts import contents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from warrantgraph.reviewing.blocks import BlockText, Written

__all__ = ["Line", "Wording", "plain"]

_ELSEWHERE = frozenset(
    {
        CURATION.inSentence,
        CURATION.quote,
        CURATION.reportedBy,
        CURATION.reviewedAt,
        CURATION.reviewedBy,
        CURATION.rule,
        CURATION.status,
        RDF.type,
        RDFS.label,
        WG.allegesConduct,
        WG.answersMatter,
        WG.assertedBy,
        WG.assertedIn,
        WG.curatorGloss,
        WG.hasContent,
        WG.statesProperty,
    }
)
"""What a reviewer sees in another place, or need not see."""


@dataclass(frozen=True)
class Line:
    """One line of what a claim states; `depth` is how far it is set in."""

    depth: int
    text: str


def plain(text: str) -> str:
    r"""Text of others on one line of a terminal: nothing in it steers, hides or turns around.

    >>> print(plain("a\x1b[2J\nb"))
    a\x1b[2J\nb
    """
    return harmless(one_line(text))


class Wording:
    """Names things by their labels: those of the file, the authority and the vocabulary."""

    def __init__(self, *known: Graph) -> None:
        self._labels: dict[Node, str] = {}
        for graph in known:
            for term in (SKOS.prefLabel, RDFS.label):
                self._labels |= {s: str(label) for s, label in graph.subject_objects(term)}

    def states(self, blocks: BlockText, claim: URIRef) -> list[Line]:
        """What a claim would state, line by line."""
        stated = {said.value for said in blocks.said(claim, WG.statesProperty)}
        lines: list[Line] = []
        for content in contents(blocks, claim):
            lines.append(Line(0, self._headed(blocks, content)))
            said = [
                each
                for each in blocks.said(content)
                if each.predicate not in _ELSEWHERE and (not stated or each.predicate in stated)
            ]
            lines += self._lines(blocks, said, 1)
        said = [each for each in blocks.said(claim) if each.predicate not in _ELSEWHERE]
        return lines + self._lines(blocks, said, 0)

    def says(self, blocks: BlockText, claim: URIRef, document: str) -> str:
        """Who says it, through whom and where."""
        speakers = self._all(blocks, claim, WG.assertedBy)
        reporters = self._all(blocks, claim, CURATION.reportedBy)
        documents = self._all(blocks, claim, WG.assertedIn)
        if not speakers:
            return f"the document itself: {plain(document)}"
        parts = [speakers]
        if documents:
            parts.append(f"in {documents}")
        if reporters:
            parts.append(f"as {reporters} reports")
        return ", ".join(parts)

    def kind(self, blocks: BlockText, subject: Node) -> str:
        """The class of a thing, in words."""
        kinds = [said.value for said in blocks.said(subject, RDF.type)]
        return ", ".join(self._label(blocks, kind) for kind in kinds)

    def value(self, blocks: BlockText, value: Node) -> str:
        """One value in words: a time with its date, a claim with its gloss."""
        if isinstance(value, Literal):
            return f"“{plain(str(value))}”" if value.datatype is None else plain(str(value))
        if str(value).startswith(ID["claim/"]):
            gloss, status = _first(blocks, value, WG.curatorGloss), status_of(blocks, value)
            name = plain(str(value).rsplit("/", 1)[-1])
            said = f" “{plain(gloss)}”" if gloss else ""
            return name + said + (f" ({status})" if status else "")
        words, edtf = _first(blocks, value, WG.asWritten), _first(blocks, value, WG.edtf)
        if words is not None:
            date = plain(edtf) if edtf else "a time without a date"
            return f"{date}, as written “{plain(words)}”"
        return self._label(blocks, value)

    def _lines(self, blocks: BlockText, said: Iterable[Written], depth: int) -> list[Line]:
        values: dict[Node, list[str]] = {}
        for each in said:
            values.setdefault(each.predicate, []).append(self.value(blocks, each.value))
        return [
            Line(depth, f"{self._label(blocks, predicate)}: {'; '.join(words)}")
            for predicate, words in values.items()
        ]

    def _headed(self, blocks: BlockText, content: Node) -> str:
        kind = self.kind(blocks, content)
        return self.value(blocks, content) + (f" ({kind})" if kind else "")

    def _all(self, blocks: BlockText, claim: Node, predicate: URIRef) -> str:
        return " and ".join(
            self.value(blocks, said.value) for said in blocks.said(claim, predicate)
        )

    def _label(self, blocks: BlockText, thing: Node) -> str:
        found = _first(blocks, thing, RDFS.label) or self._labels.get(thing)
        if found is None and str(thing).startswith(ID):
            found = str(thing).rsplit("/", 1)[-1].replace("-", " ")
        return plain(found or compact(str(thing)))


def _first(blocks: BlockText, subject: Node, predicate: URIRef) -> str | None:
    return next((str(said.value) for said in blocks.said(subject, predicate)), None)
