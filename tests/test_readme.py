"""What the README shows is what a reader gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from command import run
from warrantgraph.resources import CHECKOUT, SOURCES

if TYPE_CHECKING:
    from warrantgraph.release import Release

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(
    r"```sh\ncurl [^\n]*query='\n(.*?)'\n```\n\n```csv\n(.*?)```", README, re.DOTALL
)


def test_there_are_three_queries() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize(("query", "answer"), QUERIES)
def test_a_query_gives_the_answer_that_is_shown(release: Release, query: str, answer: str) -> None:
    done = run("query", "--release", str(release.folder), "--format", "csv", query)
    assert done.output.replace("\r\n", "\n") == answer


def test_the_claim_that_is_shown_is_one_of_the_first_source() -> None:
    shown = re.search(r"```turtle\n(.*?)```", README, re.DOTALL)
    assert shown
    block = re.sub(r"^   ", "", shown[1], flags=re.MULTILINE).strip()
    claims = (SOURCES / "icc-warrant-for-putin" / "claims.ttl").read_text(encoding="utf-8")
    assert block in claims


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.skipif(not CHECKOUT, reason="make runs in a checkout")
@pytest.mark.parametrize("verb", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_make_has_the_verbs_that_are_shown(verb: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{verb}:", makefile, re.MULTILINE)
