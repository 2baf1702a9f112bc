"""Gives findings their places: file, line and column of the focus node and of the wrong triple.

The files are read again, since nothing is remembered of each triple while they are validated.
First pyoxigraph says which file shows what the findings speak of; then only the files that show
some of it are scanned for where that is written. What is not certain gets the file alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from warrantgraph.errors import InputError
from warrantgraph.positions import PLACED_FORMATS, find_statements, lines_and_columns
from warrantgraph.reports import Finding, Place
from warrantgraph.validation.places.quoting import quote_of
from warrantgraph.validation.places.seeking import Spot, Wanted
from warrantgraph.validation.places.skimming import skim

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from pathlib import Path

    import pyoxigraph as ox
    from rdflib import Graph

__all__ = ["Locatable", "locate"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Locatable(Protocol):
    """What can be read again, as an `Input` can."""

    @property
    def name(self) -> Path:
        """What it is called in reports."""
        ...

    @property
    def format(self) -> ox.RdfFormat:
        """What it is written in."""
        ...

    @property
    def base(self) -> str | None:
        """The IRI that relative ones are resolved against."""
        ...

    def read(self) -> bytes:
        """Return all of it; raises OSError when it is gone."""
        ...


def locate(
    findings: Iterable[Finding],
    files: Sequence[Locatable],
    *,
    graph: Graph | None = None,
    unread: Container[int] = (),
) -> list[Finding]:
    """Return the findings with their places, and with `graph` the words they rest on.

    The files are those that were validated, in the same order: findings name a blank node by the
    number of its file and its own, as in `f3.b7`. `unread` are the numbers of files that could not
    be read. A place has a line and a column in Turtle, TriG, N-Triples and N-Quads; in other
    formats, and where a file is gone or has changed, it is the file. Never raises for a file.
    """
    findings = list(findings)
    wanted = Wanted(findings)
    for number, file in enumerate(files):
        if number not in unread:
            _look_through(number, file, wanted)
    focuses = [wanted.focus(finding) for finding in findings]
    offending = [wanted.offending(finding) for finding in findings]
    places = _Places(files, [spot for spot in (*focuses, *offending) if spot is not None])
    located: list[Finding] = []
    for finding, focus, wrong in zip(findings, focuses, offending, strict=True):
        focus_place = places.of(focus) or finding.focus_place
        place = places.of(wrong) or finding.place or focus_place
        quote = finding.quote
        if quote is None and graph is not None and finding.focus_node is not None:
            quote = quote_of(finding.focus_node, graph)
        located.append(replace(finding, place=place, focus_place=focus_place, quote=quote))
    return located


def _look_through(number: int, file: Locatable, wanted: Wanted) -> None:
    try:
        content = file.read().removeprefix(_BYTE_ORDER_MARK)
        blank = wanted.blank.get(number, {})
        wanted.take(number, skim(content, file.format, file.base, wanted.nodes, blank))
    except (InputError, OSError, SyntaxError, ValueError):
        return  # it was readable when it was validated, or is in the report as unread


class _Places:
    """The places of some spots; each file that has any is read once."""

    def __init__(self, files: Sequence[Locatable], spots: Iterable[Spot]) -> None:
        self._files = list(files)
        self._found: dict[tuple[int, int, int], Place] = {}
        by_file: dict[int, list[Spot]] = defaultdict(list)
        for spot in spots:
            by_file[spot.sighting.file].append(spot)
        for number, here in by_file.items():
            self._find(number, self._files[number], here)

    def of(self, spot: Spot | None) -> Place | None:
        if spot is None:
            return None
        found = self._found.get(_key(spot))
        return found or Place(self._files[spot.sighting.file].name)

    def _find(self, number: int, file: Locatable, spots: Iterable[Spot]) -> None:
        if file.format not in PLACED_FORMATS:
            return
        try:
            text = file.read().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return
        skimmed = [spot.sighting.skimmed for spot in spots]
        statements = find_statements(
            text,
            file.format,
            file.base,
            {each.key: each.quad for each in skimmed},
            {node: count for each in skimmed for node, count in each.node_numbers.items()},
        )
        if not statements:
            return
        spans = {_key(spot): statements[spot.sighting.skimmed.key][spot.part] for spot in spots}
        ends = lines_and_columns(text, [at for span in spans.values() for at in span[:2]])
        for key, (start, end, _) in spans.items():
            self._found[key] = Place(file.name, *ends[start], *ends[end])


def _key(spot: Spot) -> tuple[int, int, int]:
    return spot.sighting.file, spot.sighting.skimmed.key, spot.part
