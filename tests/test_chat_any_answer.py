"""Whatever a model answers, every fact of the draft stands in the text, or there is an error."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from chat_server import chat_server
from test_chat import check_draft
from warrantgraph.errors import ExtractionError
from warrantgraph.extraction import Article
from warrantgraph.extraction.chat import ChatExtractor, ChatSettings
from warrantgraph.extraction.chat.slots import answer_schema

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import Draft

TEXT = """Judges of the Court of Arvania issued an arrest warrant for Ann Day on 3 May 2021.
“We will never leave these hills,” Day said. Bornia accused her of 12 war crimes."""
WORDS = st.sampled_from([TEXT, *TEXT.splitlines(), *TEXT.split(), "Ann Day", "Court of Arvania"])
PIECES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60)).map(
    lambda at: TEXT[at[0] : at[0] + at[1]]
)
TEXTS = WORDS | PIECES | st.text(max_size=10)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def likely(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Mostly what the schema asks for, sometimes anything."""
    if "enum" in schema:
        fitting: st.SearchStrategy[Any] = st.sampled_from(schema["enum"])
    elif "properties" in schema:
        inner = {name: likely(each) for name, each in schema["properties"].items()}
        fitting = st.fixed_dictionaries({}, optional=inner) | st.fixed_dictionaries(inner)
    elif "items" in schema:
        fitting = st.lists(likely(schema["items"]), max_size=3)
    else:
        kinds: list[str] = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        of_kind = {"string": TEXTS, "integer": st.integers(-1, 15), "boolean": st.booleans()}
        fitting = st.one_of(*(of_kind.get(kind, st.none()) for kind in kinds))
    return st.integers(0, 19).flatmap(lambda chance: fitting if chance else JUNK)


ARTICLE = Article(TEXT, date(2021, 5, 10))
ANSWERS = likely(answer_schema()).map(json.dumps) | st.text(max_size=50)


def draft_or_error(asked: ChatExtractor) -> Draft | str:
    try:
        return asked.extract(ARTICLE)
    except ExtractionError as error:
        return str(error)


@hypothesis.settings(deadline=None, max_examples=60)
@given(ANSWERS)
def test_a_draft_is_borne_out_by_the_text_or_there_is_none(answer: str) -> None:
    with chat_server([{"content": answer}]) as server:
        asked = ChatExtractor(ChatSettings(url=server.address, model="a-model", part_length=500))
        draft = draft_or_error(asked)
    if isinstance(draft, str):
        assert draft.isprintable()
        return
    check_draft(draft, ARTICLE)
    left_out = asked.rejections.facts.total() + asked.rejections.repeated
    assert len(draft.facts) == asked.rejections.offered - left_out


@hypothesis.settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_an_error_or_a_draft(wire: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(wire)
    for sent in (wire, head + wire):
        with chat_server([{"raw": sent}]) as server:
            settings = ChatSettings(url=server.address, model="a-model", attempts=1, deadline=5)
            found = draft_or_error(ChatExtractor(settings))
        assert not isinstance(found, str) or found.isprintable()
