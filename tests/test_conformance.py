"""The driver of W3C's test suites, on a suite of its own: `cases/conformance/suite`.

W3C's own tests run with `make conformance`; here it is tested that the driver reads what they are
written in, and that it sees what is wrong.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from conformance.comparison import difference
from conformance.description import vocabulary_mistakes
from conformance.earl import write_earl
from conformance.exchanges import Expected
from conformance.forms import with_one_form
from conformance.manifest import Case, find_suites, read_cases
from conformance.outcome import Verdict, failed, inapplicable, passed
from conformance.reasons import REASONS, Reason, find_faults, read_reasons
from conformance.results import read_result
from conformance.run import run_cases
from conformance.table import write_table

CASES = Path(__file__).parent / "cases/conformance"
COMPARISONS = tomllib.loads((CASES / "comparison.toml").read_text(encoding="utf-8"))["case"]
PAGE = Path(__file__).parents[1] / "docs/conformance.md"

EXPECTED_OUTCOMES = {
    "rows": "passed",
    "wrong-rows": "failed",
    "wrong-form": "failed",
    "graph": "passed",
    "asked": "passed",
    "named": "passed",
    "from": "passed",
    "bad": "passed",
    "not-bad": "failed",
    "good": "passed",
    "not-good": "failed",
    "inferred": "inapplicable",
    "update": "inapplicable",
    "not-update": "failed",
    "bad-update": "inapplicable",
    "request": "passed",
    "wrong-request": "failed",
}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(find_suites(CASES / "suite"))


@pytest.fixture(scope="module")
def verdicts(cases: list[Case]) -> dict[str, Verdict]:
    return run_cases(cases, 1)


@pytest.mark.parametrize("case", COMPARISONS, ids=lambda case: case["about"])
def test_results_are_compared(case: dict[str, Any]) -> None:
    expected, actual = (
        read_result(case[which].encode(), case["format"], "http://e/")
        for which in ("expected", "actual")
    )
    how = {"is_ordered": case.get("ordered", False), "is_lax": case.get("lax", False)}
    wrong = difference(expected, actual, **how)
    if "wrong" not in case:
        assert wrong == ""
        assert difference(actual, expected, **how) == "" or how["is_lax"]
        return
    assert case["wrong"] in wrong
    by_form = not difference(with_one_form(expected), with_one_form(actual), **how)
    assert by_form == case.get("form", False)


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"<html/>", "srx"),
        (b"[]", "srj"),
        (b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"x","value":""}}]}}', "srj"),
        (b"a,b\n1\n", "csv"),
        (b"?a\nnonsense\n", "tsv"),
        (b"?a\n1 , 2\n", "tsv"),
        (b"<u:a> <u:p>", "nt"),
        (b"", "pdf"),
    ],
)
def test_what_is_no_result_is_not_read(content: bytes, extension: str) -> None:
    with pytest.raises((ValueError, SyntaxError, TypeError, KeyError)):
        read_result(content, extension, "http://e/")


def test_the_suite_has_the_outcomes_that_it_was_made_for(verdicts: dict[str, Verdict]) -> None:
    found = {key.rpartition("#")[2]: verdict.outcome.value for key, verdict in verdicts.items()}
    assert found == EXPECTED_OUTCOMES
    assert [key for key, verdict in verdicts.items() if verdict.by_form_alone] == [
        "sparql11/tiny#wrong-form"
    ]


def test_a_folder_without_suites_has_none(tmp_path: Path) -> None:
    assert find_suites(tmp_path) == {}


def test_the_report_asserts_each_outcome_once(
    cases: list[Case], verdicts: dict[str, Verdict]
) -> None:
    report = write_earl([(case.iri, verdicts[case.key]) for case in cases], "0.0.0")
    earl = "http://www.w3.org/ns/earl#"
    found: dict[str, list[str]] = {}
    for quad in pyoxigraph.parse(report, format=pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate.value in (f"{earl}outcome", f"{earl}test"):
            name = quad.predicate.value.removeprefix(earl)
            found.setdefault(name, []).append(str(quad.object).strip("<>"))
    assert found["test"] == [case.iri for case in cases]
    assert found["outcome"] == [
        f"{earl}{EXPECTED_OUTCOMES[case.key.rpartition('#')[2]]}" for case in cases
    ]


def test_the_page_counts_every_test_and_tells_every_failure(
    cases: list[Case], verdicts: dict[str, Verdict]
) -> None:
    reasons = [Reason("engine", "It does.", ("sparql11/tiny#wrong-rows",))]
    page = write_table(cases, verdicts, reasons, "0.0.0", "0.0.1")
    assert "| SPARQL 1.1 | tiny | 17 | 8 | 6 | 3 |\n" in page
    assert "- **engine**: It does.\n\n  - `sparql11/tiny#wrong-rows`\n" in page
    assert "- **not explained**:\n\n  - `sparql11/tiny#wrong-form`\n" in page


@pytest.mark.parametrize(
    ("verdict", "reasons", "fault"),
    [
        (passed(), [], ""),
        (inapplicable("read-only"), [], ""),
        (failed("no"), [Reason("engine", "", ("t",))], ""),
        (failed("no", by_form_alone=True), [Reason("engine", "", ("t",), form=True)], ""),
        (failed("no"), [], "t fails without a reason: no"),
        (passed(), [Reason("engine", "", ("t",))], "t is passed; take its reason out"),
        (inapplicable(""), [Reason("engine", "", ("t",))], "t is inapplicable; take"),
        (failed("no"), [Reason("engine", "", ("t",), form=True)], "by more than the form"),
        (failed("no", by_form_alone=True), [Reason("engine", "", ("t",))], "by nothing but"),
        (passed(), [Reason("engine", "", ("u",))], "there is no test u"),
    ],
)
def test_a_failure_has_a_reason_and_a_reason_a_failure(
    verdict: Verdict, reasons: list[Reason], fault: str
) -> None:
    faults = find_faults({"t": verdict}, reasons)
    assert len(faults) == bool(fault)
    assert fault in "".join(faults)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[[reason]]\nlayer = "fate"\nwhy = ""\ntests = []', "there is no layer fate"),
        ('[[reason]]\nlayer = "engine"\nwhy = ""\ntests = ["t", "t"]', "t has two reasons"),
    ],
)
def test_reasons_are_checked(content: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_reasons(content)


def test_the_page_holds_the_reasons_that_are_written_down() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for reason in read_reasons(REASONS.read_text(encoding="utf-8")):
        tests = "".join(f"  - `{test}`\n" for test in reason.tests)
        assert f"- **{reason.layer}**: {reason.why}\n\n{tests}\n" in page
    assert "not explained" not in page


def test_a_status_is_one_of_those_expected() -> None:
    expected = Expected(("2xx", "404"))
    statuses = [200, 204, 301, 400, 404, 500]
    assert [status for status in statuses if expected.admits(status)] == [200, 204, 404]


@pytest.mark.parametrize(
    ("description", "mistake"),
    [
        ("[] a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query .", None),
        ("[] a sd:Service .", "an sd:Service has no sd:endpoint"),
        ("<> a <#thing> .", "there is no sd:Service"),
        ("[] a sd:Service ; sd:endpoint '/sparql' .", "sd:endpoint has a literal"),
        ("[] a sd:Service ; sd:endpoint <> ; sd:url <> .", "sd:url is not in the vocabulary"),
        (
            "[] a sd:Service ; sd:endpoint <> ; sd:defaultGraph [] .",
            "sd:defaultGraph is said of what is no sd:Dataset",
        ),
        (
            "[] a sd:Service ; sd:endpoint <> . [] a sd:NamedGraph .",
            "an sd:NamedGraph has not one sd:name",
        ),
    ],
)
def test_a_description_keeps_to_its_vocabulary(description: str, mistake: str | None) -> None:
    prefix = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
    quads = pyoxigraph.parse(
        f"{prefix} {description}", format=pyoxigraph.RdfFormat.TURTLE, base_iri="http://e/sparql"
    )
    assert vocabulary_mistakes([quad.triple for quad in quads]) == ([mistake] if mistake else [])
