"""The verb `evaluate`: what it reads, runs, lists and asks for, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command import Done, run

CASES = Path(__file__).parent / "cases" / "evaluation"
GOLD = CASES / "figures" / "gold"
PREDICTED = ("--predictions", str(CASES / "figures" / "predicted"))
BROKEN = sorted((CASES / "broken").glob("*.json"))
SMALL = ("--extractor", "evaluation_extractors:Small")
TEXT = """\
The Bergen District Court issued a warrant for Lindqvist.
The Oslo City Court was asked for a warrant for Krag.
Lindqvist denied it. Krag mocked the court. Holm said nothing.
The Norwegian press was there.
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """One text that the small extractor reads as its gold does, but for one state."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "01.txt").write_text(TEXT, encoding="utf-8")
    facts: dict[str, Any] = {
        "published": "2024-02",
        "warrants": [
            _warrant("Lindqvist", "Bergen District Court", "issued"),
            _warrant("Krag", "Oslo City Court", "requested"),
        ],
        "denials": [{"by": "Lindqvist", "of": "it", "quote": "Lindqvist denied it."}],
        "entities": [
            {"name": "Lindqvist", "type": "person", "mentions": ["Lindqvist"]},
            {"name": "Bergen District Court", "type": "court", "mentions": []},
        ],
    }
    (folder / "01.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def test_an_extractor_is_run_and_scored(gold: Path) -> None:
    report = _report(gold, *SMALL)
    figures = report["groups"][0]["figures"]
    assert report["extractor"] == "small 1"
    assert report["seconds"] > 0
    assert figures["warrants"]["f1"] == 1
    assert figures["warrants-strict"]["precision"] == 0.5
    assert figures["denials"]["predicted"] == 2  # mocking is one, saying nothing is none
    assert report["groups"][0]["states"]["called_issued"] == 1
    assert report["groups"][0]["evidence_overlap"]["warrants"]["accuracy"] == 1


def test_what_is_no_name_is_no_entity_and_no_mention(gold: Path, tmp_path: Path) -> None:
    run("evaluate", str(gold), *SMALL, "--write-predictions", str(tmp_path / "found"))
    written = json.loads((tmp_path / "found" / "01.json").read_text(encoding="utf-8"))
    named = {each["name"]: each["mentions"] for each in written["entities"]}
    assert named == {name: [name] for name in named}
    assert "Lindqvist" in named
    assert named.keys().isdisjoint({"a crowd", "Norway", "Sweden"})


def test_a_month_of_publication_counts_as_its_last_day(gold: Path, tmp_path: Path) -> None:
    run("evaluate", str(gold), *SMALL, "--write-predictions", str(tmp_path / "found"))
    written = json.loads((tmp_path / "found" / "01.json").read_text(encoding="utf-8"))
    assert written["warrants"][0]["issued_on"] == "2024-02-29"


def test_without_a_day_of_publication_it_is_said(gold: Path) -> None:
    facts = json.loads((gold / "01.json").read_text(encoding="utf-8"))
    (gold / "01.json").write_text(json.dumps(facts | {"published": None}), encoding="utf-8")
    assert "no day of publication" in run("evaluate", str(gold), *SMALL).output


def test_written_predictions_score_as_the_extractor_did(gold: Path, tmp_path: Path) -> None:
    found = str(tmp_path / "found")
    ran = _report(gold, *SMALL, "--write-predictions", found)
    read = _report(gold, "--predictions", found)
    assert read["groups"] == ran["groups"]


def test_predictions_never_replace_the_gold(gold: Path) -> None:
    before = (gold / "01.json").read_bytes()
    done = run("evaluate", str(gold), *SMALL, "--write-predictions", str(gold))
    assert (done.exit_code, (gold / "01.json").read_bytes()) == (3, before)
    assert "would replace the gold" in done.error


def test_errors_show_both_sides_the_words_and_the_rule() -> None:
    shown = run("evaluate", str(GOLD), *PREDICTED, "--errors").output
    assert "01 warrants INVENTED  warrants/wanted\n" in shown
    assert "found Krag: arrest, issued\n" in shown
    assert "words Prosecutors want\n" in shown
    assert "01 warrants WRONG state  warrants/wanted\n" in shown
    assert "gold  Berg: arrest, requested\n" in shown
    assert "02 warrants MISSED\n" in shown
    assert shown.endswith("1 missed, 1 invented, 2 wrong\n")


@pytest.mark.parametrize(
    ("arguments", "counts"),
    [
        (("--only", "warrants"), "1 missed, 1 invented, 2 wrong"),
        (("--only", "offices"), "0 missed, 0 invented, 0 wrong"),
        (("--errors", "--document", "02"), "1 missed, 0 invented, 0 wrong"),
        (("--errors", "--leave-out", "02,03"), "0 missed, 1 invented, 1 wrong"),
        (("--rule", "warrants/wanted"), "0 missed, 1 invented, 1 wrong"),
    ],
)
def test_errors_can_be_narrowed(arguments: tuple[str, ...], counts: str) -> None:
    assert run("evaluate", str(GOLD), *PREDICTED, *arguments).output.endswith(f"{counts}\n")


def test_a_text_that_is_left_out_is_not_opened(gold: Path) -> None:
    (gold / "02.json").write_bytes(b"\xff")
    assert run("evaluate", str(gold), *SMALL).exit_code == 3
    assert run("evaluate", str(gold), *SMALL, "--leave-out", "02").exit_code == 0


def test_of_held_out_texts_only_figures_over_all_are_told(tmp_path: Path) -> None:
    found = tmp_path / "found"
    more = ("--held-out", "02,03", "--errors", "--write-predictions", str(found))
    report = _report(GOLD, *PREDICTED, *more)
    assert report["developed_on"]["figures"]["warrants"]["precision"] == pytest.approx(2 / 3)
    assert report["held_out"]["figures"]["warrants"]["precision"] == 1
    assert {mistake["document"] for mistake in report["mistakes"]} == {"01"}
    assert list(report["per_document"]) == ["01"]
    assert [group["name"] for group in report["groups"]] == ["all"]
    assert [path.name for path in found.iterdir()] == ["01.json"]
    assert "difference" in run("evaluate", str(GOLD), *PREDICTED, "--held-out", "02").output


@pytest.mark.parametrize(
    ("level", "rules"),
    [
        ("families", {"denials", "warrants"}),
        ("rules", {"denials/answers", "warrants/issued", "warrants/was"}),
    ],
)
def test_ablation_says_what_each_rule_brings(gold: Path, level: str, rules: set[str]) -> None:
    gains = _report(gold, *SMALL, "--ablation", level)["gains"]
    assert {gain["rule"] for gain in gains} == rules
    brought = {(gain["rule"], gain["view"]): gain["f1"] for gain in gains}
    # without one of two warrants: found 1, missed 1, so that F1 falls from 1 to 2/3
    lost = 1.0 if level == "families" else pytest.approx(1 / 3)
    assert brought[min(r for r in rules if r.startswith("w")), "warrants"] == lost


def test_an_extractor_without_rules_cannot_be_ablated(gold: Path) -> None:
    nothing = ("--extractor", "evaluation_extractors:WithoutRules")
    assert _report(gold, *nothing, "--ablation", "rules")["gains"] == []
    assert run("evaluate", str(gold), *PREDICTED, "--ablation", "rules").exit_code == 2


def test_a_text_that_cannot_be_read_by_the_extractor_is_all_missed(gold: Path) -> None:
    (gold / "01.txt").write_text(f"{TEXT}unreadable", encoding="utf-8")
    report = _report(gold, "--extractor", "evaluation_extractors:Failing")
    assert report["failures"] == {"01": "this is not English"}
    assert report["groups"][0]["figures"]["warrants"]["missed"] == 2


@pytest.mark.parametrize(
    ("requirement", "failure"),
    [
        ("warrants.precision=0.75", None),
        ("warrants.precision=0.76", "warrants.precision is 0.750, below 0.76"),
        ("warrants.called-issued<=2", None),
        ("warrants.called-issued<=1", "warrants.called-issued is 2, above 1"),
        ("warrants.state=0.9", "warrants.state is 0.333, below 0.9"),
        ("denials.f1=0.1", "denials.f1 is not known"),
        ("warrants.beauty=1", "warrants.beauty is not known"),
    ],
)
def test_a_figure_that_is_required_decides_the_exit_code(
    requirement: str, failure: str | None
) -> None:
    done = run("evaluate", str(GOLD), *PREDICTED, "--require", requirement)
    assert done.exit_code == (0 if failure is None else 1)
    assert done.error.startswith("" if failure is None else f"Not met: {failure}")


def test_markdown_tells_how_scores_come_about_and_shows_no_text() -> None:
    page = run("evaluate", str(GOLD), *PREDICTED, "--format", "markdown", "--per-document").output
    assert page.startswith("# Scores of extraction\n")
    assert "| warrants | 4 | 4 | 0.75 | 0.75 | 0.75 |" in page
    assert "| 01 | 2/2 +1 |" in page
    assert "Lindqvist" not in page


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_gold_file_is_refused_with_its_place(path: Path, tmp_path: Path) -> None:
    (tmp_path / "01.json").write_bytes(path.read_bytes())
    (tmp_path / "01.txt").write_text("It rained.", encoding="utf-8")
    done = run("evaluate", str(tmp_path), *SMALL)
    expected = path.with_suffix(".expected").read_text(encoding="utf-8").strip()
    assert done.exit_code == 3
    assert expected in done.error


def test_json_that_is_nested_too_deep_is_refused(tmp_path: Path) -> None:
    (tmp_path / "01.json").write_text('{"warrants": ' + "[" * 100_000, encoding="utf-8")
    done = run("evaluate", str(tmp_path), *SMALL)
    assert (done.exit_code, "01.json: this JSON is nested too deep" in done.error) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("no-such-folder",), 3, "no-such-folder: no such folder"),
        ((str(CASES),), 3, "there are no gold files here"),
        ((str(GOLD), "--document", "99"), 3, 'there is no such document: "99"'),
        ((str(GOLD), "--held-out", "99"), 3, 'there is no such document: "99"'),
        ((str(GOLD), "--leave-out", "01,02,03"), 3, "no text is left to score"),
        ((str(GOLD), "--predictions", "no-such-folder"), 3, "no-such-folder: no such folder"),
        ((str(GOLD), "--extractor", "magic"), 2, 'there is no extractor "magic"'),
        ((str(GOLD), "--extractor", "no_such_module:A"), 2, "no_such_module"),
        ((str(GOLD), "--extractor", "evaluation_extractors:A"), 2, "has no A"),
        ((str(GOLD), "--require", "precision"), 2, "is not FIGURE=NUMBER"),
        ((str(GOLD), "--group", "first"), 2, "is not NAME=ID,ID"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], code: int, message: str) -> None:
    done = run("evaluate", *arguments)
    assert (done.exit_code, message in done.error) == (code, True), done.error


def test_words_of_a_text_cannot_steer_the_terminal(gold: Path) -> None:
    facts = {"denials": [{"by": "Krag\x1b[31m"}]}
    (gold / "01.json").write_text(json.dumps(facts), encoding="utf-8")
    done = run("evaluate", str(gold), *SMALL, "--errors")
    assert "by Krag\\x1b[31m" in done.output
    assert "\x1b" not in done.output


def _warrant(suspect: str, court: str, state: str) -> dict[str, Any]:
    line = next(line for line in TEXT.splitlines() if f"for {suspect}" in line)
    return {"suspect": suspect, "court": court, "kind": "arrest", "state": state, "quote": line}


def _report(*arguments: str | Path) -> dict[str, Any]:
    done: Done = run("evaluate", *map(str, arguments), "--format", "json")
    assert (done.exit_code, done.error) == (0, "")
    report: dict[str, Any] = json.loads(done.output)
    return report
