"""Commands that a page of Markdown shows with their output, and what they give when they are run.

A `console` block holds lines that begin with `$ `, each followed by what it prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Shown", "code_blocks", "environment", "outputs", "renewed", "shown_commands"]

_MARK = "== the output of the next command =="


@dataclass(frozen=True)
class Shown:
    """A command and the output that a page shows for it."""

    command: str
    output: str


def code_blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a language, in the order of the page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def shown_commands(block: str) -> list[Shown]:
    """The commands of a `console` block."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert parts[0] == "", f"a console block begins with a command: {parts[0]}"
    return [
        Shown(command, output) for command, output in zip(parts[1::2], parts[2::2], strict=True)
    ]


def renewed(page: str, folder: Path) -> str:
    """The page with what its commands print now, run one after the other in a folder."""
    blocks = [shown_commands(block) for block in code_blocks(page, "console")]
    given = iter(outputs([shown.command for block in blocks for shown in block], folder))
    texts = iter(
        "".join(f"$ {shown.command}\n{next(given)}" for shown in block) for block in blocks
    )
    return re.sub(
        r"^```console\n.*?^```$",
        lambda _: f"```console\n{next(texts)}```",
        page,
        flags=re.DOTALL | re.MULTILINE,
    )


def outputs(commands: Iterable[str], folder: Path) -> list[str]:
    """What commands print when one shell runs them, each seeing the exit code of the last."""
    script = "".join(f"{command}\ncode=$?; echo '{_MARK}'; (exit $code)\n" for command in commands)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment(folder.parent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout.split(f"{_MARK}\n")[:-1]


def environment(home: Path) -> dict[str, str]:
    """A stranger's environment: the command is there, git has a name, and little else."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Nobody",
        "GIT_AUTHOR_EMAIL": "nobody@example.org",
        "GIT_COMMITTER_NAME": "Nobody",
        "GIT_COMMITTER_EMAIL": "nobody@example.org",
    }
