"""Claims and what they speak of as blocks of Turtle, in the form that turtlefmt keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warrantgraph.namespaces import BASE, CURATION, ID, KINDS, PREFIXES, SCHEMES, WG

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Block", "english", "literal", "write_prefixes"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_PREFIXED = re.compile(r'"(?:[^"\\]|\\.)*"|([a-z][a-z-]*):(?=[a-zA-Z0-9])')

SHARED = frozenset({"group", "organization", "person", "place", "state"})
"""Kinds of things that the authority knows some of; a source's own have the prefix `article-`."""


FOR_REVIEWERS = frozenset({"cur", "skos", "wg", "xsd"})
"""Prefixes that whoever reviews or mends a claim needs, used or not."""


@dataclass
class Block:
    """Everything that is said of one thing; terms and literals as Turtle writes them."""

    subject: str
    kind: str
    statements: list[tuple[str, tuple[str, ...]]] = field(
        default_factory=list["tuple[str, tuple[str, ...]]"]
    )

    def say(self, term: str, *values: str | None) -> Block:
        """Add what is known of a property; nothing, where no value is given."""
        given = tuple(dict.fromkeys(value for value in values if value is not None))
        if given:
            self.statements.append((term, given))
        return self

    def write(self) -> str:
        """The block, one property a line."""
        lines = [f"{self.subject} a {self.kind}"]
        lines += [f"    {term} {' , '.join(values)}" for term, values in self.statements]
        return " ;\n".join(lines) + " .\n"


def literal(text: str) -> str:
    r"""The text as a plain string of Turtle.

    >>> literal('He said "no".')
    '"He said \\"no\\"."'
    """
    return f'"{text.translate(_ESCAPES)}"'


def english(text: str) -> str:
    """The text as a string in English."""
    return f"{literal(text)}@en"


def write_prefixes(slug: str, blocks: Iterable[str]) -> str:
    """The prefixes that some blocks use, sorted; things of the source's own carry its slug."""
    known = {"cur": str(CURATION)} | PREFIXES
    own = {kind: f"{ID}{kind}/{slug}/" for kind in KINDS if kind not in SHARED | {"document"}}
    own |= {f"article-{kind}": f"{ID}{kind}/{slug}/" for kind in SHARED}
    schemes = {prefix: f"{BASE}scheme/{name}/" for prefix, name in SCHEMES.items()}
    known |= own | schemes | {"wg": str(WG)}
    used = {found[1] for text in blocks for found in _PREFIXED.finditer(text) if found[1]}
    declared = sorted((used | FOR_REVIEWERS) & set(known))
    return "".join(f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in declared)
