"""The formats of a report, by the names that the command line gives them.

Each is a function from a report and how to show it to text. None of them reads a file or asks the
time, so that the same report gives the same bytes.

>>> from warrantgraph.reports import Report
>>> print(FORMATS["human"].write(Report(), Presentation()), end="")
0 violations, 0 warnings, 0 infos
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from warrantgraph.reports.formats.github import write_github
from warrantgraph.reports.formats.html_report import write_html
from warrantgraph.reports.formats.human import write_human
from warrantgraph.reports.formats.json_report import write_json
from warrantgraph.reports.formats.junit import write_junit
from warrantgraph.reports.formats.presentation import Presentation, ReportFormat
from warrantgraph.reports.formats.sarif import write_sarif
from warrantgraph.reports.formats.source_lines import SourceLines
from warrantgraph.reports.formats.turtle_report import write_turtle

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORMATS", "Presentation", "ReportFormat", "SourceLines"]

FORMATS: Final[Mapping[str, ReportFormat]] = MappingProxyType(
    {
        each.name: each
        for each in (
            ReportFormat("human", "text/plain", "txt", write_human),
            ReportFormat("json", "application/json", "json", write_json),
            ReportFormat("sarif", "application/sarif+json", "sarif", write_sarif),
            ReportFormat("junit", "application/xml", "xml", write_junit),
            ReportFormat("github", "text/plain", "txt", write_github),
            ReportFormat("turtle", "text/turtle", "ttl", write_turtle),
            ReportFormat("html", "text/html", "html", write_html),
        )
    }
)
"""Name to format, in the order in which help lists them."""
