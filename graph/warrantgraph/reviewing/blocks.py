"""Turtle text as blocks: where each statement of a file begins and ends, and what it says.

A review changes single values of a file that people wrote: every other byte stays. So values are
replaced where they stand in the text, and nothing is ever written anew from a graph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph
from rdflib import BNode

from warrantgraph.errors import InputError, TurtleSyntaxError
from warrantgraph.positions import AlignedReader, lines_and_columns
from warrantgraph.positions.lexing import PLAIN, STRING, TOKEN
from warrantgraph.triples import as_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib import URIRef
    from rdflib.term import Node

__all__ = ["Block", "BlockText", "Replacement", "Written", "read_blocks", "replaced"]

_DIRECTIVE: Final = re.compile(r"@?(?:prefix|base|version)", re.IGNORECASE)
_PLAIN_NAMESPACE: Final = re.compile(r"<[^<>\\]*>")


class Written(NamedTuple):
    """What one statement says of its subject, and where its verb and its value stand."""

    predicate: Node
    value: Node
    verb: tuple[int, int]
    place: tuple[int, int]


@dataclass(frozen=True)
class Block:
    """One statement of the text, up to its full stop; a directive has no subject.

    `start` and `end` are offsets in code points. What stands in square brackets is not among
    `written`, since it says nothing of the subject itself.
    """

    start: int
    end: int
    subject: Node | None
    written: tuple[Written, ...]


class Replacement(NamedTuple):
    """Text that takes the place of what stands between two offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class BlockText:
    """A Turtle text with its blocks and its triples, in their order."""

    text: str
    blocks: tuple[Block, ...]
    triples: tuple[tuple[Node, Node, Node], ...]

    @cached_property
    def _by_subject(self) -> dict[Node, list[Block]]:
        found: dict[Node, list[Block]] = {}
        for block in self.blocks:
            if block.subject is not None:
                found.setdefault(block.subject, []).append(block)
        return found

    @property
    def subjects(self) -> Iterable[Node]:
        """What has a block of its own, in the order of the text."""
        return self._by_subject

    def of(self, subject: Node) -> list[Block]:
        """The blocks of a subject."""
        return self._by_subject.get(subject, [])

    def said(self, subject: Node, predicate: Node | None = None) -> list[Written]:
        """What is written of a subject, in the order of the text."""
        return [
            written
            for block in self.of(subject)
            for written in block.written
            if predicate in (None, written.predicate)
        ]

    def words(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def line(self, offset: int) -> int:
        """The number of the line of an offset, from 1."""
        return lines_and_columns(self.text, [offset])[offset][0]

    def name(self, iri: URIRef, offset: int) -> str:
        """How to write an IRI at a place: with a prefix that is sure to mean it, or in full."""
        for prefix, (declared, namespace) in self._prefixes.items():
            local = iri.removeprefix(namespace)
            if declared < offset and local != iri and re.fullmatch(r"[A-Za-z]\w*", local, re.ASCII):
                return f"{prefix}{local}"
        return f"<{iri}>"

    @cached_property
    def _prefixes(self) -> dict[str, tuple[int, str]]:
        """Prefixes, colon and all, that are declared once and plainly; where, and for what."""
        found: dict[str, tuple[int, str]] = {}
        twice: set[str] = set()
        for block in self.blocks:
            if block.subject is None and not block.written:
                tokens = [token for _, _, token in _tokens(self.words(block))]
                if tokens[0].lower().endswith("prefix") and _PLAIN_NAMESPACE.fullmatch(tokens[2]):
                    if tokens[1] in found:
                        twice.add(tokens[1])
                    found[tokens[1]] = (block.end, tokens[2][1:-1])
                else:
                    twice.update(tokens[1:2])
        return {prefix: where for prefix, where in found.items() if prefix not in twice}


def read_blocks(text: str, path: Path) -> BlockText:
    """Take a Turtle text apart; `path` is for what an error says.

    Raises:
        TurtleSyntaxError: it is not Turtle, or holds what cannot be placed; says where.
    """
    spans = list(_spans(text))
    starts = [start for start, _ in spans]
    said: list[list[Written]] = [[] for _ in spans]
    subjects: list[Node | None] = [None] * len(spans)
    triples: list[tuple[Node, Node, Node]] = []
    nodes: dict[object, Node] = {}
    reader = AlignedReader(text, pyoxigraph.RdfFormat.TURTLE)
    try:
        for quad, places in reader:
            triple = _triple(quad, nodes, path)
            triples.append(triple)
            if places is None:
                raise _refused("the place of a statement is not known", path, text, starts[0])
            subject, verb, value = places
            number = bisect_right(starts, verb[0]) - 1
            if subject[0] == starts[number] and text[subject[0]] not in "[(":
                subjects[number] = triple[0]
                written = Written(triple[1], triple[2], verb[:2], value[:2])
                said[number].append(written)
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg)
        raise TurtleSyntaxError(
            f"this is not Turtle: {reason}", file=path, line=error.lineno, column=error.offset
        ) from error
    if reader.rebased_at is not None:
        raise _refused("write IRIs in full, without @base", path, text, reader.rebased_at)
    blocks = tuple(
        Block(start, end, subject, tuple(written))
        for (start, end), subject, written in zip(spans, subjects, said, strict=True)
    )
    return BlockText(text, blocks, tuple(triples))


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """The text with stretches of it replaced; they do not overlap.

    >>> replaced("a draft here", [Replacement(2, 7, "letter"), Replacement(12, 12, ".")])
    'a letter here.'
    """
    parts: list[str] = []
    upto = 0
    for start, end, new in sorted(replacements):
        parts += (text[upto:start], new)
        upto = end
    return "".join((*parts, text[upto:]))


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Offsets and text of each token; ends early at what is none, which the parser refuses."""
    for match in TOKEN.finditer(text):
        kind = match.lastindex
        if kind is None or kind > STRING + 1:
            return
        start = match.start(PLAIN if kind == PLAIN else STRING)
        yield start, match.end(), text[start : match.end()]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each top-level statement or directive begins and ends."""
    begun: int | None = None
    depth = 0
    left: int | None = None
    for start, end, token in _tokens(text):
        if begun is None:
            begun = start
            if token[0] != "@" and _DIRECTIVE.fullmatch(token):  # SPARQL's have no full stop
                left = 3 if token.lower() == "prefix" else 2
        depth += (token in ("[", "(")) - (token in ("]", ")"))
        left = None if left is None else left - 1
        if left == 0 or (left is None and (token, depth) == (".", 0)):
            yield begun, end
            begun = left = None


def _triple(
    quad: pyoxigraph.Quad, nodes: dict[object, Node], path: Path
) -> tuple[Node, Node, Node]:
    """The triple as rdflib's; blank nodes are numbered, so that two readings can be compared."""
    try:
        subject, predicate, value = (
            nodes.setdefault(term, BNode(f"b{len(nodes)}"))
            if isinstance(term, pyoxigraph.BlankNode)
            else as_rdflib(term)
            for term in (quad.subject, quad.predicate, quad.object)
        )
    except InputError as error:
        raise TurtleSyntaxError(error.message, file=path, value=error.value) from error
    return subject, predicate, value


def _refused(why: str, path: Path, text: str, offset: int) -> TurtleSyntaxError:
    line, column = lines_and_columns(text, [offset])[offset]
    return TurtleSyntaxError(f"this cannot be read; {why}", file=path, line=line, column=column)
