"""What a run found, in one frame: findings, the report that holds them, and its formats.

Shapes, rules and the reasoner all report here, so that each format and each exit code is made once.
"""

from warrantgraph.reports.finding import Finding, Place, Severity
from warrantgraph.reports.report import GateOutcome, GateSummary, Report
from warrantgraph.reports.wording import about, shorten

__all__ = [
    "Finding",
    "GateOutcome",
    "GateSummary",
    "Place",
    "Report",
    "Severity",
    "about",
    "shorten",
]
