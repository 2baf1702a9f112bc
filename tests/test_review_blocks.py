"""A decision changes the status of its claims and nothing else, however the file is written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rdflib import SKOS, XSD, Literal, URIRef

from turtle_documents import turtle_documents
from warrantgraph.errors import TurtleSyntaxError
from warrantgraph.namespaces import CURATION
from warrantgraph.reviewing.blocks import BlockText, read_blocks
from warrantgraph.reviewing.deciding import Decision, decide
from warrantgraph.reviewing.mending import open_excerpt
from warrantgraph.statuses import Status

PATH = Path("claims.ttl")
CLAIM = URIRef("http://c/s1-1")
AT = "2026-11-24T09:30:00Z"
REVIEW = {CURATION.status, CURATION.reviewedBy, CURATION.reviewedAt, SKOS.editorialNote}

_GAP = st.sampled_from([" ", "\n", "\r\n    ", "\t", ' # "draft" ; .\n', " #\r\n  "])
_TIGHT = st.one_of(st.just(""), _GAP)
_CUR = st.sampled_from(["cur:", "<https://w3id.org/warrantgraph/curation#>", "k:"])
_VALUE = st.sampled_from(
    [
        '"a. b"',
        '"""a"b\n.# c"""',
        "'''it's\r\n; .'''",
        r'"\"# ; ."@en-GB',
        "<http://e/a.b#c;d>",
        "1.5",
        "cur:quote",
        "true",
        "e:a.b",
        "[ ]",
        '[ e:q ( "." 1 ) ; e:r "draft" ]',
        '"draft"',
    ]
)


@st.composite
def _claim(draw: st.DrawFn) -> str:
    """A block of a draft; its status stands anywhere in it."""

    def term(name: str) -> str:
        prefix = draw(_CUR)
        return f"{prefix[:-1]}{name}>" if prefix[-1] == ">" else f"{prefix}{name}"

    said = [f"e:p{draw(_GAP)}{draw(_VALUE)}" for _ in range(draw(st.integers(0, 3)))]
    said.insert(draw(st.integers(0, len(said))), f'{term("status")}{draw(_GAP)}"draft"')
    if draw(st.booleans()):
        said.insert(draw(st.integers(0, len(said))), f"{term('rule')}{draw(_GAP)}'a/b'")
    parts = "".join(f"{draw(_GAP)}{each}{draw(_TIGHT)};" for each in said)
    end = draw(st.sampled_from([";", ""]))
    body = parts if end else parts[:-1]
    space = draw(_GAP if body[-1] not in "\"';>]" else _TIGHT)
    return f"<http://c/s1-1>{body}{space}."


@st.composite
def _files(draw: st.DrawFn) -> str:
    """A file with one draft in it, among blocks of any kind."""
    parts = [
        "@prefix cur: <https://w3id.org/warrantgraph/curation#> .",
        draw(st.sampled_from(["@prefix k:<https://w3id.org/warrantgraph/curation#>.", ""])),
        draw(st.sampled_from(["PREFIX e: <http://e/>", "@prefix e: <http://e/> ."])),
        draw(st.sampled_from(["", f"prefix xsd: <{XSD}>", "@prefix xsd: <http://e/x#> ."])),
        draw(st.sampled_from(["", f"@prefix skos: <{SKOS}> ."])),
    ]
    others = draw(st.lists(turtle_documents(), max_size=1))
    others = [text for text in others if "<http://c/s1-1>" not in text]
    where = draw(st.integers(0, len(others)))
    last = draw(st.sampled_from(["", "e:z e:p e:z .", "<http://e/y> e:p .5 ."]))
    body = [*others[:where], "@prefix cur: <https://w3id.org/warrantgraph/curation#> ."]
    body += ["@prefix e: <http://e/> .", draw(_claim()) + last, *others[where:]]
    return draw(_GAP).join((*parts, *body))


def _read(text: str) -> BlockText:
    try:
        return read_blocks(text, PATH)
    except TurtleSyntaxError:  # relative to a base, or without a declared prefix
        assume(False)
        raise


def _others(blocks: BlockText) -> Counter[object]:
    return Counter(t for t in blocks.triples if not (t[0] == CLAIM and t[1] in REVIEW))


@settings(max_examples=100, deadline=None)
@given(_files(), st.sampled_from(Status), st.text(max_size=8), st.text(max_size=8))
def test_only_what_a_review_says_is_changed(
    text: str, status: Status, name: str, reason: str
) -> None:
    before = _read(text)
    reason = reason.encode(errors="ignore").decode()
    decision = Decision(status, name.encode(errors="ignore").decode(), AT, reason)
    after = decide(before, [CLAIM], decision, PATH)
    assert _others(after) == _others(before)
    said = {each.predicate: each.value for each in after.said(CLAIM)}
    assert said[CURATION.status] == Literal(status.value)
    assert said[CURATION.reviewedBy] == Literal(decision.reviewer)
    assert said[CURATION.reviewedAt] == Literal(AT, datatype=XSD.dateTime, normalize=False)
    (old,), (new,) = before.of(CLAIM), after.of(CLAIM)
    assert after.text[: new.start] == text[: old.start]
    assert after.text[new.end :] == text[old.end :]
    again = decide(after, [CLAIM], decision, PATH)
    assert again.text == after.text


@settings(max_examples=40, deadline=None)
@given(_files())
def test_an_excerpt_that_nobody_changed_changes_nothing(text: str) -> None:
    blocks = _read(text)
    excerpt = open_excerpt(blocks, CLAIM, PATH)
    assume("[ ]" not in excerpt.text and "[ e:q" not in excerpt.text)  # the build refuses those
    assert excerpt.put_back(excerpt.text).blocks.text == text


@settings(max_examples=40, deadline=None)
@given(_files())
def test_blocks_are_cut_where_statements_end(text: str) -> None:
    blocks = _read(text)
    for one, other in zip(blocks.blocks, blocks.blocks[1:], strict=False):
        assert one.end <= other.start
    directives = [block for block in blocks.blocks if block.subject is None and not block.written]
    for block in blocks.of(CLAIM):
        head = "\n".join(blocks.words(each) for each in directives if each.start < block.start)
        alone = read_blocks(f"{head}\n{blocks.words(block)}", PATH)
        assert len(alone.of(CLAIM)) == 1


@pytest.mark.parametrize("word", ["decided", '"draft"@en , "draft"'])
def test_a_status_that_is_said_twice_is_not_changed(word: str) -> None:
    blocks = read_blocks(f"<{CLAIM}> <{CURATION.status}> \"draft\", '{word}' .", PATH)
    with pytest.raises(Exception, match="more than once"):
        decide(blocks, [CLAIM], Decision(Status.ACCEPTED, "Ada", AT), PATH)
