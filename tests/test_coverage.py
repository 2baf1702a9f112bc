"""The verb `evaluate` with --curated: which claims of a curated source an extractor would draft."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from command import Done, run

CASES = Path(__file__).parent / "cases" / "evaluation"
SOURCE = CASES / "coverage" / "sources" / "warrant-in-bergen"
AUTHORITY = ("--authority", str(CASES / "coverage" / "authority"))
SMALL = ("--extractor", "evaluation_extractors:Small")
GOLD = CASES / "figures"


def test_each_claim_is_covered_partly_covered_or_missed() -> None:
    coverage = _coverage(*SMALL)
    found = {
        each["claim"]: (each["grade"], each.get("differences")) for each in coverage["comparisons"]
    }
    assert found == {
        "s1-1": ("covered", []),
        "s1-2": ("covered", []),
        "s1-3": ("partly", ["hasTime"]),
        "s2-1": ("covered", []),
        "s3-1": ("partly", ["speaker"]),
        "s4-1": ("missed", None),
    }
    assert coverage["groups"]["answers"] == {"covered": 1, "partly": 1, "missed": 0}


def test_what_curators_say_themselves_and_what_is_rejected_does_not_count() -> None:
    coverage = _coverage(*SMALL)
    assert (coverage["claims"], coverage["by_curators"]) == (6, 1)
    assert not {"s1-4", "s5-1"} & {each["claim"] for each in coverage["comparisons"]}


def test_a_draft_without_a_counterpart_is_told_with_its_words() -> None:
    coverage = _coverage(*SMALL)
    assert coverage["drafts"] == 4
    assert [each["words"] for each in coverage["unmatched"]] == ["Krag denied"]


def test_where_nothing_is_drafted_all_is_missed() -> None:
    coverage = _coverage("--extractor", "evaluation_extractors:WithoutRules")
    assert (coverage["missed"], coverage["drafts"], coverage["unmatched"]) == (6, 0, [])


def test_the_table_and_what_is_open_are_shown_to_people() -> None:
    shown = _run(*SMALL).output
    assert "warrants        3         2        1        0                0.67\n" in shown
    assert "4 drafts, 1 of them without a curated counterpart.\n" in shown
    assert "s1-3 warrants PARTLY\n   words “Court issued”\n" in shown
    assert "   not the same: speaker\n" in shown
    assert "s4-1 offices MISSED\n" in shown
    assert "s1-1 warrants" not in shown


def test_in_markdown_it_follows_the_scores() -> None:
    gold = (str(GOLD / "gold"), "--predictions", str(GOLD / "predicted"))
    page = _run(*SMALL, *gold, "--format", "markdown").output
    scores, title, coverage = page.partition("## Claims of warrant-in-bergen that small 1 drafts")
    assert title
    assert "## Scores of" in scores
    assert "| warrants | 3 | 2 | 1 | 0 | 0.67 |\n" in coverage
    assert _run(*SMALL, "--format", "markdown").output == title + coverage


@pytest.mark.parametrize(
    ("requirement", "exit_code"),
    [
        ("coverage.covered=0.5", 0),
        ("coverage.covered=0.6", 1),
        ("coverage.touched=0.8", 0),
        ("coverage.unmatched<=1", 0),
        ("coverage.missed<=0", 1),
        ("offices.f1=0", 1),
    ],
)
def test_a_coverage_can_be_required(requirement: str, exit_code: int) -> None:
    assert _run(*SMALL, "--require", requirement).exit_code == exit_code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give GOLD_DIR, or a curated source"),
        (("--curated", str(SOURCE), "--errors"), "--errors is about GOLD_DIR"),
        (("--curated", str(SOURCE), "--document", "01"), "--document is about GOLD_DIR"),
        (("--curated", str(SOURCE), "--extractor", "oracle"), "there is no extractor"),
    ],
)
def test_wrong_usage_is_said(arguments: tuple[str, ...], message: str) -> None:
    done = run("evaluate", *arguments)
    assert done.exit_code == 2
    assert message in done.error


def test_what_is_no_source_is_refused(tmp_path: Path) -> None:
    done = run("evaluate", "--curated", str(tmp_path / "nothing"), *AUTHORITY, *SMALL)
    assert done.exit_code == 3
    assert "source.toml" in done.error


def test_a_quote_that_is_not_in_the_article_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / SOURCE.name
    shutil.copytree(SOURCE, folder)
    claims = (folder / "claims.ttl").read_text(encoding="utf-8")
    broken = claims.replace("Lindqvist denied it.", "Lindqvist owned up.")
    (folder / "claims.ttl").write_text(broken, encoding="utf-8")
    done = run("evaluate", "--curated", str(folder), *AUTHORITY, *SMALL)
    assert done.exit_code == 3
    assert "these words are not in the article" in done.error


@pytest.mark.parametrize("what", [("--curated", str(SOURCE), *AUTHORITY), (str(GOLD / "gold"),)])
def test_a_model_that_is_not_configured_is_said(
    what: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WARRANTGRAPH_CHAT_URL", "WARRANTGRAPH_CHAT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    done = run("evaluate", *what, "--extractor", "chat")
    assert done.exit_code == 3
    assert "no model is configured: WARRANTGRAPH_CHAT_URL is not set" in done.error


def test_the_rules_are_told_whom_the_authority_knows() -> None:
    coverage = _coverage("--extractor", "rules")
    assert coverage["extractor"].startswith("rules ")
    assert coverage["claims"] == 6


def _run(*arguments: str) -> Done:
    return run("evaluate", "--curated", str(SOURCE), *AUTHORITY, *arguments)


def _coverage(*arguments: str) -> dict[str, Any]:
    done = _run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.error
    coverage: dict[str, Any] = json.loads(done.output)["coverage"]
    return coverage
