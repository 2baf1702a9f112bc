"""Hygiene rules, guilt gate, layout, coverage, and the command `check`.

A folder of `cases/ontology-checks/` is named after its rule and holds one file that passes it
and one that fails it; the second says in `# finds: ...` what exactly must be found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rdflib import Graph

from warrantgraph.checks import (
    Finding,
    Gate,
    GateResult,
    check_layout,
    find_guilt,
    list_gates,
    load_rules,
    read_vocabulary,
    run_rule,
    term_coverage,
)
from warrantgraph.checks.guilt import load_allowed
from warrantgraph.cli.check import check
from warrantgraph.errors import InputError, ReasonerError
from warrantgraph.namespaces import WG
from warrantgraph.resources import COMPETENCY, ONTOLOGY, SHAPES
from warrantgraph.validation import find_inputs, read_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.release import Release

CASES = Path(__file__).parent / "cases" / "ontology-checks"
RULES = {rule.name: rule for rule in load_rules()}
GUILT = ("crime-as-type", "guilt-predicate", "guilt-word")
ALL = sorted([*RULES, *GUILT, "term-order"])


def findings(rule: str, case: Path) -> list[Finding]:
    if rule == "term-order":
        found = check_layout(case)
    elif rule in GUILT:
        found = find_guilt(Graph().parse(case))
    else:
        found = run_rule(RULES[rule], Graph().parse(case))
    return [finding for finding in found if finding.rule == rule]


def expected(path: Path) -> list[str]:
    mark = "# finds: "
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip().removeprefix(mark) for line in lines if line.strip().startswith(mark)]


def test_each_rule_has_its_cases() -> None:
    assert sorted(folder.name for folder in CASES.iterdir()) == ALL


@pytest.mark.parametrize("rule", ALL)
def test_passes(rule: str) -> None:
    assert findings(rule, CASES / rule / "pass.ttl") == []


@pytest.mark.parametrize("rule", ALL)
def test_fails(rule: str) -> None:
    case = CASES / rule / "fail.ttl"
    assert sorted(finding.about() for finding in findings(rule, case)) == sorted(expected(case))
    assert expected(case)


def test_rule_without_a_message_is_refused(tmp_path: Path) -> None:
    (tmp_path / "silent.rq").write_text("SELECT ?entity WHERE { ?entity a ?kind }")
    with pytest.raises(InputError, match=r"silent\.rq:1: a rule needs a message"):
        load_rules(tmp_path)


def test_finding_says_where(tmp_path: Path) -> None:
    (tmp_path / "warrantgraph.ttl").write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f"@prefix wg: <{WG}> .\n\n"
        'wg:Claim rdfs:label "claim " .\n'
    )
    vocabulary = read_vocabulary(tmp_path, tmp_path / "none")
    [found] = run_rule(RULES["whitespace"], vocabulary.ontology, vocabulary)
    assert (found.file, found.line, found.column) == (tmp_path / "warrantgraph.ttl", 4, 21)


def test_sparql_inside_a_shape_uses_defined_terms_only(tmp_path: Path) -> None:
    from warrantgraph.checks.terms import check_embedded_queries

    (tmp_path / "warrantgraph.ttl").write_text(
        f"<{WG}Claim> a <http://www.w3.org/2002/07/owl#Class> ."
    )
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "claims.ttl").write_text(
        "[] <http://www.w3.org/ns/shacl#select>"
        ' "SELECT $this WHERE { $this a wg:Claim ; wg:sayz ?x }" .'
    )
    vocabulary = read_vocabulary(tmp_path, tmp_path / "shapes")
    assert [found.about() for found in check_embedded_queries(vocabulary)] == ["wg:sayz"]


def test_allowed_text_passes_with_a_reason_only(tmp_path: Path) -> None:
    graph = Graph().parse(CASES / "guilt-word" / "fail.ttl")
    person, text = "https://w3id.org/warrantgraph/id/person/b", "convicted man"
    file = tmp_path / "allowed.tsv"
    file.write_text(f"# entity\ttext\treason\n{person}\t{text}\ttitle of a document\n")
    found = find_guilt(graph, load_allowed(file))
    assert len(found) == len(find_guilt(graph)) - 1
    file.write_text(f"{person}\t{text}\t\n")
    with pytest.raises(InputError, match=r"allowed\.tsv:1: a line gives entity, text and reason"):
        load_allowed(file)


def test_allowlist_of_the_project_is_well_formed() -> None:
    load_allowed()


def test_coverage_counts_terms_and_names_unknown_ones(tmp_path: Path) -> None:
    ontology = Graph().parse(CASES / "undefined-term" / "pass.ttl")
    question = tmp_path / "01-who.rq"
    question.write_text("# wg:Comment\nSELECT * { ?claim a wg:Claim ; wg:unknown ?x }")
    coverage = term_coverage(ontology, [question])
    assert (coverage.used, coverage.unused, coverage.share) == (("Claim",), ("expressedIn",), 0.5)
    assert [(found.about(), found.line) for found in coverage.unknown] == [("wg:unknown", 2)]


@pytest.mark.parametrize(
    "gate",
    [
        "hygiene",
        "layout",
        "competency coverage",
        "guilt words in the vocabulary",
    ],
)
def test_the_vocabulary_passes(gate: str) -> None:
    gates = list_gates(read_vocabulary(ONTOLOGY, SHAPES), COMPETENCY, None, "")
    result = next(each for each in gates if each.name == gate).run()
    assert [str(finding) for finding in result.findings] == []
    assert (result.outcome, result.name) == ("passed", gate)


def test_the_release_has_no_word_for_guilt(release: Release) -> None:
    graph = read_graph(find_inputs(release.dataset))
    assert [str(finding) for finding in find_guilt(graph, load_allowed())] == []


def test_gate_without_data_does_not_pass() -> None:
    gates = list_gates(read_vocabulary(ONTOLOGY, SHAPES), COMPETENCY, None, "no release")
    results = [gate.run() for gate in gates if "data" in gate.name]
    assert [(each.outcome, each.note) for each in results] == [("not-run", "no release")] * 2


def test_gate_fails_when_the_reasoner_gives_up() -> None:
    def give_up() -> GateResult:
        raise ReasonerError("HermiT did not finish within 120 s")

    result = Gate("consistency", give_up).run()
    assert (result.name, result.outcome) == ("consistency", "failed")
    assert str(result.findings[0]) == "HermiT did not finish within 120 s [reasoner]"


def result(name: str, outcome: str, *found: Finding) -> Callable[[], GateResult]:
    return lambda: GateResult(name, outcome, found)  # type: ignore[arg-type]


PASSED = Gate("good", result("good", "passed"))
FAILED = Gate("bad", result("bad", "failed", Finding("rule", "error", "is bad", f"{WG}Claim")))
NOT_RUN = Gate("unknown", result("unknown", "not-run"))


@pytest.mark.parametrize(
    ("gates", "options", "code", "lines"),
    [
        ([PASSED], [], 0, ["passed   good", "Gates: 1 passed, 0 failed, 0 not run."]),
        ([PASSED, FAILED], [], 1, ["FAILED   bad", "    error: wg:Claim: is bad [rule]"]),
        (
            [PASSED, NOT_RUN],
            [],
            0,
            ["NOT RUN  unknown", "Gates: 1 passed, 0 failed, 1 not run."],
        ),
        ([PASSED, NOT_RUN], ["--require-all"], 4, ["NOT RUN  unknown"]),
        ([FAILED, NOT_RUN], ["--require-all"], 1, ["FAILED   bad", "NOT RUN  unknown"]),
    ],
)
def test_command_tells_how_each_gate_ended(
    gates: list[Gate],
    options: list[str],
    code: int,
    lines: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def given(*_: object) -> list[Gate]:
        return gates

    monkeypatch.setattr("warrantgraph.cli.check.list_gates", given)
    ran = CliRunner().invoke(check, options)
    assert ran.exit_code == code
    assert [line for line in lines if line not in ran.stdout.splitlines()] == []
    assert ("did NOT RUN" in ran.stderr) == (NOT_RUN in gates)


def test_command_reads_quads_and_finds_guilt_in_data(tmp_path: Path) -> None:
    data = tmp_path / "data.nq"
    data.write_text("<urn:a> <urn:guilty> <urn:b> <urn:graph> .\n")
    ran = CliRunner().invoke(check, ["--data", str(data)])
    assert ran.exit_code == 1
    assert "FAILED   guilt words in the data" in ran.stdout


@pytest.mark.parametrize("name", ["data.csv", "data.ttl"])
def test_command_names_the_file_that_it_cannot_read(name: str, tmp_path: Path) -> None:
    data = tmp_path / name
    data.write_text("nonsense")
    ran = CliRunner().invoke(check, ["--data", str(data)])
    assert isinstance(ran.exception, InputError)
    assert ran.exception.file == data
