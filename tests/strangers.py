"""A stranger's repository in examples/, and what is wrong in it, found by searching its text."""

from __future__ import annotations

from pathlib import Path

__all__ = ["EXAMPLE", "FAULTS", "line_of"]

EXAMPLE = Path(__file__).parents[1] / "examples/validation-in-ci"

# What the example has wrong: the shape, the file, the words before the term, and the term itself.
FAULTS = [
    ("Agent-noGuilt", "officials.ttl", "house:guiltyOf ", '"borrowing the moon"@en'),
    ("ArrestWarrant-namesSubject", "warrants.trig", "    ", "warrant:second"),
    ("Claim-quotedText", "claims.ttl", "wg:quotedText ", '"The moon was in its place all day"'),
    ("CourtOrgan-organOf", "officials.ttl", "wg:organOf ", "agent:ruritania"),
    (
        "Passage-exactText-trimmed",
        "article.nt",
        "",
        '"“The moon was in its place all night,” the minister said. "',
    ),
    ("StateOfAffairs-timeGiven", "officials.ttl", "\n", "tenure:specimen"),
    ("TimeExtent-latest", "warrants.trig", "wg:latest ", '"2031-05-34T23:59:59Z"^^xsd:dateTime'),
]
"""The archive's fault is in a format without lines."""


def line_of(file: Path, before: str, term: str) -> tuple[int, int]:
    """Where a term stands, by searching the text for it and for nothing else."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before + term) >= 1
    start = text.index(before + term) + len(before)
    line_start = text.rfind("\n", 0, start) + 1
    return text.count("\n", 0, start) + 1, start - line_start + 1
