"""HermiT, the OWL 2 DL check and explanations, against the real ontology.

Every file of `cases/reasoning/<outcome>/` is added to the ontology. What must be found is in
the file: `# finds: ...`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

from warrantgraph.errors import ReasonerError
from warrantgraph.namespaces import WG
from warrantgraph.reasoning import check_consistency, check_profile, explain_inconsistency
from warrantgraph.reasoning.java import Java, find_java
from warrantgraph.resources import ONTOLOGY
from warrantgraph.validation import find_inputs, read_graph
from warrantgraph.vocabulary import read_schemes

if TYPE_CHECKING:
    from warrantgraph.release import Release

CASES = Path(__file__).parent / "cases" / "reasoning"


def cases(folder: str) -> list[Path]:
    return sorted((CASES / folder).glob("*.ttl"))


def stem(path: Path) -> str:
    return path.stem


def expected(path: Path) -> list[str]:
    mark = "# finds: "
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip().removeprefix(mark) for line in lines if line.strip().startswith(mark)]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "warrantgraph.ttl")


@pytest.fixture
def java() -> Java:
    found = find_java()
    if isinstance(found, Java):
        return found
    # A machine that tests changes for others must not pass them untested.
    if "CI" in os.environ:
        pytest.fail(f"the reasoner cannot run: {found}")
    pytest.skip(found)


@pytest.mark.usefixtures("java")
def test_ontology_is_consistent_and_every_class_can_have_members(ontology: Graph) -> None:
    report = check_consistency(ontology)
    assert (report.outcome, report.unsatisfiable) == ("consistent", ())


@pytest.mark.usefixtures("java")
def test_release_is_consistent(release: Release) -> None:
    assert check_consistency(read_graph(find_inputs(release.dataset))).outcome == "consistent"


@pytest.mark.usefixtures("java")
def test_ontology_and_schemes_are_owl_2_dl(ontology: Graph) -> None:
    report = check_profile(ontology + read_schemes())
    assert (report.outcome, report.violations) == ("conforms", ())
    assert report.axioms > 200


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("case", cases("consistent"), ids=stem)
def test_consistent(case: Path, ontology: Graph) -> None:
    assert check_consistency(ontology, Graph().parse(case)).outcome == "consistent"


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("case", cases("inconsistent"), ids=stem)
def test_inconsistent(case: Path, ontology: Graph) -> None:
    assert check_consistency(ontology, Graph().parse(case)).outcome == "inconsistent"


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("case", cases("unsupported"), ids=stem)
def test_unsupported_datatype_is_named(case: Path, ontology: Graph) -> None:
    with pytest.raises(ReasonerError) as raised:
        check_consistency(ontology, Graph().parse(case))
    headline, *uses = str(raised.value).splitlines()
    assert headline == "HermiT gave up on a datatype that OWL 2 does not know, here:"
    assert [use.strip() for use in uses] == expected(case)


@pytest.mark.usefixtures("java")
def test_malformed_value_is_named(ontology: Graph) -> None:
    # Parsed from a file, rdflib would log the value as well.
    value = Literal("2022-02-30T00:00:00Z", datatype=XSD.dateTime, normalize=False)
    malformed = [(URIRef("urn:time"), WG.earliest, value)]
    with pytest.raises(ReasonerError, match="a value that is not of its datatype") as raised:
        check_consistency(ontology, malformed)
    assert "<urn:time> wg:earliest" in str(raised.value)


@pytest.mark.usefixtures("java")
def test_class_that_nothing_can_belong_to_is_named(ontology: Graph) -> None:
    empty = [(WG.Empty, RDF.type, OWL.Class)]
    empty += [(WG.Empty, RDFS.subClassOf, parent) for parent in (WG.Agent, WG.Occurrence)]
    report = check_consistency(ontology, empty)
    assert (report.outcome, report.unsatisfiable) == ("consistent", (str(WG.Empty),))


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("case", cases("profile"), ids=stem)
def test_what_is_not_owl_2_dl_is_named(case: Path, ontology: Graph) -> None:
    report = check_profile(ontology + Graph().parse(case))
    assert report.outcome == "violates"
    assert {violation.reason for violation in report.violations} == set(expected(case))


@pytest.mark.usefixtures("java")
def test_explanation_names_the_axioms_that_contradict_each_other(ontology: Graph) -> None:
    case = CASES / "inconsistent" / "alleged-conduct-is-not-realized.ttl"
    axioms = explain_inconsistency(ontology + Graph().parse(case))
    assert tuple(map(str, axioms)) == (
        "ClassAssertion(wg:AllegedConduct conduct:deportation)",
        "DisjointClasses(wg:AllegedConduct wg:PlannedEvent wg:PossibleEvent)",
        "ObjectPropertyAssertion(wg:realizedBy conduct:deportation occurrence:deportation)",
        "ObjectPropertyDomain(wg:realizedBy wg:PlannedEvent)",
    )


@pytest.mark.usefixtures("java")
def test_nothing_to_explain(ontology: Graph) -> None:
    assert explain_inconsistency(ontology) == ()


@pytest.mark.usefixtures("java")
def test_time_limit_ends_the_run_and_leaves_nothing_behind(
    ontology: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ReasonerError, match=r"HermiT did not finish within 0\.1 s"):
        check_consistency(ontology, seconds=0.1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("java")
def test_runs_are_silent_and_leave_nothing_behind(
    ontology: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    check_consistency(ontology)
    check_profile(ontology)
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("java")
def test_java_ends_when_whoever_waits_for_it_does(tmp_path: Path) -> None:
    alive, program, folder = tmp_path / "alive", tmp_path / "java", tmp_path / "task"
    os.mkfifo(alive)
    program.write_text(f"#!/bin/sh\nexec sleep 1000 > '{alive}'\n")
    program.chmod(0o755)
    folder.mkdir()
    (folder / "graph.nt").touch()
    (folder / "request.json").write_text(json.dumps({"java": str(program)}))
    module = "warrantgraph.reasoning.hermit_worker"
    its_end, our_end = os.pipe()
    worker = subprocess.Popen(
        [sys.executable, "-m", module, folder], stdin=its_end, start_new_session=True
    )
    os.close(its_end)
    with alive.open("rb") as running:  # opens as soon as the program runs
        os.close(our_end)
        assert running.read() == b""
    worker.wait()
    assert not folder.exists()


def test_java_that_does_not_start_is_an_error(
    ontology: Graph, java: Java, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Java(java.executable.with_name("no-such-java"), java.hermit_jar)
    monkeypatch.setattr("warrantgraph.reasoning.hermit.find_java", lambda: broken)
    with pytest.raises(ReasonerError, match=r"HermiT ended without an answer: .*no-such-java"):
        check_consistency(ontology)


def test_without_java_nothing_reads_as_passed(
    ontology: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("explanation", "hermit", "profile"):
        monkeypatch.setattr(f"warrantgraph.reasoning.{module}.find_java", lambda: "no Java found")
    consistency, profile = check_consistency(ontology), check_profile(ontology)
    assert (consistency.outcome, consistency.reason) == ("not-run", "no Java found")
    assert (profile.outcome, profile.reason) == ("not-run", "no Java found")
    assert explain_inconsistency(ontology) == ()


def test_missing_python_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(_: str) -> None:
        return None

    monkeypatch.setattr("importlib.util.find_spec", find_nothing)
    assert find_java() == (
        "Python packages missing: jpype, owlready2 (pip install warrantgraph[reasoner])"
    )
