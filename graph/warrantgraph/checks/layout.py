"""The order of the terms in a Turtle file of the ontology.

turtlefmt formats and sorts the prefixes, but not the terms. Sorted, two edits to different
terms touch different places, and a term is found without a tool. Terms are sorted by IRI
within each namespace, so that classes precede properties; the header and the blocks of blank
nodes have no place of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warrantgraph.checks.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_layout"]

_SUBJECT = re.compile(r"([\w.-]+):([\w.-]+)(?=\s)")


def check_layout(path: Path) -> list[Finding]:
    """Return each term that comes later than the order asks for, or a second time.

    A block begins with its subject at the start of a line, which is what turtlefmt writes.
    """
    findings: list[Finding] = []
    last: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        subject = _SUBJECT.match(line)
        if subject is None:
            continue
        prefix, name = subject.groups()
        before = last.get(prefix, "")
        if name <= before:
            message = (
                "has a second block; write one"
                if name == before
                else f"comes after {prefix}:{before}, which sorts behind it"
            )
            findings.append(
                Finding("term-order", "error", message, subject[0], file=path, line=number)
            )
        last[prefix] = max(name, before)
    return findings
