"""The walk from an article to the graph goes as its page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from shown import Shown, code_blocks, outputs, shown_commands

EXAMPLE = Path(__file__).parents[1] / "examples/extraction"
PAGE = (EXAMPLE / "README.md").read_text(encoding="utf-8")
SHOWN = [shown for block in code_blocks(PAGE, "console") for shown in shown_commands(block)]


def agrees(shown: str, printed: str) -> bool:
    """Whether this was printed, up to spaces at ends and what three dots leave out."""
    parts = re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)
    lines = (r"[^\n]*".join(map(re.escape, re.split(r" ?\.\.\.", part))) for part in parts)
    return re.fullmatch(r"(?:[^\n]*\n)*".join(lines), re.sub(r" +\n", "\n", printed)) is not None


def test_each_command_prints_what_is_shown(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "extraction")
    printed = outputs([shown.command for shown in SHOWN], folder)
    others = [
        Shown(shown.command, text)
        for shown, text in zip(SHOWN, printed, strict=True)
        if not agrees(shown.output, text)
    ]
    assert others == []


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a  \n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a ... c\n", "a b c\n", True),
        ("a ... c\n", "a b d\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a\n...\n", "a\n", True),
    ],
)
def test_three_dots_stand_for_what_is_left_out(shown: str, printed: str, same: bool) -> None:
    assert agrees(shown, printed) is same


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", PAGE))
def test_links_lead_somewhere(link: str) -> None:
    assert (EXAMPLE / link).exists()
