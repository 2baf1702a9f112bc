"""Compares curated claims with drafts of the same text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDFS, Literal

from warrantgraph.evaluation.coverage.kinds import kind_of_class
from warrantgraph.evaluation.wording import head_of_office
from warrantgraph.namespaces import WG

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.evaluation.coverage.reading import Claim, Content, Reading

__all__ = ["Comparison", "Counterpart", "Coverage", "Grade", "compare"]

_IN_WORDS: Final = ("allegedOrigin", "allegedPurpose", "allegedVictimGroup")
"""What drafts say of alleged conduct by its wording, without nodes of their own for it."""


class Grade(StrEnum):
    """How far the drafts have a curated claim."""

    COVERED = "covered"
    PARTLY = "partly"
    MISSED = "missed"


@dataclass(frozen=True)
class Counterpart:
    """A draft that shares words and topic with a curated claim, and in what the two differ."""

    draft: Claim
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """A curated claim, and the draft that comes nearest to it."""

    claim: Claim
    nearest: Counterpart | None

    @property
    def grade(self) -> Grade:
        """Covered where the two differ in nothing that counts."""
        if self.nearest is None:
            return Grade.MISSED
        return Grade.PARTLY if self.nearest.differences else Grade.COVERED


@dataclass(frozen=True)
class Coverage:
    """All claims of one source, compared; `unmatched` are drafts without any counterpart."""

    name: str
    """Slug of the source."""
    extractor: str
    comparisons: tuple[Comparison, ...]
    drafts: tuple[Claim, ...]
    unmatched: tuple[Claim, ...]
    by_curators: int
    left_out: int
    """Facts, or parts of them, that could not be written as drafts."""

    def count(self, grade: Grade) -> int:
        """How many claims have a grade."""
        return sum(each.grade is grade for each in self.comparisons)

    def figures(self) -> dict[str, float | None]:
        """What can be required of it, by name."""
        total = len(self.comparisons)
        missed, covered = self.count(Grade.MISSED), self.count(Grade.COVERED)
        return {
            "coverage.covered": covered / total if total else None,
            "coverage.touched": (total - missed) / total if total else None,
            "coverage.missed": missed,
            "coverage.unmatched": len(self.unmatched),
        }


def compare(
    curated: Reading, drafted: Reading, *, extractor: str = "", left_out: int = 0
) -> Coverage:
    """Look for each curated claim among the drafts of the same text."""
    comparer = _Comparer(curated, drafted)
    matched: set[Claim] = set()
    comparisons: list[Comparison] = []
    for claim in curated.claims:
        found = [
            Counterpart(draft, comparer.differences(claim, draft))
            for draft in drafted.claims
            if claim.topics & comparer.topics(claim, draft) and _shared(claim, draft)
        ]
        matched.update(each.draft for each in found)
        rank = {id(each): (len(each.differences), -_shared(claim, each.draft)) for each in found}
        comparisons.append(Comparison(claim, min(found, key=lambda x: rank[id(x)], default=None)))
    return Coverage(
        name=curated.source.slug,
        extractor=extractor,
        comparisons=tuple(comparisons),
        drafts=drafted.claims,
        unmatched=tuple(draft for draft in drafted.claims if draft not in matched),
        by_curators=curated.by_curators,
        left_out=left_out,
    )


def _shared(claim: Claim, draft: Claim) -> int:
    """How many characters two claims share."""
    pairs = ((one, other) for one in claim.spans for other in draft.spans)
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x, y in pairs)


class _Comparer:
    """What comparing needs to know of both sides."""

    def __init__(self, curated: Reading, drafted: Reading) -> None:
        self._curated = curated
        self._drafted = drafted

    def topics(self, claim: Claim, draft: Claim) -> frozenset[str]:
        """The topics of a draft; somebody's very words are of the topic of a claim with these."""
        if draft.class_name != "Statement":
            return draft.topics
        said = self._curated.values(claim.node, "quotedText")
        return (
            claim.topics if said & self._drafted.values(draft.node, "quotedText") else frozenset()
        )

    def differences(self, claim: Claim, draft: Claim) -> tuple[str, ...]:
        """In what a draft falls short of a claim; nothing where it covers it."""
        found: list[str] = []
        if claim.class_name != draft.class_name:
            found.append("class of claim")
        if not self._same(claim.speaker, draft.speaker):
            found.append("speaker")
        if not self._values_agree(claim.node, draft.node, "polarity"):
            found.append("polarity")
        if not self._crimes_agree(claim, draft):
            found.append("legalCharacterization")
        told = [content for content in claim.contents if kind_of_class(content.class_name)]
        if told:
            pairs = [
                self._differences(claim, draft, one, other)
                for one in told
                for other in draft.contents
                if one.kind == other.kind
            ]
            found += sorted(pairs, key=len)[0] if pairs else ["content"]
        elif claim.contents and claim.class_name == "Claim":
            found.append("content")
        return tuple(found)

    def _differences(
        self, claim: Claim, draft: Claim, content: Content, drafted: Content
    ) -> list[str]:
        """In what two contents of one kind differ, of what identifies them or is stated."""
        kind = kind_of_class(content.class_name)
        keys = kind.keys[content.class_name] if kind else ()
        stated = sorted(str(each).removeprefix(WG) for each in claim.stated)
        paths = [*keys, *(each for each in stated if each not in {k.split("/")[0] for k in keys})]
        differences = [] if content.class_name == drafted.class_name else ["class of content"]
        return differences + [
            path.rsplit("/", 1)[-1]
            for path in paths
            if not self._values_agree(content.node, drafted.node, path)
            and not (path in _IN_WORDS and self._is_worded(claim, draft, drafted))
        ]

    def _values_agree(self, curated: Node, drafted: Node, path: str) -> bool:
        """Whether each value on the curated side is one of the draft's too."""
        there = self._drafted.values(drafted, path)
        return all(
            any(self._same(value, other) for other in there)
            for value in self._curated.values(curated, path)
        )

    def _crimes_agree(self, claim: Claim, draft: Claim) -> bool:
        """Whether a draft has one of the categories of crime of a claim, or a finer one."""
        wanted = {str(each) for each in self._curated.values(claim.node, "legalCharacterization")}
        found = {str(each) for each in self._drafted.values(draft.node, "legalCharacterization")}
        return not wanted or any(f"{y}-".startswith(f"{x}-") for x in wanted for y in found)

    def _is_worded(self, claim: Claim, draft: Claim, conduct: Content) -> bool:
        """Whether the wording of a draft's conduct stands in words of the claim."""
        text = self._drafted.source.text
        for wording in map(str, self._drafted.values(conduct.node, "conductWording")):
            for span in draft.spans:
                start = text.find(wording, span.start, span.end)
                end = start + len(wording)
                if start >= 0 and any(start < x.end and x.start < end for x in claim.spans):
                    return True
        return False

    def _same(self, curated: Node | None, drafted: Node | None) -> bool:
        """Whether two values are the same: one IRI or literal, one date, one name, one subject."""
        if curated == drafted:
            return True
        if curated is None or drafted is None or isinstance(curated, Literal):
            return False
        for path in ("edtf", "asWritten"):
            wanted, found = self._curated.values(curated, path), self._drafted.values(drafted, path)
            if wanted and found:
                return bool(wanted & found)
        subject = "namesSubject"
        if self._curated.values(curated, subject) and self._drafted.values(drafted, subject):
            return self._values_agree(curated, drafted, subject)
        if self._curated.names(curated) & self._drafted.names(drafted):
            return True
        return bool(self._heads(self._curated, curated) & self._heads(self._drafted, drafted))

    @staticmethod
    def _heads(reading: Reading, node: Node) -> set[str]:
        """The head nouns of the labels of an office."""
        if "/office/" not in str(node):
            return set()
        return {head_of_office(str(each)) for each in reading.graph.objects(node, RDFS.label)}
