"""A reviewer mends a claim in an editor: what is saved, what is refused, what is left behind."""

from __future__ import annotations

import shlex
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from command import Done, run
from reviews import Terminal, command, copy_source, statuses

if TYPE_CHECKING:
    from pathlib import Path

EDITOR = """
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
assert path.suffix == ".ttl" and "--wait" in sys.argv
before = path.read_bytes().decode()
(pathlib.Path(__file__).parent / "opened.ttl").write_text(before)
"""


def editor(folder: Path, program: str) -> str:
    """A command that runs this program as an editor; `text` is what it saves."""
    path = folder / "an editor.py"
    path.write_text(f"{EDITOR}text = before\n{program}\npath.write_bytes(text.encode())\n")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(path))} --wait"


@pytest.fixture
def claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.delenv("VISUAL", raising=False)
    return copy_source(tmp_path)


def edit(
    claims: Path, monkeypatch: pytest.MonkeyPatch, program: str, script: str, *arguments: str
) -> Done:
    """Review with an editor that is this program, and leave nothing behind in temporary files."""
    monkeypatch.setenv("EDITOR", editor(claims.parents[1], program))
    done = run(*command(claims, *arguments), stdin=script)
    assert list((claims.parents[1] / "temporary").iterdir()) == []
    return done


def test_the_claim_is_opened_with_what_it_alone_speaks_of(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = claims.read_bytes()
    done = edit(claims, monkeypatch, "", "e\n")
    assert "Nothing was changed." in done.output
    opened = (claims.parents[1] / "opened.ttl").read_text()
    subjects = [line.split()[0] for line in opened.splitlines() if line[:1].isalpha()]
    assert subjects == ["claim:s2-1", "conduct:pillage", "group:a-general"]
    assert claims.read_bytes() == before


def test_what_is_saved_takes_the_place_of_the_blocks_and_of_nothing_else(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = claims.read_text(encoding="utf-8")
    program = 'text = text.replace("a general whom", "# not a comment; a man whom")'
    done = edit(claims, monkeypatch, program, "e\na\n")
    assert "Saved." in done.output
    assert statuses(claims)["s2-1"] == "accepted"
    run(*command(claims, "s2-1", "--reject"))
    changed = claims.read_text(encoding="utf-8").splitlines()
    lines = before.replace("a general whom", "# not a comment; a man whom").splitlines()
    assert [line for line in changed if "cur:review" not in line and "cur:status" not in line] == [
        line for line in lines if "cur:status" not in line
    ]


def test_blocks_may_come_and_go_with_their_comments(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = """
text = text.replace(" ;\\n    wg:allegedAgent group:a-general", "")
text = text[: text.index("group:a-general a ")] + "# of the army\\n" + (
    'group:a-general-of-the-army a wg:AgentGroup ; # new\\n    rdfs:label "a general"@en .\\n# end')
text = text.replace(
    'Court)"@en .', 'Court)"@en ;\\n    wg:allegedAgent group:a-general-of-the-army .')
"""
    before = claims.read_bytes()
    done = edit(claims, monkeypatch, program, "e\nu\n")
    assert "Saved." in done.output
    assert claims.read_bytes() == before  # undone
    edit(claims, monkeypatch, program, "e\n")
    text = claims.read_text(encoding="utf-8")
    assert "group:a-general a" not in text
    assert "# of the army\ngroup:a-general-of-the-army a wg:AgentGroup ; # new\n" in text
    assert "@en .\n# end\n" in text
    assert text.count("claim:s3-2 a wg:Characterization ;") == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("accuses a general", "accuses a colonel", "s2-1.ttl:7:15: these words are not in"),
        ("wg:assertedBy", "wg:assertedBye", "s2-1.ttl:8:5: nothing defines this term"),
        (" .\n", "\n", "this is not Turtle"),
        ("a wg:Accusation", "a wg:Accusation ;; . x", "s2-1.ttl:4:"),
        ("claim:s2-1", "claim:s2-9", "the claim itself is gone"),
        (
            "a wg:AgentGroup ;",
            "a wg:AgentGroup ;\n    wg:belongsTo state:russia ;",
            "s2-1.ttl:17:18: no claim supports this statement",
        ),
        ("claim:s2-1 a", "@prefix x: <http://e/> .\nclaim:s2-1 a", "prefixes stand at the head"),
        ("wg:allegedAgent group:a-general", 'wg:allegedAgent [ rdfs:label "x"@en ]', "no square"),
        ('cur:status "draft"', 'cur:status "maybe"', "a status is draft, accepted or rejected"),
    ],
)
def test_what_the_build_would_refuse_is_not_saved(
    claims: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    before = claims.read_bytes()
    program = f"text = text.replace({old!r}, {new!r})"
    done = edit(claims, monkeypatch, program, "e\nr\nq\n")
    assert message in " ".join(done.output.split())
    assert "Restored: nothing was changed." in done.output
    assert claims.read_bytes() == before


def test_an_edit_that_failed_can_be_mended(claims: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = """
text = text.replace("wg:assertedBye", "wg:assertedBy") if "Bye" in text else text.replace(
    "wg:assertedBy", "wg:assertedBye").replace("accuses a general of pillage.", "names him.")
"""
    done = edit(claims, monkeypatch, program, "e\ne\n")
    assert "nothing defines this term" in " ".join(done.output.split())
    assert "Saved." in done.output
    assert "The court names him." in claims.read_text(encoding="utf-8")


def test_what_was_wrong_elsewhere_hinders_no_edit_and_hides_no_mistake(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = claims.read_text(encoding="utf-8").replace('quote "Russia', 'quote "Ruritania')
    claims.write_text(text.replace('"denies it,', '"denied it,'), encoding="utf-8")
    done = edit(claims, monkeypatch, 'text = text.replace("a general of", "a colonel of")', "e\n")
    assert "s2-1.ttl:7" in done.output
    done = edit(claims, monkeypatch, 'text = text.replace("whom the", "whom this")', "e\n")
    assert "Saved." in done.output
    assert "whom this article" in claims.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("sys.exit(3)", "the editor failed with exit code 3"),
        ("import os; os.kill(os.getpid(), 15)", "the editor was ended by SIGTERM"),
        ("path.unlink(); sys.exit()", "the editor left no file"),
        ("path.write_bytes(b'\\n\\xff'); sys.exit()", "what was saved is not UTF-8, in line 2"),
        ("text = ''", "the claim itself is gone"),
    ],
)
def test_an_editor_that_fails_changes_nothing(
    claims: Path, monkeypatch: pytest.MonkeyPatch, program: str, message: str
) -> None:
    before = claims.read_bytes()
    done = edit(claims, monkeypatch, program, "e\nq\n" if "text" in program else "e\na\n")
    assert message in " ".join(done.output.split())
    if "text" not in program:
        assert statuses(claims)["s2-1"] == "accepted"
        run(*command(claims, "s2-1", "--reject"))
    else:
        assert claims.read_bytes() == before


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        ("no-such-editor --wait", "the editor cannot be started: No such file"),
        ("/", "the editor cannot be started: Permission denied"),
        ("'open", "EDITOR cannot be read: No closing quotation"),
    ],
)
def test_an_editor_that_is_not_there_is_named(
    claims: Path, monkeypatch: pytest.MonkeyPatch, variable: str, message: str
) -> None:
    monkeypatch.setenv("EDITOR", variable)
    done = run(*command(claims), stdin="e\ns\n")
    assert done.exit_code == 0
    assert message in " ".join(done.output.split())
    assert "EDITOR='code --wait'" in " ".join(done.output.split())


