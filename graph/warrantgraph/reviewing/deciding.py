"""Writes a decision into the text of a claim: its status, by whom, when; and nothing else.

What the new text says is read again and compared, statement by statement, with what it shall say:
a decision that would change anything else is refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rdflib import SKOS, XSD, Literal, URIRef

from warrantgraph.errors import CurationError
from warrantgraph.namespaces import CURATION, compact
from warrantgraph.reports.formats.visible import UNSEEN
from warrantgraph.reviewing.blocks import BlockText, Replacement, read_blocks, replaced
from warrantgraph.statuses import Status
from warrantgraph.turtle import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

    from warrantgraph.reviewing.blocks import Written

__all__ = ["Decision", "decide", "now", "quoted", "status_of"]


@dataclass(frozen=True)
class Decision:
    """What a reviewer says of a draft, and when; `reason` is kept as an editorial note."""

    status: Status
    reviewer: str
    at: str
    reason: str = ""


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def now() -> str:
    """The time in UTC, to the second, as `xsd:dateTime` writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def quoted(text: str) -> str:
    r"""A string as Turtle writes it, on one line; what cannot be seen is escaped.

    >>> print(quoted('say "no"\n\u202e'))
    "say \"no\"\n\u202E"
    """
    plain = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return f'"{UNSEEN.sub(lambda found: _code(found.group()), plain)}"'


def _code(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08X}"


def status_of(blocks: BlockText, claim: Node) -> Status | None:
    """How a claim stands; None where nobody drafted it. An unknown word counts as a draft."""
    for written in blocks.said(claim, CURATION.status):
        known = (Status.ACCEPTED, Status.REJECTED)
        return next((each for each in known if each == str(written.value)), Status.DRAFT)
    return None


def decide(
    blocks: BlockText, claims: Iterable[URIRef], decision: Decision, path: Path
) -> BlockText:
    """The text in which these claims have this decision.

    Raises:
        CurationError: a claim has no status, or more than one; says where.
    """
    replacements: list[Replacement] = []
    gone: Counter[tuple[Node, Node, Node]] = Counter()
    come: Counter[tuple[Node, Node, Node]] = Counter()
    for claim in claims:
        status = _only(blocks, claim, CURATION.status, path)
        if status is None:
            raise CurationError(
                "this claim was not drafted: it has no cur:status",
                **_place(blocks, path, blocks.of(claim)[0].start),
                value=compact(claim),
            )
        values: dict[URIRef, Literal] = {
            CURATION.status: Literal(decision.status.value),
            CURATION.reviewedBy: Literal(decision.reviewer),
            CURATION.reviewedAt: Literal(decision.at, datatype=XSD.dateTime, normalize=False),
        }
        after = _only(blocks, claim, CURATION.rule, path) or status
        additions: list[tuple[URIRef, Literal]] = []
        for term, value in values.items():
            old = _only(blocks, claim, term, path)
            if old is None:
                additions.append((term, value))
            else:
                gone[claim, term, old.value] += 1
                replacements.append(Replacement(*old.place, _turtle(blocks, value, old.verb[0])))
            come[claim, term, value] += 1
        if decision.reason:
            note = Literal(f"{decision.status.value.capitalize()}: {decision.reason}", lang="en")
            if note not in [said.value for said in blocks.said(claim, SKOS.editorialNote)]:
                additions.append((SKOS.editorialNote, note))
                come[claim, SKOS.editorialNote, note] += 1
        replacements = _added(blocks, replacements, after, additions)
    return _proven(blocks, replacements, (gone, come), path)


def _proven(
    blocks: BlockText,
    replacements: list[Replacement],
    change: tuple[Counter[tuple[Node, Node, Node]], Counter[tuple[Node, Node, Node]]],
    path: Path,
) -> BlockText:
    """The changed text, once it is known to say what it shall."""
    gone, come = change
    result = read_blocks(replaced(blocks.text, replacements), path)
    expected = Counter(blocks.triples)
    expected.subtract(gone)
    expected.update(come)
    if Counter(result.triples) != expected:
        raise CurationError(
            "the decision cannot be written into this text without changing something else",
            file=path,
            hint="set cur:status, cur:reviewedBy and cur:reviewedAt by hand",
        )
    return result


def _only(blocks: BlockText, claim: URIRef, term: URIRef, path: Path) -> Written | None:
    found = blocks.said(claim, term)
    if len(found) > 1:
        raise CurationError(
            f"this claim has cur:{term.removeprefix(CURATION)} more than once",
            **_place(blocks, path, found[1].place[0]),
            value=compact(claim),
            hint="leave one of them",
        )
    return found[0] if found else None


def _added(
    blocks: BlockText,
    replacements: list[Replacement],
    after: Written,
    additions: list[tuple[URIRef, Literal]],
) -> list[Replacement]:
    """The replacements, with statements added behind the value of one that is there."""
    if not additions:
        return replacements
    text = blocks.text
    verb, end = after.verb[0], after.place[1]
    line = max(text.rfind("\n", 0, verb), text.rfind("\r", 0, verb)) + 1
    indent = text[line:verb]
    if indent.strip():  # the claim is written in one line
        between = " "
    else:
        between = text[text.rfind("\r\n", 0, line) : line] if text[:line].endswith("\r\n") else "\n"
        between += indent
    new = "".join(
        f" ;{between}{blocks.name(term, verb)} {_turtle(blocks, value, verb)}"
        for term, value in additions
    )
    if text[end : end + 1].strip():  # a full stop could belong to a name that ends here
        new += " "
    for number, (start, upto, old) in enumerate(replacements):
        if upto == end:
            replacements[number] = Replacement(start, upto, old + new)
            return replacements
    return [*replacements, Replacement(end, end, new)]


def _turtle(blocks: BlockText, value: Literal, offset: int) -> str:
    text = quoted(str(value))
    if value.language:
        return f"{text}@{value.language}"
    if value.datatype is not None:
        return f"{text}^^{blocks.name(value.datatype, offset)}"
    return text


def _place(blocks: BlockText, path: Path, offset: int) -> Place:
    return Place(file=path, line=blocks.line(offset), column=None)
