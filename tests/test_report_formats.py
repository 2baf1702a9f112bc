"""What each format makes of a report; `cases/reports/README.md` says how to add and renew cases."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from rdflib import Literal, URIRef

from report_cases import CASES, NAMES, REPORT, SARIF, VALIDATORS, problems, read_case, write
from warrantgraph.errors import InputError
from warrantgraph.reports import Finding, GateOutcome, GateSummary, Place, Report, Severity
from warrantgraph.reports.formats import FORMATS, Presentation
from warrantgraph.reports.formats.sarif import SCHEMA as SARIF_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

RENEW = "RENEW_REPORTS" in os.environ


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", NAMES)
def test_format_writes_what_is_expected(case: str, form: str) -> None:
    written = write(form, *read_case(case))
    expected = CASES / case / f"{form}.expected"
    if RENEW:
        expected.write_bytes(written.encode())
    assert written.encode() == expected.read_bytes()


def test_schema_of_the_json_format_is_a_schema() -> None:
    Draft202012Validator.check_schema(REPORT)
    assert problems("json", '{"format": "warrantgraph-report"}')


def test_schema_of_sarif_is_that_of_the_standard_and_refuses() -> None:
    assert SARIF["id"] == SARIF_SCHEMA
    assert problems("sarif", '{"version": "2.1.0", "runs": [{}]}')
    location = {"physicalLocation": {"artifactLocation": {"uri": "a b"}}}
    run = {"tool": {"driver": {"name": "x"}}, "results": [{"message": {"text": "x"}}]}
    run["results"][0]["locations"] = [location]  # type: ignore[index]
    assert problems("sarif", json.dumps({"version": "2.1.0", "runs": [run]}))


@pytest.mark.parametrize("form", VALIDATORS)
@pytest.mark.parametrize("case", NAMES)
def test_case_is_valid_against_its_schema(case: str, form: str) -> None:
    assert problems(form, write(form, *read_case(case))) == []


@pytest.mark.parametrize("member", sorted(REPORT["properties"]))
def test_members_of_the_json_format_are_described(member: str) -> None:
    page = Path(__file__).parents[1] / "docs" / "report-formats.md"
    assert f"`{member}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", NAMES)
def test_sarif_has_what_github_asks_for(case: str) -> None:
    """See "SARIF support for code scanning" in GitHub's documentation."""
    [run] = json.loads(write("sarif", *read_case(case)))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["name"]) <= 255
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        [location] = result["locations"]
        region = location["physicalLocation"]["region"]
        assert {"startLine", "startColumn", "endLine", "endColumn"} <= set(region)
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith("/")


# No format looks whole when it is not.

