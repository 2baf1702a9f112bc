"""The extractor that asks a model, against endpoints that answer well, badly, slowly, never.

Each case is a file: an article, what the endpoint answers, and what comes of it.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from chat_server import chat_server
from warrantgraph.errors import ExtractionError
from warrantgraph.extraction import Article
from warrantgraph.extraction.chat import ChatExtractor, ChatSettings
from warrantgraph.extraction.facts import Draft, Entity, Fact, WrittenDate
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import DataclassInstance

CASES = sorted((Path(__file__).parent / "cases" / "chat").glob("*/*.toml"))
TEXT = "The Court of Arvania issued an arrest warrant for Ann Day on 3 May 2021."


def extractor(case: dict[str, Any], address: str, waits: list[float]) -> ChatExtractor:
    options: dict[str, Any] = {"url": address, "model": "a-model", **case.get("settings", {})}
    return ChatExtractor(ChatSettings(**options), wait=waits.append)


def article(case: dict[str, Any]) -> Article:
    text = case.get("text", TEXT) * case.get("times", 1)
    published = case.get("published", date(2021, 5, 10))
    return Article(text, published, language=case.get("language", "en"))


def shown(value: object, text: str) -> str:
    """A value of a fact in few words: entities by name, stretches by their words."""
    match value:
        case Entity():
            return value.name
        case Span():
            return text[value.start : value.end]
        case WrittenDate():
            return str(value.edtf)
        case Enum():
            return str(value.value)
        case tuple():
            several = cast("tuple[object, ...]", value)
            return f"[{', '.join(shown(each, text) for each in several)}]"
        case _ if is_dataclass(value) and not isinstance(value, type):
            return " ".join(parts(value, text))
        case _:
            return str(value)


def parts(value: DataclassInstance, text: str) -> Iterator[str]:
    for field in fields(value):
        found = getattr(value, field.name)
        if found not in (None, (), False) and field.name not in ("evidence", "attribution"):
            yield f"{field.name}={shown(found, text)}"


def line(fact: Fact, text: str) -> str:
    """A fact on one line: what it is, who says it, and the words at their place."""
    said = " ".join(parts(fact.attribution, text))
    span = fact.evidence.span
    what = " ".join((type(fact).__name__, *parts(fact, text), *([said] if said else [])))
    return f"{what} | {span.start} {shown(span, text)}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_comes_of_an_answer(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    expected = case["expect"]
    waits: list[float] = []
    read = article(case)
    with chat_server(case.get("answers", [])) as server:
        asked = extractor(case, server.address, waits)
        if "error" in expected:
            with pytest.raises(ExtractionError) as caught:
                asked.extract(read)
            assert str(caught.value) == expected["error"]
        else:
            draft = asked.extract(read)
            assert [line(fact, read.text) for fact in draft.facts] == expected["facts"]
            assert str(asked.rejections) == expected["rejections"]
            check_draft(draft, read)
            names = [each.name for each in draft.entities]
            assert names == expected.get("entities", names)
    assert len(server.bodies) == expected.get("requests", 1)
    formats = [body.get("response_format", {}).get("type", "none") for body in server.bodies]
    assert formats == expected.get("formats", ["json_schema"] * len(formats))
    assert len(waits) == expected.get("waits", 0)
    assert waits == expected.get("waited", waits)


def check_draft(draft: Draft, read: Article) -> None:
    """What holds of every draft, whatever a model says."""
    assert draft.extractor == "chat a-model"
    keys = [entity.key for entity in draft.entities]
    assert len(set(keys)) == len(keys)
    for entity in draft.entities:
        assert entity.mentions
        assert entity.name in read.text
        assert all(shown(mention, read.text).strip() for mention in entity.mentions)
    for fact in draft.facts:
        assert fact.evidence.rule == "chat/a-model"
        assert 0 <= fact.evidence.span.start < fact.evidence.span.end <= len(read.text)
        assert all(each in draft.entities for each in entities_of(fact))


def entities_of(value: object) -> Iterator[Entity]:
    if isinstance(value, Entity):
        yield value
    elif isinstance(value, tuple):
        for each in cast("tuple[object, ...]", value):
            yield from entities_of(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from entities_of(getattr(value, field.name))
