"""Takes the blocks of one claim out of a file for an editor, and puts what was made of them back.

Opened are the claim, and what it puts forward or mentions as long as no other block speaks of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import CurationError, InputError
from warrantgraph.namespaces import ID, compact
from warrantgraph.reviewing.blocks import BlockText, Replacement, read_blocks, replaced
from warrantgraph.turtle import Place

if TYPE_CHECKING:
    from rdflib import URIRef
    from rdflib.term import Node

    from warrantgraph.reviewing.blocks import Block

__all__ = ["Excerpt", "Mended", "open_excerpt"]

_HEADER: Final = """\
#| Mend the claim, save, and close the editor. Lines that begin with #| are not kept.
#| The prefixes are those of the file.
"""
_NOTES: Final = re.compile(r"\A\ufeff?(?:#\|.*(?:\r\n|\r|\n|\Z)|[ \t]*(?:\r\n|\r|\n))*")


@dataclass(frozen=True)
class Mended:
    """A file with an edited excerpt in it, and where the lines of the one are in the other."""

    blocks: BlockText
    lines: tuple[tuple[int, int, int], ...]
    """For each edited block its first and last line in the file, and its first in the excerpt."""

    def excerpt_line(self, line: int | None) -> int | None:
        """The line of the excerpt that is a line of the file; None for one that is not in it."""
        for first, last, edited in self.lines:
            if line is not None and first <= line <= last:
                return line - first + edited
        return None


@dataclass(frozen=True)
class Excerpt:
    """The blocks of a file that an editor gets."""

    file: BlockText
    path: Path
    claim: URIRef
    opened: tuple[Block, ...]

    @property
    def name(self) -> Path:
        """What to call the edited text: the name of the claim."""
        plain = re.sub(r"[^A-Za-z0-9-]", "-", self.claim.rsplit("/", 1)[-1])
        return Path(f"{plain[:60] or 'claim'}.ttl")

    @property
    def text(self) -> str:
        """What the editor shows."""
        return _HEADER + "\n" + "\n\n".join(map(self.file.words, self.opened)) + "\n"

    def with_lost(self, edited: str) -> str:
        """What the editor shows where the file has changed: with an edit that found no place."""
        lost = _NOTES.sub("", edited, count=1).strip().splitlines()
        notes = ["Somebody else changed the claim. What you had written:", *lost]
        return "".join(f"#| {note}\n" for note in notes) + self.text

    def put_back(self, edited: str) -> Mended:
        """The file with the edited text in the place of these blocks.

        Raises:
            TurtleSyntaxError, CurationError: the text cannot take their place; says in which line.
        """
        notes = _NOTES.match(edited)
        skipped = notes.end() if notes else 0
        first = self.file.of(self.claim)[0]
        prelude = "".join(
            f"{self.file.words(block)}\n"
            for block in self.file.blocks
            if _is_directive(block) and block.start < first.start
        )
        text = prelude + edited[skipped:]
        shift = edited.count("\n", 0, skipped) - prelude.count("\n")
        try:
            parts = read_blocks(text, self.name)
        except InputError as error:
            line = None if error.line is None else max(1, error.line + shift)
            place = Place(file=self.name, line=line, column=error.column)
            raise error.at(place) from error
        given = [block for block in parts.blocks if block.start >= len(prelude)]
        self._refuse(parts, given, shift)
        segments = _segments(parts, given, len(prelude))
        result = read_blocks(replaced(self.file.text, self._replacements(segments)), self.path)
        self._prove(result, parts)
        return Mended(result, tuple(_lines(result, parts, given, shift)))

    def _refuse(self, parts: BlockText, given: list[Block], shift: int) -> None:
        for block in given:
            if _is_directive(block):
                raise CurationError(
                    "prefixes stand at the head of the file, and are not edited here",
                    file=self.name,
                    line=parts.line(block.start) + shift,
                )
        if not any(block.subject == self.claim for block in given):
            raise CurationError(
                "the claim itself is gone",
                file=self.name,
                value=compact(self.claim),
                hint="leave it, and reject it",
            )

    def _replacements(self, segments: dict[Node | None, list[str]]) -> list[Replacement]:
        """What takes the place of each opened block; what is new follows the claim."""
        rest = {subject: list(texts) for subject, texts in segments.items()}
        found: list[Replacement] = []
        for block in self.opened:
            texts = rest.pop(block.subject, [])
            if not texts:
                found.append(self._removed(block))
            elif texts != [self.file.words(block)]:
                found.append(Replacement(block.start, block.end, "\n\n".join(texts)))
        new = [text for texts in rest.values() for text in texts]
        claim = next(block for block in self.opened if block.subject == self.claim)
        if new:
            added = "".join(f"\n\n{text}" for text in new)
            for number, (start, end, text) in enumerate(found):
                if end == claim.end:
                    found[number] = Replacement(start, end, text + added)
                    break
            else:
                found.append(Replacement(claim.end, claim.end, added))
        return [self._closed(each) for each in found]

    def _closed(self, replacement: Replacement) -> Replacement:
        """A comment at the end of new text must not swallow what follows in the file."""
        start, end, text = replacement
        following = self.file.text[end : end + 1]
        if "#" in text.rpartition("\n")[2] and following not in ("", "\n", "\r"):
            return Replacement(start, end, text + "\n")
        return replacement

    def _removed(self, block: Block) -> Replacement:
        """The place of a block that goes, with the empty line that parted it from the next."""
        gap = re.compile(r"[ \t]*(?:\r\n|\r|\n){1,2}").match(self.file.text, block.end)
        return Replacement(block.start, gap.end() if gap else block.end, "")

    def _prove(self, result: BlockText, parts: BlockText) -> None:
        """Refuse a text in which the rest of the file no longer says what it said."""
        expected = Counter(self.file.triples)
        for block in self.opened:
            if block.subject is not None:
                subject = block.subject
                expected.subtract((subject, said[0], said[1]) for said in block.written)
        expected.update(parts.triples)
        if Counter(result.triples) != +expected:
            raise CurationError(
                "the edited text does not fit into the file: it would change something else",
                file=self.name,
                hint="write no square brackets and no lists, or edit the file itself",
            )


def open_excerpt(file: BlockText, claim: URIRef, path: Path) -> Excerpt:
    """The claim's blocks, and those of things of which no other block speaks."""
    mentions: dict[Node, set[Node]] = {}
    for block in file.blocks:
        for said in block.written:
            if block.subject is not None:
                mentions.setdefault(said.value, set()).add(block.subject)
    own: set[Node] = {claim}
    waiting: list[Node] = [claim]
    while waiting:
        for said in file.said(waiting.pop()):
            thing = said.value
            if thing in own or not file.of(thing) or str(thing).startswith(ID["claim/"]):
                continue
            if mentions[thing] <= own:
                own.add(thing)
                waiting = list(own)  # what two of them mention may be theirs alone now
    return Excerpt(file, path, claim, tuple(b for b in file.blocks if b.subject in own))