ALONE = Finding("label-case", Severity.INFO, "lower case, please", fingerprint="f")
READ = (Path("/root/a.ttl"),)
OMISSIONS = {
    "cannot be read: it is broken": Report(
        unread=(InputError("it is broken", file=Path("/root/b.ttl"), line=7),)
    ),
    "consistency did not run: there is no Java": Report(
        gates=(GateSummary("consistency", GateOutcome.NOT_RUN, "there is no Java"),)
    ),
    "4 more findings of label-case are not listed": Report(
        (ALONE,), {Severity.INFO: 5}, {"label-case": 5}
    ),
    "7 findings lie outside what changed and are not listed": Report(elsewhere=7),
    "1 finding is accepted by the baseline and does not count": Report(accepted=(ALONE,)),
    "2 findings of the baseline are gone": Report(settled=2),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sentence", OMISSIONS)
def test_format_says_what_it_does_not_show(sentence: str, form: str) -> None:
    report = replace(OMISSIONS[sentence], files=READ)
    text = write(form, report, Presentation(root=Path("/root"), limit=1))
    assert sentence in text or (form == "human" and is_told_by_human(text, sentence))
    assert sentence not in write(form, Report(files=READ))


def is_told_by_human(text: str, sentence: str) -> bool:
    """Gates stand in a table of their own."""
    name, _, why = sentence.partition(" did not run: ")
    return f"NOT RUN  {name}: {why}" in text


@pytest.mark.parametrize("form", FORMATS)
def test_format_counts_before_the_limit(form: str) -> None:
    report = replace(Report.of([ALONE] * 1234).capped(1), files=READ)
    text = write(form, report, Presentation(limit=1))
    assert re.search(r"1,?234", text)
    assert re.search(r"1,?233", text)


def test_unread_file_is_named_with_its_place() -> None:
    error = InputError("broken", file=Path("/root/b.ttl"), line=7, column=3)
    for form in FORMATS:
        text = write(form, Report(unread=(error,)), Presentation(root=Path("/root")))
        assert "b.ttl" in text
        assert "7" in text
        assert "/root" not in text


def test_turtle_conforms_only_where_all_was_seen_and_nothing_found() -> None:
    assert "sh:conforms true" in write("turtle", Report(files=READ))
    for sentence, report in OMISSIONS.items():
        conforms = "true" if "gone" in sentence else "false"
        assert f"sh:conforms {conforms}" in write("turtle", report), sentence


def test_junit_passes_no_file_whose_findings_may_not_be_listed() -> None:
    root = ElementTree.fromstring(write("junit", Report(files=READ)))  # noqa: S314
    assert [len(case) for case in root.iter("testcase")] == [0]
    for report in (Report(files=READ, elsewhere=1), replace(OMISSIONS[CAPPED], files=READ)):
        root = ElementTree.fromstring(write("junit", report))  # noqa: S314
        [case] = [c for c in root.iter("testcase") if c.get("name") == "nothing is found"]
        assert case.find("skipped") is not None


CAPPED = "4 more findings of label-case are not listed"


def test_junit_failures_are_those_that_fail_the_run() -> None:
    report = Report.of([ALONE])
    for severity, failures in ((Severity.VIOLATION, "0"), (Severity.INFO, "1")):
        text = write("junit", report, Presentation(fail_on=severity))
        assert ElementTree.fromstring(text).attrib["failures"] == failures  # noqa: S314
        assert "lower case, please" in text


def test_sarif_suppresses_what_the_baseline_accepts() -> None:
    report = replace(Report.of([ALONE]), accepted=(replace(ALONE, fingerprint="old"),))
    [run] = json.loads(write("sarif", report))["runs"]
    states = [(each["baselineState"], len(each["suppressions"])) for each in run["results"]]
    assert states == [("new", 0), ("unchanged", 1)]
    [run] = json.loads(write("sarif", Report.of([ALONE])))["runs"]
    assert "baselineState" not in run["results"][0]


def test_sarif_run_that_could_not_read_a_file_was_not_successful() -> None:
    for report, success in ((Report(), True), (OMISSIONS["cannot be read: it is broken"], False)):
        [run] = json.loads(write("sarif", report))["runs"]
        assert run["invocations"][0]["executionSuccessful"] is success


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", [Literal, URIRef])
def test_very_long_texts_do_not_end_in_the_report(form: str, kind: Callable[[str], Node]) -> None:
    long = "urn:" + "x" * 1_000_000
    finding = Finding("r", Severity.INFO, long, kind(long), None, kind(long), mend=long)
    finding = replace(finding, quote=long, label=long, place=Place(Path("a.ttl"), 1, 500_000))
    text = write(form, Report.of([finding]), Presentation(read_line=lambda _: long))
    assert len(text) < 100_000


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_may_have_a_name_that_is_no_text(form: str) -> None:
    file = Path(os.fsdecode(b"/root/\xff\x1b.ttl"))
    finding = replace(ALONE, place=Place(file, 1, 1))
    report = replace(Report.of([finding]), files=(file,))
    text = write(form, report, Presentation(root=Path("/root")))
    assert text.encode("utf-8")
    assert ("%FF%1B.ttl" if form == "sarif" else "xff") in text


def test_colour_is_only_used_where_it_is_asked_for() -> None:
    report, presentation = read_case("findings")
    plain = write("human", report, presentation)
    colours = write("human", report, replace(presentation, colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d+m", "", colours) == plain != colours


def test_formats_are_named_as_the_command_line_calls_them() -> None:
    assert list(FORMATS) == ["human", "json", "sarif", "junit", "github", "turtle", "html"]
    assert all(name == form.name for name, form in FORMATS.items())
