"""Hygiene rules, guilt words, layout, coverage, and gates that cannot run.

A folder of `cases/ontology-checks/` is named after its rule and holds one file that passes it
and one that fails it; the second says in `# finds: ...` what exactly must be found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from rdflib import Graph, URIRef

from warrantgraph.checks import (
    Examined,
    Gate,
    Subjects,
    check_layout,
    find_guilt,
    list_gates,
    load_rules,
    read_vocabulary,
    run_rule,
    term_coverage,
)
from warrantgraph.checks.guilt import GUILT_RULES, load_allowed
from warrantgraph.errors import InputError, ReasonerError
from warrantgraph.namespaces import WG
from warrantgraph.reasoning import ConsistencyReport
from warrantgraph.reports import Finding, GateOutcome, Place, Severity, about
from warrantgraph.resources import COMPETENCY, ONTOLOGY, SHAPES, SOURCES
from warrantgraph.validation import find_inputs, read_graph

if TYPE_CHECKING:
    from warrantgraph.release import Release

CASES = Path(__file__).parent / "cases" / "ontology-checks"
RULES = {rule.name: rule for rule in load_rules()}
GUILT = tuple(rule.name for rule in GUILT_RULES)
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
    assert sorted(about(finding) for finding in findings(rule, case)) == sorted(expected(case))
    assert expected(case)


def test_rule_without_a_message_is_refused(tmp_path: Path) -> None:
    (tmp_path / "silent.rq").write_text("SELECT ?entity WHERE { ?entity a ?kind }")
    with pytest.raises(InputError, match=r"silent\.rq:1: a rule needs a message"):
        load_rules(tmp_path)


def test_rule_that_does_not_say_how_to_mend_is_refused(tmp_path: Path) -> None:
    (tmp_path / "grumpy.rq").write_text("# WARNING: this is wrong\nSELECT * { ?entity a ?kind }")
    with pytest.raises(InputError, match=r"grumpy\.rq:2: a rule says how to mend what it finds"):
        load_rules(tmp_path)


def test_rule_says_its_severity(tmp_path: Path) -> None:
    (tmp_path / "mild.rq").write_text(
        "# INFO: nothing is typed\n# MEND: Remove it.\nSELECT ?entity { ?entity a ?kind }"
    )
    [rule] = load_rules(tmp_path)
    [found] = run_rule(rule, Graph().parse(data="<urn:x> a <urn:y> ."))
    assert (found.severity, found.label, found.mend, found.focus_node) == (
        Severity.INFO,
        "nothing is typed",
        "Remove it.",
        URIRef("urn:x"),
    )


def test_finding_says_where(tmp_path: Path) -> None:
    (tmp_path / "warrantgraph.ttl").write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f"@prefix wg: <{WG}> .\n\n"
        'wg:Claim rdfs:label "claim " .\n'
    )
    vocabulary = read_vocabulary(tmp_path, tmp_path / "none")
    [found] = run_rule(RULES["whitespace"], vocabulary.ontology, vocabulary)
    assert found.place == Place(tmp_path / "warrantgraph.ttl", 4, 21)


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
    [found] = check_embedded_queries(vocabulary)
    assert about(found) == "a blank node wg:sayz"
    assert found.place
    assert found.place.file == tmp_path / "shapes" / "claims.ttl"


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
    [found] = coverage.unknown
    assert (about(found), found.place) == ("wg:unknown", Place(question, 2, 32))


def gates(data: Graph | None = None, sources: Path = SOURCES) -> dict[str, Gate]:
    vocabulary = read_vocabulary(ONTOLOGY, SHAPES)
    subjects = Subjects(vocabulary, COMPETENCY, sources, data, "no release")
    return {gate.name: gate for gate in list_gates(subjects)}


GATES = tuple(gates())
REASONING = tuple(name for name in GATES if "OWL" in name or "consistency" in name)
ON_DATA = tuple(name for name in GATES if name.endswith("data"))


@pytest.mark.parametrize("name", [gate for gate in GATES if gate not in REASONING + ON_DATA])
def test_the_vocabulary_and_the_sources_pass(name: str) -> None:
    result = gates()[name].run()
    assert result.findings == ()
    assert (result.summary.outcome, result.summary.name) == (GateOutcome.PASSED, name)


def test_the_release_passes(release: Release) -> None:
    data = gates(read_graph(find_inputs(release.dataset)))
    for name in ("guilt words in the data", "quotes of the data"):
        result = data[name].run()
        assert result.findings == ()
    passages = release.manifest.counts["passages"]
    assert result.summary.note == f"passages: {passages}; compared with their article: {passages}"


@pytest.mark.parametrize("name", ON_DATA)
def test_gate_without_data_does_not_pass(name: str) -> None:
    result = gates()[name].run()
    assert (result.summary.outcome, result.summary.note) == (GateOutcome.NOT_RUN, "no release")


@pytest.mark.parametrize("name", REASONING)
def test_gate_without_java_does_not_pass(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("explanation", "hermit", "profile"):
        monkeypatch.setattr(f"warrantgraph.reasoning.{module}.find_java", lambda: "no Java found")
    result = gates(Graph())[name].run()
    assert (result.summary.outcome, result.summary.note) == (GateOutcome.NOT_RUN, "no Java found")


def give_up(*_: object) -> NoReturn:
    raise ReasonerError("HermiT did not finish within 120 s")


def test_reasoner_that_gives_up_has_decided_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warrantgraph.checks.logic.check_consistency", give_up)
    result = gates()["consistency of the ontology"].run()
    assert (result.summary.outcome, result.summary.note) == (
        GateOutcome.NOT_RUN,
        "HermiT did not finish within 120 s",
    )
    assert result.findings == ()


def test_contradiction_stands_though_the_search_for_its_cause_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find(_: Graph) -> ConsistencyReport:
        return ConsistencyReport("inconsistent")

    monkeypatch.setattr("warrantgraph.checks.logic.check_consistency", find)
    monkeypatch.setattr("warrantgraph.checks.logic.explain_inconsistency", give_up)
    result = gates()["consistency of the ontology"].run()
    assert result.summary.outcome == GateOutcome.FAILED
    assert [found.message for found in result.findings] == [
        "the statements contradict each other; which of them is not known: "
        "HermiT did not finish within 120 s"
    ]


IS_BAD = Finding("rule", Severity.WARNING, "is bad", WG.Claim)


@pytest.mark.parametrize(
    ("examined", "fail_on", "outcome"),
    [
        (Examined(()), Severity.INFO, GateOutcome.PASSED),
        (Examined((IS_BAD,)), Severity.WARNING, GateOutcome.FAILED),
        (Examined((IS_BAD,)), Severity.VIOLATION, GateOutcome.PASSED),
        (Examined((IS_BAD,), decided=False), Severity.WARNING, GateOutcome.NOT_RUN),
    ],
)
def test_gate_ends_by_what_counts_and_signs_its_findings(
    examined: Examined, fail_on: Severity, outcome: GateOutcome
) -> None:
    result = Gate("bad", "", (), lambda: examined).run(fail_on)
    assert result.summary.outcome == outcome
    assert [found.gate for found in result.findings] == ["bad"] * len(examined.findings)
