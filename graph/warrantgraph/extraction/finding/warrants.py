"""Finds warrants, summonses, indictments and red notices, and the latest state of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Warrant, WarrantKind, WarrantState
from warrantgraph.extraction.patterns import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.phrases import Analysis

__all__ = ["find_warrants"]


def find_warrants(analysis: Analysis) -> Iterator[Warrant]:
    """The instruments that an article states, one for each subject."""
    rules = load_rules("warrants")
    seen: set[tuple[str, str]] = set()
    for clause in analysis.clauses:
        for found in rules.find(clause):
            instrument = found["instrument"]
            issuer = analysis.of(found["issuer"].keys[:1])[0]
            if instrument.lemma not in set(WarrantKind):
                continue
            for subject in analysis.of(instrument.keys):
                key = (subject.key, instrument.lemma)
                if key not in seen:
                    seen.add(key)
                    yield Warrant(
                        evidence=analysis.evidence(found.start, found.end, found.rule.name),
                        attribution=analysis.attribution(clause),
                        subject=subject,
                        kind=WarrantKind(instrument.lemma),
                        state=WarrantState(found.rule.values["state"]),
                        issuer=issuer,
                    )
