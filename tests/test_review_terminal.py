"""The review in a real pseudo-terminal: keys, interruptions, several reviewers, and files."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from command import run
from reviews import Terminal, command, copy_source, statuses

if TYPE_CHECKING:
    from pathlib import Path

DRAFTS = {"s2-1": "draft", "s3-1": "draft", "s3-2": "draft", "s5-1": "draft"}


def test_keys_decide_at_once_and_a_reason_is_asked_for(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    terminal = Terminal(*command(claims))
    assert "1 of 4" in terminal.wait_for()
    terminal.press("a")
    assert "2 of 4" in terminal.wait_for()
    assert statuses(claims) == DRAFTS | {"s2-1": "accepted"}
    terminal.press("r")
    terminal.wait_for("Reason (may be empty):")
    terminal.press("nobody denies\n")
    terminal.wait_for()
    assert '"Rejected: nobody denies"@en' in claims.read_text(encoding="utf-8")
    terminal.press("u")
    assert "Undone: a draft again: s3-1" in terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert "1 accepted, 0 rejected" in terminal.output
    assert statuses(claims) == DRAFTS | {"s2-1": "accepted"}


def test_a_plain_terminal_gets_no_escape_and_no_line_that_is_too_long(tmp_path: Path) -> None:
    terminal = Terminal(*command(copy_source(tmp_path)))
    shown = terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.output
    assert max(map(len, shown.splitlines())) <= 60
    assert ">>The International Criminal Court" in shown


def test_colours_mark_the_quote_where_there_are_some(tmp_path: Path) -> None:
    terminal = Terminal(*command(copy_source(tmp_path)), term="xterm-256color")
    shown = terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert "\x1b[" in shown
    assert ">>The International" not in shown


def test_other_keys_decide_nothing(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    terminal = Terminal(*command(claims))
    terminal.wait_for()
    for keys in ("\x1b[A", "\x1bOA", "\x1b[1;5A", "\x1b[3~", "\x1ba", " ", "x", "ü"):
        terminal.press(keys)
        terminal.press("?")
        terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert statuses(claims) == DRAFTS


def test_a_key_held_too_long_accepts_no_claim_that_nobody_saw(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    terminal = Terminal(*command(claims))
    terminal.wait_for()
    terminal.press("aaaaaaaa")
    terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert statuses(claims) == DRAFTS | {"s2-1": "accepted"}


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)])
def test_to_stop_loses_nothing(tmp_path: Path, key: str, code: int) -> None:
    claims = copy_source(tmp_path)
    terminal = Terminal(*command(claims))
    terminal.wait_for()
    terminal.press("a")
    terminal.wait_for()
    terminal.press(key)
    assert terminal.end() == code
    assert "Traceback" not in terminal.output
    assert "1 accepted, 0 rejected" in terminal.output
    assert statuses(claims) == DRAFTS | {"s2-1": "accepted"}


def test_a_terminal_that_closes_ends_the_review(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    terminal = Terminal(*command(claims))
    terminal.wait_for()
    terminal.press("a")
    terminal.wait_for()
    terminal.close()
    assert statuses(claims) == DRAFTS | {"s2-1": "accepted"}


def test_two_reviewers_lose_no_decision(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    one, other = Terminal(*command(claims)), Terminal(*command(claims), NO_COLOR="1")
    one.wait_for()
    other.wait_for()
    one.press("r")
    one.wait_for("Reason")
    other.press("a")
    assert "2 of 4" in other.wait_for()
    one.press("\n")
    assert "no draft any more" in one.wait_for("to quit")
    one.press("x")
    assert "s3-1" in one.wait_for()
    one.press("s")
    assert "s3-2" in one.wait_for()
    one.press("a")
    one.wait_for()
    other.press("a")
    other.wait_for()
    for terminal in (one, other):
        terminal.press("q")
        assert terminal.end() == 0
    assert statuses(claims) == DRAFTS | dict.fromkeys(("s2-1", "s3-1", "s3-2"), "accepted")


def test_many_reviewers_at_once_lose_no_decision(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    names = list(DRAFTS)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "warrantgraph", *command(claims, name, "--accept")],
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]
    assert [process.wait(60) for process in started] == [0] * len(names)
    assert statuses(claims) == dict.fromkeys(names, "accepted")
    assert sorted(path.name for path in claims.parent.iterdir()) == [
        "article.txt",
        "claims.ttl",
        "source.toml",
    ]


def test_a_file_that_an_editor_changed_is_read_again(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    terminal = Terminal(*command(claims))
    terminal.wait_for()
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("of pillage.", "of plunder."), encoding="utf-8")
    terminal.press("a")
    assert "changed in the file after it was shown" in re.sub(
        r"\s+", " ", terminal.wait_for("to quit")
    )
    assert statuses(claims) == DRAFTS
    terminal.press(" x")
    assert "of plunder." in terminal.wait_for()
    claims.write_text(claims.read_text(encoding="utf-8") + "\nbroken", encoding="utf-8")
    terminal.press("a")
    assert "this is not Turtle" in terminal.wait_for("to quit")
    claims.write_text(text + "# kept\n", encoding="utf-8")
    terminal.press("x")
    terminal.wait_for()
    terminal.press("a")
    terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert claims.read_text(encoding="utf-8").endswith("# kept\n")
    assert statuses(claims) == DRAFTS | {"s2-1": "accepted"}


KILLED = """
import os, signal, sys
name, rest = sys.argv[1], sys.argv[2:]
def killed(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
if name == "replace":
    import pathlib
    pathlib.Path.replace = killed
elif name == "replaced":
    import pathlib
    before = pathlib.Path.replace
    def replaced(*arguments):
        before(*arguments)
        killed()
    pathlib.Path.replace = replaced
else:
    os.fsync = killed
from warrantgraph.cli import main
main(rest)
"""


@pytest.mark.parametrize(
    ("moment", "status"), [("fsync", "draft"), ("replace", "draft"), ("replaced", "accepted")]
)
def test_a_kill_while_writing_leaves_the_old_file_or_the_new(
    tmp_path: Path, moment: str, status: str
) -> None:
    claims = copy_source(tmp_path)
    arguments = [sys.executable, "-c", KILLED, moment, *command(claims, "s5-1", "--accept")]
    assert subprocess.run(arguments).returncode == -signal.SIGKILL
    assert statuses(claims) == DRAFTS | {"s5-1": status}
    assert run(*command(claims, "s2-1", "--accept")).exit_code == 0
    assert len(list(claims.parent.iterdir())) == 3  # what the killed one left is gone


def test_a_link_and_the_mode_of_the_file_stay(tmp_path: Path) -> None:
    claims = copy_source(tmp_path)
    real = tmp_path / "elsewhere.ttl"
    claims.rename(real)
    real.chmod(0o640)
    claims.symlink_to(real)
    assert run(*command(claims, "s5-1", "--accept")).exit_code == 0
    assert claims.is_symlink()
    assert os.stat(real).st_mode & 0o777 == 0o640
    assert statuses(real)["s5-1"] == "accepted"
