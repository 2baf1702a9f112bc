"""A finding in words, the same in each format that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from warrantgraph.namespaces import compact
from warrantgraph.reports.formats.visible import clip, one_line, visible
from warrantgraph.reports.wording import shorten

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.reports.finding import Finding, Place

__all__ = ["LONGEST_MESSAGE", "about", "at", "message", "rule_name", "term", "title"]

LONGEST_MESSAGE: Final = 2000
"""Characters of a message that are shown: a shape may put a whole value into its message."""

_LONGEST_TERM: Final = 200


def rule_name(rule: str) -> str:
    """The rule as people read it: an IRI with its prefix, a name as it is.

    >>> rule_name("https://w3id.org/warrantgraph/shapes#Claim"), rule_name("label-case")
    ('shape:Claim', 'label-case')
    """
    return one_line(clip(compact(rule) if ":" in rule else rule, _LONGEST_TERM))


def title(finding: Finding) -> str:
    """The rule and what it is called."""
    label = f" ({message(finding.label)})" if finding.label else ""
    return one_line(f"{rule_name(finding.rule)}{label}")


def term(node: Node) -> str:
    """A term with prefixes, on one line, cut where it is very long."""
    return one_line(clip(shorten(node), _LONGEST_TERM))


def message(text: str) -> str:
    """A message, cut where it is very long; it may have several lines."""
    return visible(clip(text.strip(), LONGEST_MESSAGE))


def about(finding: Finding) -> tuple[tuple[str, str], ...]:
    """What the finding is about, by name: focus node, path, value; what there is of them."""
    parts = (
        ("node", None if finding.focus_node is None else term(finding.focus_node)),
        ("path", None if finding.path is None else one_line(clip(str(finding.path), 400))),
        ("value", None if finding.value is None else term(finding.value)),
    )
    return tuple((name, text) for name, text in parts if text is not None)


def at(place: Place | None) -> str:
    """Line and column of a place as `12:5`; empty where they are not known."""
    if place is None or place.line is None:
        return ""
    return f"{place.line}" if place.column is None else f"{place.line}:{place.column}"
