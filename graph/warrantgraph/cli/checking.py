"""The work of `warrantgraph check`, in a process of its own: see `cli.reporting`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rdflib.graph import ReadOnlyGraphAggregate

from warrantgraph.checks import GateResult, Subjects, list_gates, read_vocabulary
from warrantgraph.cli.delivery import deliver, refuse
from warrantgraph.cli.main import EXIT_CODES, exit_code
from warrantgraph.errors import InputError
from warrantgraph.reports import GateOutcome, Report, Severity
from warrantgraph.reports.fingerprint import with_fingerprints
from warrantgraph.validation import Data, Input, find_inputs, read_data
from warrantgraph.validation.places import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from warrantgraph.checks import Gate, Vocabulary

__all__ = ["run"]

_AT_ONCE: Final = 2
"""Gates that run side by side: most of them wait for a Java of half a gigabyte."""

_UNREAD: Final = "the data could not be read"


def run(arguments: Mapping[str, Any], tell: Callable[[str], object]) -> bytes:
    """Run the gates that the arguments name; return what is to be printed and written, as JSON.

    Arguments: `data`, `no_data` (why there is none), `ontology`, `shapes`, `sources`, `gates`,
    `require_all` and those of `cli.delivery`.
    """
    try:
        return _run(arguments, tell)
    except tuple(EXIT_CODES) as error:
        return refuse(str(error), exit_code(error))


def _run(arguments: Mapping[str, Any], tell: Callable[[str], object]) -> bytes:
    inputs, missing = _inputs(arguments["data"])
    data = read_data(inputs, lambda name: tell(f"reading {name}"))
    unread = (*missing, *data.unread)
    readable = len(inputs) > len(data.unread)
    tell("reading the vocabulary")
    ontology = Path(arguments["ontology"])
    subjects = Subjects(
        vocabulary=read_vocabulary(ontology, Path(arguments["shapes"])),
        questions=ontology / "competency",
        sources=Path(arguments["sources"]),
        data=data.graph if readable else None,
        no_data=_UNREAD if unread else arguments["no_data"],
    )
    wanted = arguments["gates"]
    gates = [gate for gate in list_gates(subjects) if not wanted or gate.name in wanted]
    results = _results(gates, Severity(arguments["fail_on"].capitalize()), tell)
    report = replace(
        _report(results, data, subjects.vocabulary),
        files=(
            *(file.path for file in subjects.vocabulary.files),
            *(given.name for given in inputs),
        ),
        unread=unread,
        triples=len(subjects.vocabulary.everything) + len(data.index),
    )
    not_run = any(gate.outcome == GateOutcome.NOT_RUN for gate in report.gates)
    return deliver(report, arguments, "check", engine_failed=not_run and arguments["require_all"])


def _inputs(paths: Iterable[str]) -> tuple[list[Input], list[InputError]]:
    """Return what the paths name, each once, and an error for each that names nothing."""
    found: dict[Path, Input] = {}
    missing: list[InputError] = []
    for path in paths:
        try:
            for given in find_inputs(Path(path)):
                found.setdefault(given.name.resolve(), given)
        except InputError as error:
            missing.append(error)
    return list(found.values()), missing


def _results(
    gates: Iterable[Gate], fail_on: Severity, tell: Callable[[str], object]
) -> list[GateResult]:
    results: list[GateResult] = []
    with ThreadPoolExecutor(_AT_ONCE) as executor:
        running = [(gate, executor.submit(gate.run, fail_on)) for gate in gates]
        for gate, future in running:
            tell(f"checking {gate.name}")
            results.append(future.result())
    return results


def _report(results: Iterable[GateResult], data: Data, vocabulary: Vocabulary) -> Report:
    """The report of what the gates found, with places in the data and fingerprints."""
    ended = list(results)
    findings = [found for result in ended for found in result.findings]
    placed = [found for found in findings if found.place is not None]
    in_data = [found for found in findings if found.place is None]
    report = Report.of(
        [*placed, *locate(in_data, data.inputs, graph=data.graph, unread=data.broken)]
    )
    spoken_of = ReadOnlyGraphAggregate([vocabulary.everything, data.graph])
    return replace(
        report,
        findings=tuple(with_fingerprints(report.findings, spoken_of)),
        gates=tuple(result.summary for result in ended),
    )
