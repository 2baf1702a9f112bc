"""Baselines and fingerprints: a finding is known again wherever it went, a new one is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, URIRef

from warrantgraph.errors import InputError, MissingFileError
from warrantgraph.paths import Predicate
from warrantgraph.reports import Finding, Place, Report, Severity
from warrantgraph.reports.baseline import apply_baseline, read_baseline, write_baseline
from warrantgraph.reports.fingerprint import with_fingerprints

if TYPE_CHECKING:
    from pathlib import Path

EX = "https://example.org/"
PERSON = URIRef(f"{EX}person")
NAME = Predicate(URIRef(f"{EX}name"))
FOUND = Finding(
    f"{EX}Shape", Severity.VIOLATION, "has no name", focus_node=PERSON, path=NAME, label="named"
)


def fingerprint(finding: Finding, graph: Graph | None = None) -> str:
    (found,) = with_fingerprints([finding], graph)
    return found.fingerprint


def test_neither_place_nor_wording_changes_a_fingerprint(tmp_path: Path) -> None:
    moved = replace(FOUND, place=Place(tmp_path / "b.ttl", 7, 1), message="lacks a name", mend="x")
    assert fingerprint(moved) == fingerprint(FOUND)


@pytest.mark.parametrize(
    "change",
    [
        {"rule": f"{EX}Other"},
        {"focus_node": URIRef(f"{EX}other")},
        {"path": None},
        {"value": URIRef(f"{EX}value")},
        {"constraint": URIRef(f"{EX}component")},
    ],
)
def test_what_is_said_changes_it(change: dict[str, object]) -> None:
    assert fingerprint(replace(FOUND, **change)) != fingerprint(FOUND)  # type: ignore[arg-type]


def graph_of(text: str) -> tuple[Graph, BNode]:
    graph = Graph().parse(data=f"@prefix : <{EX}> .\n{text}", format="turtle")
    node = next(each for each in graph.objects(URIRef(f"{EX}s"), URIRef(f"{EX}p")))
    assert isinstance(node, BNode)
    return graph, node


def blank(text: str) -> str:
    graph, node = graph_of(text)
    return fingerprint(replace(FOUND, focus_node=node), graph)


def test_blank_nodes_are_known_by_what_is_said_of_them() -> None:
    assert blank(":s :p [ :q 1 ; :r [ :t 2 ] ] .") == blank(
        ":other :q 3 .\n_:x :t 2 .\n_:z :r _:x ; :q 1 .\n:s :p _:z ."
    )
    assert blank(":s :p [ :q 1 ] .") != blank(":s :p [ :q 2 ] .")
    assert blank(":s :p [ :r [ :t 2 ] ] .") != blank(":s :p [ :r [ :t 3 ] ] .")


def test_a_circle_of_blank_nodes_ends() -> None:
    assert blank(":s :p _:a . _:a :q _:b . _:b :q _:a .")


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=12))
def test_each_finding_has_its_own(names: list[str]) -> None:
    findings = [replace(FOUND, focus_node=URIRef(EX + name)) for name in names]
    fingerprints = [found.fingerprint for found in with_fingerprints(findings)]
    assert len(set(fingerprints)) == len(findings)


def report(*names: str) -> Report:
    findings = [replace(FOUND, focus_node=URIRef(EX + name)) for name in names]
    return Report.of(with_fingerprints(findings))


def test_only_new_findings_count(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(write_baseline(report("a", "b")), encoding="utf-8")
    done = apply_baseline(report("b", "c"), read_baseline(file))
    assert [str(found.focus_node) for found in done] == [f"{EX}c"]
    assert [str(found.focus_node) for found in done.accepted] == [f"{EX}b"]
    assert (done.total, done.settled, done.fails(Severity.VIOLATION)) == (1, 1, True)


def test_the_file_is_sorted_and_readable() -> None:
    text = write_baseline(reversed(report("b", "a").findings))
    assert text == write_baseline(report("a", "b"))
    entries = json.loads(text)["findings"]
    assert [entry["about"] for entry in entries] == [f"<{EX}a>", f"<{EX}b>"]
    assert entries[0]["message"] == "has no name"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [1]}',
        "[" * 9**5,
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"baseline\.json.*--write-baseline"):
        read_baseline(file)


def test_a_missing_baseline_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_baseline(tmp_path / "gone.json")
