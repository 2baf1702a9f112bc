"""What a check asks and how it answers: rules in words, and what came of looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from warrantgraph.paths import Predicate
from warrantgraph.reports import Finding, Place, Severity

if TYPE_CHECKING:
    from rdflib import URIRef
    from rdflib.term import Node

__all__ = ["Examined", "Rule"]


@dataclass(frozen=True)
class Rule:
    """Something that always holds, and what to do where it does not."""

    name: str
    """Such as `label-case`; no two rules share one."""

    label: str
    """The rule in words."""

    mend: str
    """How to mend what breaks it."""

    severity: Severity = Severity.VIOLATION

    def finding(
        self,
        focus_node: Node | None = None,
        predicate: URIRef | None = None,
        value: Node | None = None,
        *,
        message: str = "",
        mend: str = "",
        place: Place | None = None,
    ) -> Finding:
        """Say that the rule does not hold; without a message, in the words of the rule.

        >>> rule = Rule("imports", "the ontology imports nothing", "Remove owl:imports.")
        >>> rule.finding().message, rule.finding().severity
        ('the ontology imports nothing', <Severity.VIOLATION: 'Violation'>)
        """
        return Finding(
            rule=self.name,
            severity=self.severity,
            message=message or self.label,
            focus_node=focus_node,
            path=None if predicate is None else Predicate(predicate),
            value=value,
            mend=mend or self.mend,
            place=place,
            label=self.label,
        )


class Examined(NamedTuple):
    """What a check found, and what it looked at: finding nothing in nothing is no good news."""

    findings: tuple[Finding, ...]
    note: str = ""
    decided: bool = True
    """Whether the question was answered; if not, the findings say what is in the way."""
