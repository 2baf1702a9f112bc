"""Writes the table of outcomes that `docs/conformance.md` is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Protocol

from conformance.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from conformance.outcome import Verdict
    from conformance.reasons import Reason

__all__ = ["Grouped", "summary", "write_table"]

_NAMES: Final = {
    "sparql10": "SPARQL 1.0",
    "sparql11": "SPARQL 1.1",
    "sparql12": "SPARQL 1.2",
    "shacl-core": "SHACL Core",
    "shacl-sparql": "SHACL-SPARQL",
}

_HEAD: Final = """\
# Conformance

`make conformance SUITE=<folder>` runs W3C's SPARQL test suites against the server, over HTTP, and
W3C's SHACL test suites against `warrantgraph.validation`; the folder holds clones of W3C's
`rdf-tests` and `data-shapes`. It renews this page and writes an EARL report to
`build/conformance/earl.ttl`, and fails where a test fails whose reason is not below.

Run with pyoxigraph {pyoxigraph} and pySHACL {pyshacl}. The data of each SPARQL test is loaded by a
server of its own, which the test asks by GET, by form or by direct POST, for the format that the
expected result is written in.
Solutions are compared as multisets, in their order where the query asks for one, graphs up to the
names of blank nodes, and literals by their form. Where a query has no `BASE`, the IRI of its file
is put before it; a graph that a query names by `FROM` is loaded under that name.

The results of a SHACL test are compared by focus node, path, value, shape, severity and constraint
component, up to the names of blank nodes. `tests/test_validation_equivalence.py` sees to it that on
each of these tests, and on generated shapes, they are those of pySHACL without this project.

"""

_APPLICABILITY: Final = """
## Not applicable

Updates, `SERVICE` and writes are sent all the same, and must be refused: otherwise the test has
failed. The reads that follow a write to the graph store are sent to a server over the data that the
write would have left.

"""

_FAILURES: Final = """
## Failures

`engine` means that Oxigraph or pySHACL answers so without this project around it; `HTTP` is this
project.

"""


class Grouped(Protocol):
    """A test of a group of a suite."""

    @property
    def key(self) -> str: ...
    @property
    def suite(self) -> str: ...
    @property
    def group(self) -> str: ...


def write_table(
    cases: Sequence[Grouped],
    verdicts: Mapping[str, Verdict],
    reasons: Sequence[Reason],
    pyoxigraph: str,
    pyshacl: str,
) -> str:
    """Write the page: counts by suite and group, then what does not apply, then every failure."""
    pieces = [
        _HEAD.format(pyoxigraph=pyoxigraph, pyshacl=pyshacl),
        *_counts(cases, verdicts),
        _APPLICABILITY,
    ]
    notes = Counter(v.note for v in verdicts.values() if v.outcome is Outcome.INAPPLICABLE)
    pieces += [f"- {count}: {note}.\n" for note, count in sorted(notes.items())]
    pieces.append(_FAILURES)
    pieces += _failures(verdicts, reasons)
    return "".join(pieces)


def summary(cases: Sequence[Grouped], verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """A line for each suite."""
    for suite, name in _NAMES.items():
        counts = Counter(verdicts[case.key].outcome for case in cases if case.suite == suite)
        passed, failed = counts[Outcome.PASSED], counts[Outcome.FAILED]
        if counts:
            share = f"{100 * passed / max(1, passed + failed):.1f} %"
            rest = f"{counts[Outcome.INAPPLICABLE]} not applicable"
            yield f"{name}: {passed} of {passed + failed} passed ({share}), {rest}"


def _counts(cases: Sequence[Grouped], verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    yield "| suite | group | tests | passed | failed | not applicable |\n"
    yield "|---|---|--:|--:|--:|--:|\n"
    by_group: dict[tuple[str, str], Counter[Outcome]] = {}
    by_suite: dict[str, Counter[Outcome]] = {}
    for case in cases:
        outcome = verdicts[case.key].outcome
        by_group.setdefault((case.suite, case.group), Counter())[outcome] += 1
        by_suite.setdefault(case.suite, Counter())[outcome] += 1
    for suite, total in by_suite.items():
        for (of, group), counts in sorted(by_group.items()):
            if of == suite:
                yield _row(_NAMES[suite], group, counts)
        yield _row(f"**{_NAMES[suite]}**", "**all**", total)


def _row(suite: str, group: str, counts: Counter[Outcome]) -> str:
    cells = (counts.total(), *(counts[outcome] for outcome in Outcome))
    return f"| {suite} | {group} | " + " | ".join(map(str, cells)) + " |\n"


def _failures(verdicts: Mapping[str, Verdict], reasons: Sequence[Reason]) -> Iterator[str]:
    explained: set[str] = set()
    for reason in reasons:
        failed = [test for test in reason.tests if _has_failed(verdicts, test)]
        explained.update(failed)
        if failed:
            yield f"- **{reason.layer}**: {reason.why}\n\n"
            yield "".join(f"  - `{test}`\n" for test in failed)
            yield "\n"
    left = [test for test in verdicts if _has_failed(verdicts, test) and test not in explained]
    if left:
        yield "- **not explained**:\n\n" + "".join(f"  - `{test}`\n" for test in left)


def _has_failed(verdicts: Mapping[str, Verdict], test: str) -> bool:
    return test in verdicts and verdicts[test].outcome is Outcome.FAILED
