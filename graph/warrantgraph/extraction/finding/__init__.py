"""One module per kind of fact; each turns what its rules fit into facts."""

from collections.abc import Callable, Iterable, Mapping

from warrantgraph.extraction.facts import Fact
from warrantgraph.extraction.finding.accusations import find_accusations
from warrantgraph.extraction.finding.events import find_events
from warrantgraph.extraction.finding.memberships import find_memberships
from warrantgraph.extraction.finding.offices import find_offices
from warrantgraph.extraction.finding.quantities import find_quantities
from warrantgraph.extraction.finding.responses import find_responses
from warrantgraph.extraction.finding.sanctions import find_sanctions
from warrantgraph.extraction.finding.statements import find_statements
from warrantgraph.extraction.finding.warrants import find_warrants
from warrantgraph.extraction.phrases import Analysis

__all__ = ["FAMILIES"]

FAMILIES: Mapping[str, Callable[[Analysis], Iterable[Fact]]] = {
    "statements": find_statements,
    "accusations": find_accusations,
    "responses": find_responses,
    "warrants": find_warrants,
    "sanctions": find_sanctions,
    "memberships": find_memberships,
    "offices": find_offices,
    "quantities": find_quantities,
    "events": find_events,
}
"""Each family of rules and its finder, in the order in which they run."""
