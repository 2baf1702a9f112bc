"""Drafts are reviewed from a pipe and by name: what is decided, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from command import run
from reviews import CASES, claims_file, command, copy_source, statuses

if TYPE_CHECKING:
    from pathlib import Path

DRAFTS = {"s2-1": "draft", "s3-1": "draft", "s3-2": "draft", "s5-1": "draft"}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", {}),
        ("q\na\n", {}),
        ("a\n", {"s2-1": "accepted"}),
        ("r\n", {"s2-1": "rejected"}),
        ("r it is not said\n\nq", {"s2-1": "rejected"}),
        ("s\ns\ns\na\n", {"s5-1": "accepted"}),
        ("a\nu\n", {}),
        ("a\nr\nu\na\n", {"s2-1": "accepted", "s3-1": "accepted"}),
        ("a\nA\n", {"s2-1": "accepted", "s3-1": "accepted", "s3-2": "accepted"}),
        ("a\nA\nu\n", {"s2-1": "accepted"}),
        ("s\na\ny\n", {"s2-1": "accepted", "s3-1": "accepted"}),
        ("s\na\nn\n", {"s3-1": "accepted"}),
        ("s\na\nc\n", {}),
        ("s\na\n", {}),
        ("u\n?\na\n", {"s2-1": "accepted"}),
    ],
)
def test_each_line_of_a_pipe_is_a_key(
    tmp_path: Path, script: str, expected: dict[str, str]
) -> None:
    claims = copy_source(tmp_path)
    done = run(*command(claims), stdin=script)
    assert (done.exit_code, done.error) == (0, "")
    assert statuses(claims) == DRAFTS | expected
    decided = list(expected.values())
    counted = f"{decided.count('accepted')} accepted, {decided.count('rejected')} rejected"
    assert f"End of the review: {counted}" in done.output


def test_a_claim_is_shown_with_its_words_its_statements_and_its_speakers(tmp_path: Path) -> None:
    done = run(*command(copy_source(tmp_path), "s3-1"))
    shown = (CASES / "a-denial.txt").read_text(encoding="utf-8")
    assert done.output.startswith(shown.rstrip())  # what the rule is about may follow


def test_nothing_but_the_review_is_written(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    run(*command(claims), stdin='r "no"\\\ns\na\n')
    assert claims_file(claims) == (CASES / "a-denial-reviewed.ttl").read_text(encoding="utf-8")
    assert run(*command(claims), stdin="s\ns\n").exit_code == 0
    assert claims_file(claims) == (CASES / "a-denial-reviewed.ttl").read_text(encoding="utf-8")


def test_an_undone_decision_leaves_the_bytes_as_they_were(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    claims.write_bytes(claims.read_bytes().replace(b"\n", b"\r\n"))
    before = claims.read_bytes()
    run(*command(claims), stdin="a\nr no\nu\nu\n")
    assert claims.read_bytes() == before
    run(*command(claims), stdin="a\n")
    assert claims.read_bytes().count(b"\n") == claims.read_bytes().count(b"\r\n")


@pytest.mark.parametrize(
    ("arguments", "expected", "said"),
    [
        (("s2-1", "--accept"), {"s2-1": "accepted"}, "accepted: s2-1  The court accuses"),
        (
            ("s2-1", "claim:s3-1", "--reject", "--reason", "no"),
            {"s2-1": "rejected", "s3-1": "rejected"},
            "rejected: s3-1",
        ),
        (("--accept-rule", "membership"), {"s5-1": "accepted"}, "accepted: s5-1"),
        (("--accept-rule", "chat/some-model"), {"s3-2": "accepted"}, "accepted: s3-2"),
        (("--accept-rule", "chat/some-model", "--rule", "membership"), {}, "Nothing to do"),
        (("--accept", "s3-1"), {"s3-1": "accepted"}, "They speak of s2-1, which is still a draft"),
        (
            ("--accept", "https://w3id.org/warrantgraph/id/claim/a-denial/s5-1"),
            {"s5-1": "accepted"},
            "accepted: s5-1",
        ),
    ],
)
def test_claims_are_decided_by_name_or_by_rule(
    tmp_path: Path, arguments: tuple[str, ...], expected: dict[str, str], said: str
) -> None:
    claims = copy_source(tmp_path)
    done = run(*command(claims, *arguments))
    assert done.exit_code == 0
    assert said in done.output + done.error
    assert statuses(claims) == DRAFTS | expected


@pytest.mark.parametrize("option", ["--accept-rule", "--rule"])
def test_a_rule_that_drafted_nothing_is_a_slip(tmp_path: Path, option: str) -> None:
    claims = copy_source(tmp_path)
    done = run(*command(claims, option, "memberships"))
    assert (done.exit_code, "did you mean membership?" in done.error) == (2, True)
    assert statuses(claims) == DRAFTS


def test_what_a_claim_needs_is_offered_and_no_more(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    claims.write_bytes((CASES / "needs.ttl").read_bytes())
    done = run(*command(claims), stdin="a\nc\na\ny\n")
    said = " ".join(done.output.split())
    assert "It needs a claim that is rejected: s2-1" in said
    assert "It needs a claim that is still a draft: s2-2" in said
    found = {"s1-1": "accepted", "s2-1": "rejected", "s2-2": "accepted", "s2-3": "draft"}
    assert statuses(claims) == found


def test_a_decision_can_be_changed_by_name(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    run(*command(claims, "s5-1", "--reject", "--reason", "unclear"))
    run(*command(claims, "s5-1", "--accept"), "--reviewer", "Bo")
    text = claims.read_text(encoding="utf-8")
    assert text.count("cur:reviewedBy") == text.count('cur:reviewedBy "Bo"') == 1
    assert '"Rejected: unclear"@en' in text


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--accept",), 2, "name the claims"),
        (("s2-1", "--accept", "--reject"), 2, "only one of"),
        (("--reason", "no"), 2, "--reason belongs to --reject"),
        (("--status", "all"), 2, "--status belongs to --list"),
        (("s2-1", "--summary"), 2, "name none"),
        (("s2-1", "s9-9", "--accept"), 3, "no drafted claim has this name"),
        (("s4-1", "--accept"), 3, "no drafted claim has this name"),
        (("s2-1", "--accept", "--reviewer", " "), 3, "the name of a person"),
        (("s2-1", "--accept", "--reviewer", "a\x1b[2Jb"), 3, "one short line"),
        (("--reviewer", ""), 3, "the name of a person"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    claims = copy_source(tmp_path)
    before = claims.read_bytes()
    done = run(*command(claims), *arguments)
    assert done.exit_code == code
    assert message in done.error
    assert "\x1b" not in done.error
    assert claims.read_bytes() == before


def test_a_source_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    copy_source(tmp_path)
    done = run("review", "a-denail", "--sources", str(tmp_path))
    assert done.exit_code == 3
    assert "did you mean a-denial?" in done.error


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('cur:status "draft" ;', 'cur:status "draft" , "accepted" ;', "more than once"),
        ("wg:assertedBy", "wg:assertedBy ;; . . .", "this is not Turtle"),
        ("@prefix wg:", "@base <http://e/> .\n@prefix wg:", "without @base"),
    ],
)
def test_a_file_that_is_wrong_is_not_written(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    claims = copy_source(tmp_path)
    claims.write_text(claims.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    before = claims.read_bytes()
    done = run(*command(claims), stdin="a\n")
    assert done.exit_code == 3
    assert message in done.error
    assert "claims.ttl:" in done.error
    assert claims.read_bytes() == before


def test_a_draft_whose_quote_is_not_in_the_text_says_so(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    text = claims.read_text(encoding="utf-8").replace("is not a member", "is no member")
    claims.write_text(text, encoding="utf-8")
    done = run(*command(claims, "s5-1"))
    assert done.exit_code == 0
    assert "these words are not in the article" in done.output


def test_what_strangers_wrote_steers_no_terminal(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    evil = r"\u001B[2J\u202E [bold red]x[/] \u0007\r::error::"
    text = claims.read_text(encoding="utf-8")
    text = text.replace("a general whom", f"{evil} whom").replace("The court accuses", evil)
    text = text.replace("accusations/accuses-of", f"accusations/{evil}")
    claims.write_text(text, encoding="utf-8")
    for arguments in ((), ("--list",), ("--summary",), ("s2-1", "--accept")):
        done = run(*command(claims, *arguments), stdin="?\n")
        assert done.exit_code == 0
        assert not set("\x1b\u202e\x07\r") & set(done.output)
        assert "[bold red]x[/]" in done.output.replace("\n", "")


def test_claims_are_listed_and_counted(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    run(*command(claims, "s2-1", "--accept"))
    listed = run(*command(claims, "--list")).output
    assert [line.split("\t")[0] for line in listed.splitlines()] == ["s3-1", "s3-2", "s5-1"]
    accepted = run(*command(claims, "--list", "--status", "accepted")).output
    assert accepted.startswith("s2-1\t2\taccepted\taccusations/accuses-of\tThe court")
    assert len(run(*command(claims, "--list", "--status", "all")).output.splitlines()) == 4
    of_rule = run(*command(claims, "--list", "--rule", "responses")).output
    assert [line.split("\t")[0] for line in of_rule.splitlines()] == ["s3-1"]
    counted = run(*command(claims, "--summary")).output.splitlines()
    assert counted[0].split() == ["draft", "accepted", "rejected"]
    assert counted[1].split() == ["all", "rules", "3", "1", "0"]


def test_only_claims_of_a_rule_are_asked_for(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    done = run(*command(claims, "--rule", "membership"), stdin="a\na\na\n")
    assert "1 of 1" in done.output
    assert statuses(claims) == DRAFTS | {"s5-1": "accepted"}


def test_the_reviewer_is_whom_git_knows(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Cy Example\n", encoding="utf-8")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1"}
    arguments = [*command(claims, "--accept", "s5-1")[:-2]]
    subprocess.run(
        [sys.executable, "-m", "warrantgraph", *arguments],
        env=environment,
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert 'cur:reviewedBy "Cy Example"' in claims.read_text(encoding="utf-8")


def test_a_source_that_is_half_reviewed_can_be_built(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    claims = copy_source(sources)
    assert run(*command(claims), stdin="s\na\nn\nr\na\n").exit_code == 0
    done = run("build", "--sources", str(sources), "--out", str(tmp_path / "release"))
    assert (done.exit_code, done.error) == (0, "")
    assert "1 accepted claim waits" in done.output  # the denial of what is a draft
