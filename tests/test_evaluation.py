"""The rules of scoring, each with what they let pass and what they do not, and the figures."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import run
from warrantgraph.evaluation.names import Names, normalize
from warrantgraph.evaluation.tally import Counts, intervals
from warrantgraph.evaluation.wording import set_f1, token_f1

CASES = Path(__file__).parent / "cases" / "evaluation"
FIGURES = CASES / "figures"
TEXT = "It rained in the harbour."


@pytest.mark.parametrize("path", sorted((CASES / "rules").glob("*.json")), ids=lambda p: p.stem)
def test_a_rule_pairs_what_it_should_and_nothing_else(path: Path, tmp_path: Path) -> None:
    case: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert case["invented"] or case.get("unscored"), "a rule needs a case that must not match"
    kind, view = case["type"], case.get("view", case["type"])
    expected: dict[str, tuple[int, int]] = {}
    slots: dict[str, dict[str, float | None]] = {}
    gold = {"entities": case.get("entities", [])} | {kind: [case["gold"]]}
    for outcome in ("found", "invented", "unscored"):
        for number, record in enumerate(case.get(outcome, ())):
            name = f"{outcome}-{number}"
            expected[name] = (int(outcome == "found"), int(outcome == "invented"))
            slots[name] = record.pop("slots", {})
            _write(tmp_path / "gold", name, gold, case.get("text", TEXT))
            _write(tmp_path / "predicted", name, {kind: [record]})
    groups = [f"--group={name}={name}" for name in expected]
    report = _report(tmp_path / "gold", "--predictions", str(tmp_path / "predicted"), *groups)
    counted = {name: views[view] for name, views in report["per_document"].items()}
    assert {n: (c["found"], c["invented"]) for n, c in counted.items()} == expected
    given_slots = {group["name"]: group["slots"].get(kind, {}) for group in report["groups"]}
    for name, wanted in slots.items():
        scored = {slot: given_slots[name][slot]["accuracy"] for slot in wanted}
        assert scored == pytest.approx(wanted), name


def test_the_figures_are_those_worked_out_by_hand() -> None:
    report = _report(FIGURES / "gold", "--predictions", str(FIGURES / "predicted"))
    expected: dict[str, Any] = json.loads((FIGURES / "expected.json").read_text())
    found = {path: reduce(_step, path.split("/"), report) for path in expected}
    for path, value in expected.items():
        wanted = pytest.approx(value) if isinstance(value, float) else value
        assert found[path] == wanted, path


def test_the_gold_itself_scores_one() -> None:
    report = _report(FIGURES / "gold", "--predictions", str(FIGURES / "gold"))
    figures = report["groups"][0]["figures"]
    assert {view: f["f1"] for view, f in figures.items() if f["gold"]} == {
        "warrants": 1.0,
        "warrants-strict": 1.0,
        "accusations": 1.0,
    }
    assert report["groups"][0]["states"]["called_issued"] == 0


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    texts = [Counts(3, 1, 0), Counts(1, 2, 2), Counts(0, 0, 1), Counts(4, 0, 0)]
    found = intervals(texts, samples=200)
    assert found == intervals(texts, samples=200)
    assert found["f1"].low <= 16 / 22 <= found["f1"].high
    assert found["f1"].low < found["f1"].high


def test_one_text_has_an_interval_without_width() -> None:
    assert {tuple(i) for i in intervals([Counts(1, 1, 1)], samples=10).values()} == {(0.5, 0.5)}
    assert intervals([Counts()], samples=10) == {}


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(first: str, second: str) -> None:
    assert token_f1(first, second) == token_f1(second, first)
    assert 0 <= token_f1(first, second) <= 1
    assert normalize(normalize(first)) == normalize(normalize(normalize(first)))
    names = Names(())
    assert names.same(first, first) == any(normalize(part) for part in first.split(" / "))
    for person in (True, False):
        assert names.same(first, second, person=person) in (True, False)
    assert names.same_court(first, second) in (True, False)


@given(st.sets(st.integers()), st.sets(st.integers()))
def test_sets_are_alike_only_where_they_are_equal(first: set[int], second: set[int]) -> None:
    assert (set_f1(first, second) == 1) == (first == second)


def _step(value: Any, key: str) -> Any:  # noqa: ANN401 - JSON
    return cast("list[Any]", value)[int(key)] if isinstance(value, list) else value[key]


def _write(folder: Path, name: str, facts: dict[str, Any], text: str | None = None) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")
    if text is not None:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def _report(*arguments: str | Path) -> dict[str, Any]:
    done = run("evaluate", *map(str, arguments), "--format", "json")
    assert (done.exit_code, done.error) == (0, "")
    report: dict[str, Any] = json.loads(done.output)
    return report
