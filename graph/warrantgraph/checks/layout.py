"""The order of the terms in a Turtle file of the ontology.

turtlefmt formats and sorts the prefixes, but not the terms. Sorted, two edits to different
terms touch different places, and a term is found without a tool. Terms are sorted by IRI
within each namespace, so that classes precede properties; the header and the blocks of blank
nodes have no place of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import URIRef

from warrantgraph.checks.rule import Rule
from warrantgraph.reports import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TERM_ORDER", "check_layout"]

TERM_ORDER = Rule(
    "term-order",
    "the terms of a file are sorted within each namespace, and each has one block",
    "Move the block to its place in the order, or join it to the first one about this term.",
)

_PREFIX = re.compile(r"@prefix\s+([\w.-]*):\s*<([^<>]*)>")
_SUBJECT = re.compile(r"([\w.-]+):([\w.-]+)(?=\s)")


def check_layout(path: Path) -> list[Finding]:
    """Return each term that comes later than the order asks for, or a second time.

    A block begins with its subject at the start of a line, which is what turtlefmt writes.
    """
    text = path.read_text(encoding="utf-8")
    namespaces = dict(_PREFIX.findall(text))
    findings: list[Finding] = []
    last: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        subject = _SUBJECT.match(line)
        if subject is None:
            continue
        prefix, name = subject.groups()
        before = last.get(prefix, "")
        if name <= before:
            message = (
                "this term has a second block; write one"
                if name == before
                else f"this term comes after {prefix}:{before}, which sorts behind it"
            )
            term = URIRef(namespaces.get(prefix, f"{prefix}:") + name)
            place = Place(path, number, 1, number, subject.end() + 1)
            findings.append(TERM_ORDER.finding(term, message=message, place=place))
        last[prefix] = max(name, before)
    return findings
