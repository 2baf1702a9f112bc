"""One thing that a check found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from warrantgraph.reasoning.wording import shorten

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Finding", "Severity"]

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """What a check found: which rule, about what, how bad, and where if that is known.

    >>> entity = "https://w3id.org/warrantgraph/ontology#Claim"
    >>> print(Finding("label-case", "error", "lower case, please", entity, "label", "Claim"))
    wg:Claim label "Claim": lower case, please [label-case]
    """

    rule: str
    severity: Severity
    message: str
    entity: str = ""
    """IRI of the term, concept or node; empty where the finding is about a file."""
    property: str = ""
    value: str = ""
    file: Path | None = None
    line: int | None = None
    column: int | None = None

    def about(self) -> str:
        """Return entity, property and value in one line."""
        quoted = self.value if _is_iri(self.value) or not self.value else f'"{self.value}"'
        return " ".join(_name(text) for text in (self.entity, self.property, quoted) if text)

    def __str__(self) -> str:
        file = self.file and os.path.relpath(self.file)
        place = ":".join(str(part) for part in (file, self.line, self.column) if part)
        parts = [part for part in (place, self.about(), self.message) if part]
        return f"{': '.join(parts)} [{self.rule}]"


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _name(text: str) -> str:
    return shorten(f"<{text}>") if _is_iri(text) else text