def test_without_any_editor_the_variable_is_told(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", str(claims.parent))
    done = run(*command(claims), stdin="e\ns\n")
    assert "there is no editor (name one in the variable EDITOR" in " ".join(done.output.split())


def test_a_claim_that_somebody_else_decided_meanwhile_is_not_overwritten(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"""
import subprocess
subprocess.run({[sys.executable, "-m", "warrantgraph", *command(claims, "s2-1", "--reject")]!r},
    check=True)
text = text.replace("whom the", "whom an")
"""
    done = edit(claims, monkeypatch, program, "e\nr\n")
    assert "Somebody else changed this claim while you edited it." in done.output
    assert statuses(claims)["s2-1"] == "rejected"
    assert "whom an" not in claims.read_text(encoding="utf-8")
    run(*command(claims, "s3-2", "--accept"))
    other = program.replace("'s2-1', '--reject'", "'s5-1', '--reject'")
    done = edit(claims, monkeypatch, other.replace("whom the", "denies the"), "e\n", "s3-1")
    assert "Saved." in done.output
    assert statuses(claims)["s5-1"] == "rejected"


def test_an_editor_on_a_terminal_keeps_ctrl_c_for_itself(
    claims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = """
try:
    print("editing", flush=True)
    sys.stdin.readline()
except KeyboardInterrupt:
    text = text.replace("whom the", "whom an")
"""
    terminal = Terminal(*command(claims), EDITOR=editor(claims.parents[1], program))
    terminal.wait_for()
    terminal.press("e")
    terminal.wait_for("editing")
    terminal.press("\x03")
    assert "Saved." in terminal.wait_for()
    terminal.press("q")
    assert terminal.end() == 0
    assert "whom an article" in claims.read_text(encoding="utf-8")
