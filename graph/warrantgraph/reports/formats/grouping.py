"""Findings by the file they are in, in the order of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.reports.finding import Finding, Place
    from warrantgraph.reports.formats.presentation import Presentation

__all__ = ["IN_NO_FILE", "by_file", "place_of"]

IN_NO_FILE = "(in no file)"
"""Heading of findings that no file speaks of."""


def place_of(finding: Finding) -> Place | None:
    """The offending triple, or else the focus node."""
    return finding.place or finding.focus_place


def by_file(
    findings: Iterable[Finding], presentation: Presentation
) -> dict[str, tuple[Finding, ...]]:
    """The findings by path as it is shown, sorted; those in no file come last."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        place = place_of(finding)
        name = "" if place is None else presentation.path(place.file)
        groups.setdefault(name, []).append(finding)
    return {
        name or IN_NO_FILE: tuple(sorted(groups[name], key=_order))
        for name in sorted(groups, key=lambda name: (not name, name))
    }


def _order(finding: Finding) -> tuple[tuple[int, int], tuple[int | str, ...]]:
    place = place_of(finding)
    line, column = (0, 0) if place is None else (place.line or 0, place.column or 0)
    return (line, column), finding.sort_key
