"""Stands for the extractors and the writer where a test is about what surrounds them.

The extractor finds a statement in each line that begins with a quotation mark. Some words make it
misbehave, as an article that a stranger wrote might. Workers import it by name; run as a program,
it is `warrantgraph` with them.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph.cli import main
from warrantgraph.cli.extract import EXTRACTORS
from warrantgraph.errors import ExtractionError
from warrantgraph.extraction.facts import (
    Attribution,
    Draft,
    Entity,
    EntityKind,
    Evidence,
    Statement,
)
from warrantgraph.resources import AUTHORITY
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    import pytest

    from warrantgraph.extraction.article import Article

__all__ = ["FakeExtractor", "NewerExtractor", "UnloadableExtractor", "install", "write"]

_SPEECH = re.compile("“([^”]+)” ([A-Z][a-z]+)")


class FakeExtractor:
    """Does what the words of the article tell it."""

    name = "fake 1"

    def __init__(self, authority: Path = AUTHORITY) -> None:
        self._authority = authority

    def extract(self, article: Article) -> Draft:
        """One statement for each quotation that a name follows."""
        _misbehave(article.text)
        entities: dict[str, Entity] = {}
        facts: list[Statement] = []
        for found in _SPEECH.finditer(article.text):
            key = found[2].lower()
            mention = Span(*found.span(2))
            entity = entities.setdefault(key, Entity(key, found[2], EntityKind.PERSON, (mention,)))
            evidence = Evidence(Span(*found.span()), "speech/fake")
            speech = Statement(
                evidence=evidence, attribution=Attribution(entity), quoted=Span(*found.span(1))
            )
            facts.append(speech)
        if "ASTRAY" in article.text:
            entities["far"] = Entity("far", "Far", EntityKind.PERSON, (Span(0, 10**9),))
        return Draft(tuple(entities.values()), tuple(facts), self.name)


class NewerExtractor(FakeExtractor):
    """Another version of it."""

    name = "fake 2"


class UnloadableExtractor(FakeExtractor):
    """Cannot be made, as where a setting is missing."""

    def __init__(self, authority: Path = AUTHORITY) -> None:
        raise ExtractionError("no model is named", hint="set WARRANTGRAPH_EXAMPLE")


def _misbehave(text: str) -> None:
    if "HANG" in text:
        time.sleep(1000)
    if "FILL" in text:
        bytes(8 << 30)
    if "CRASH" in text:
        ctypes.string_at(0)
    if "LEAVE" in text:
        os._exit(7)
    if "RAISE" in text:
        raise ValueError("no such thing")
    if "REFUSE" in text:
        raise ExtractionError("nothing can be made of this")
    if "PRINT" in text:
        os.write(1, b"what a library prints\n")
    if "RECURSE" in text:
        _misbehave(text)


def write(folder: Path, article: Article, draft: Draft, authority: Path) -> list[tuple[str, str]]:
    """Write a source folder; facts of more than one line are left out."""
    folder.mkdir()
    content = article.text.encode()
    (folder / "article.txt").write_bytes(content)
    about = {
        "label": "An article",
        "kind": "NewsArticle",
        "language": article.language,
        "sha256": hashlib.sha256(content).hexdigest(),
        "published": article.published.isoformat(),
        "extractor": draft.extractor,
    }
    if "DISK FULL" in article.text:
        raise OSError(28, "No space left on device")
    if "HALFWAY" in article.text:
        os._exit(9)
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in about.items())
    (folder / "source.toml").write_text("".join(lines), encoding="utf-8")
    left_out: list[tuple[str, str]] = []
    claims: list[str] = []
    for number, fact in enumerate(draft.facts, 1):
        quote = article.text[slice(*fact.evidence.span)]
        if "\n" in quote:
            left_out.append((quote, "its words stand on two lines"))
        else:
            quoted = json.dumps(quote, ensure_ascii=False)
            claims.append(
                f'claim:s1-{number} a wg:Claim ;\n    cur:status "draft" ;\n'
                f"    cur:quote {quoted} .\n"
            )
    (folder / "claims.ttl").write_text("\n".join(claims), encoding="utf-8")
    return left_out


def install(monkeypatch: pytest.MonkeyPatch, extractor: str = "FakeExtractor") -> None:
    """Have `warrantgraph extract` use these, in this process and in the workers that it starts."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setitem(EXTRACTORS, "rules", f"fake_extraction:{extractor}")
    monkeypatch.setattr("warrantgraph.cli.extract.WRITER", "fake_extraction:write")


if __name__ == "__main__":
    import pytest

    with pytest.MonkeyPatch.context() as patch:
        install(patch)
        main(sys.argv[1:])
