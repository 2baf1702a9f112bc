"""Writes a report in the media type that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph

from warrantgraph import __version__
from warrantgraph.reports.formats import FORMATS, Presentation, SourceLines
from warrantgraph.validators.media import REPORT_TYPES

if TYPE_CHECKING:
    from warrantgraph.reports import Report
    from warrantgraph.validators.unpacking import Upload

__all__ = ["write_report"]

_TURTLE: Final = "text/turtle"


def write_report(report: Report, upload: Upload, media_type: str, limit: int | None) -> bytes:
    """The report about an upload in one of `REPORT_TYPES`, with at most `limit` findings a rule."""
    name = REPORT_TYPES[media_type]
    presentation = Presentation(
        version=__version__,
        read_line=SourceLines({Path(file.name): file.content for file in upload.data}),
        limit=limit,
    )
    text = FORMATS[name].write(report.capped(limit), presentation)
    written = text.encode("utf-8", "backslashreplace")
    if name != "turtle" or media_type == _TURTLE:
        return written
    triples = pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.TURTLE)
    syntax = pyoxigraph.RdfFormat.from_media_type(media_type)
    return pyoxigraph.serialize((quad.triple for quad in triples), format=syntax) or b""
