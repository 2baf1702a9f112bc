"""Writes what commands print into the pages that show it; for outputs that were meant to change."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from shown import code_blocks, renewed
from strangers import EXAMPLE

__all__ = ["PAGE", "PAGES", "README", "renewed_page"]

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGE = ROOT / "docs/validation.md"
PAGES = (PAGE, EXAMPLE / "README.md")


def renewed_page(page: Path, folder: Path) -> str:
    """The page with what its commands print now, run in a copy of the example below a folder.

    `warrant.ttl` there holds the first Turtle that the page shows.
    """
    text = page.read_text(encoding="utf-8")
    repository = shutil.copytree(EXAMPLE, folder / "repository")
    for turtle in code_blocks(text, "turtle")[:1]:
        (repository / "warrant.ttl").write_text(turtle, encoding="utf-8")
    return renewed(text, repository)


def _main() -> None:
    for page in PAGES:
        with TemporaryDirectory() as folder:
            page.write_text(renewed_page(page, Path(folder)), encoding="utf-8")
    text, page_text = (file.read_text(encoding="utf-8") for file in (README, PAGE))
    (old,), new = code_blocks(text, "console"), code_blocks(page_text, "console")[0]
    README.write_text(text.replace(old, new), encoding="utf-8")


if __name__ == "__main__":
    _main()
