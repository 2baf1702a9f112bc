"""The work of `warrantgraph validate`, in a process of its own: see `cli.reporting`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rdflib import Graph

from warrantgraph.cli.changes import ChangedFile, changed_files, known_files
from warrantgraph.cli.delivery import deliver, refuse
from warrantgraph.cli.main import EXIT_CODES, exit_code
from warrantgraph.cli.reuse import KeptAnswers
from warrantgraph.errors import InputError
from warrantgraph.reports import Report
from warrantgraph.validation.inputs import SYNTAXES, Input, find_inputs, format_of
from warrantgraph.validation.running import check_inputs, read_shapes
from warrantgraph.validation.shacl import load_shapes
from warrantgraph.validation.touching import Changes, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


__all__ = ["run"]

_STANDARD_INPUT: Final = Path("-")
_MOST_SHOWN: Final = 64 * 1024 * 1024
"""Bytes of a compressed file; lines behind them are told by number only."""


def run(arguments: Mapping[str, Any], tell: Callable[[str], object]) -> bytes:
    """Validate what the arguments name; return what is to be printed and written, as JSON.

    Arguments: `paths`, `shapes`, `ours`, `ontology`, `changed_since`, `input_format`, `processes`,
    `cache`, `unreadable` (pairs: a file that killed an earlier attempt, and why) and those of
    `cli.delivery`.
    """
    try:
        return _run(arguments, tell)
    except tuple(EXIT_CODES) as error:
        return refuse(str(error), exit_code(error))


def _run(arguments: Mapping[str, Any], tell: Callable[[str], object]) -> bytes:
    shapes = [each for path in arguments["shapes"] for each in find_inputs(Path(path))]
    changed = None
    if arguments["changed_since"] is not None:
        changed = changed_files(
            Path.cwd(), arguments["changed_since"], lambda path: format_of(path) is not None
        )
    inputs, unread = _inputs(arguments, {given.name.resolve() for given in shapes})
    for _, file in arguments["outputs"]:
        if Path(file).resolve() in {given.name.resolve() for given in (*inputs, *shapes)}:
            return refuse(f"{file}: an output would overwrite what is read", 2)
    kept = None
    if arguments["cache"] and not (unread or changed is not None or arguments["write_baseline"]):
        kept = KeptAnswers(Path(arguments["cache"]), arguments, [*inputs, *shapes])
        if answer := kept.find():
            return answer
    report = check_inputs(
        inputs,
        _shapes(shapes, ours=arguments["ours"]),
        ontology=arguments["ontology"],
        processes=arguments["processes"],
        base=f"{Path(arguments['root']).as_uri()}/",
        tell=tell,
    )
    report = replace(report, unread=(*unread, *report.unread))
    if changed is not None:
        report = _touching(report, [*changed, *_unknown(inputs, changed)])
    answer = deliver(report, arguments, "validate", _contents(report, inputs))
    if kept is not None:
        kept.keep(answer)
    return answer


def _shapes(inputs: Sequence[Input], *, ours: bool) -> Graph:
    shapes = read_shapes(inputs) if inputs else Graph()
    if ours:
        shapes += load_shapes()
    return shapes


def _contents(report: Report, inputs: Iterable[Input]) -> dict[Path, bytes]:
    """Return what findings stand in that is no plain file: standard input, compressed files."""
    named = {finding.place.file for finding in report if finding.place is not None}
    contents: dict[Path, bytes] = {}
    for given in inputs:
        if given.name in named and (given.content is not None or given.is_compressed):
            with given.open() as stream:
                contents[given.name] = stream.read(_MOST_SHOWN)
    return contents


def _inputs(
    arguments: Mapping[str, Any], shapes: set[Path]
) -> tuple[list[Input], list[InputError]]:
    """Return what the paths name, each once, and an error for each that names nothing.

    Shapes that lie in a folder of data are no data.
    """
    found: dict[Path, Input] = {}
    unread: list[InputError] = []
    killed: dict[str, str] = dict(arguments["unreadable"])
    for path in map(Path, arguments["paths"]):
        try:
            for given in [_given(arguments)] if path == _STANDARD_INPUT else find_inputs(path):
                if path.is_dir() and given.name.resolve() in shapes:
                    continue
                found.setdefault(given.name.resolve(), given)
        except InputError as error:
            unread.append(error)
    for name, reason in killed.items():
        unread.append(InputError(reason, file=Path(name)))
    return [given for given in found.values() if str(given.name) not in killed], unread


def _given(arguments: Mapping[str, Any]) -> Input:
    kind = SYNTAXES[arguments["input_format"]]
    return Input(_STANDARD_INPUT, kind, sys.stdin.buffer.read())


def _touching(report: Report, changed: Iterable[ChangedFile]) -> Report:
    """Leave out the findings that do not touch what changed; tell how many those are."""
    changes = Changes.of(_version(file) for file in changed)
    touching = Report.of(finding for finding in report if changes.touch(finding))
    return replace(
        report,
        findings=touching.findings,
        counts=touching.counts,
        rule_counts=touching.rule_counts,
        elsewhere=report.total - touching.total,
    )


def _unknown(inputs: Iterable[Input], changed: Iterable[ChangedFile]) -> Iterator[ChangedFile]:
    """Give what git says nothing of, such as files that it ignores: that may all have changed."""
    told = known_files(Path.cwd()) | {file.path for file in changed}
    for given in inputs:
        path = given.name.resolve()
        if given.content is None and path not in told:
            yield ChangedFile(path, None)


def _version(file: ChangedFile) -> Version:
    kind = format_of(file.path)
    assert kind is not None  # noqa: S101 - only such were asked for
    after = file.path.read_bytes() if file.path.is_file() else None
    return Version(file.path.resolve(), kind, file.before, after)