def _is_directive(block: Block) -> bool:
    return block.subject is None and not block.written


def _segments(parts: BlockText, given: list[Block], begin: int) -> dict[Node | None, list[str]]:
    """The text of each block with the comments that stand before it or behind it in its line."""
    found: dict[Node | None, list[str]] = {}
    for number, block in enumerate(given):
        last = number + 1 == len(given)
        upto = len(parts.text) if last else given[number + 1].start
        end = upto if last else min(upto, _line_end(parts.text, block.end))
        found.setdefault(block.subject, []).append(parts.text[begin:end].strip())
        begin = end
    return found


def _line_end(text: str, offset: int) -> int:
    """Where the line ends, if only a comment stands behind an offset; else the offset itself."""
    found = re.compile(r"[ \t]*#[^\r\n]*").match(text, offset)
    return found.end() if found else offset


def _lines(
    result: BlockText, parts: BlockText, given: list[Block], shift: int
) -> list[tuple[int, int, int]]:
    """Where the lines of the edited blocks are in the file."""
    found: list[tuple[int, int, int]] = []
    for block in given:
        words = parts.words(block)
        for there in [] if block.subject is None else result.of(block.subject):
            if result.words(there) == words:
                first, last = result.line(there.start), result.line(there.end)
                found.append((first, last, parts.line(block.start) + shift))
    return found
