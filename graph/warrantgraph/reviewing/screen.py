"""Shows claims and questions on a terminal of any kind, or in a pipe.

What articles and claims hold was written by strangers. It is shown as harmless text: no escape
sequence reaches the terminal, no mark-up is read, and nothing turns words around.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleDimensions
from rich.text import Text

from warrantgraph.reports.formats.visible import harmless
from warrantgraph.reviewing.wording import plain
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warrantgraph.reviewing.drafts import Claim
    from warrantgraph.reviewing.wording import Line
    from warrantgraph.source import Source

__all__ = ["Screen", "Shown"]

_CONTEXT = 300
"""Code points of the sentences before and after that are shown, and of long gaps in one."""


@dataclass(frozen=True)
class Shown:
    """What the screen says of a claim beside its words."""

    number: int
    total: int
    kind: str
    says: str
    states: Sequence[Line]
    explanation: str = ""


class Screen:
    """A terminal; without colours the quote stands between `>>` and `<<`."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, markup=False, emoji=False)
        self._marked = self._console.color_system is None or self._console.no_color

    def claim(self, claim: Claim, source: Source, shown: Shown) -> None:
        """One claim: its words in the text, then what it would state, and on whose word."""
        size = shutil.get_terminal_size()  # rich takes plain terminals for 80 columns
        self._console.size = ConsoleDimensions(size.columns, size.lines)
        self._console.print()
        head = Text(f"{shown.number} of {shown.total}", "bold")
        head.append(f"  {plain(claim.name)}", "bold cyan")
        if claim.sentences:
            head.append(f"  sentence {', '.join(map(str, claim.sentences))}")
        head.append(f"  {shown.kind}", "dim")
        self._console.print(head)
        self._words(claim, source)
        self._console.print()
        self._field("Claim", Text(plain(claim.gloss) or "(no gloss)", "bold"))
        self._field("Says", Text(shown.says))
        lines = [Text(f"{'  ' * line.depth}{line.text}") for line in shown.states]
        self._field("States", *(lines or [Text("nothing beside its gloss")]))
        rule = Text(plain(claim.rule) or "not named")
        if shown.explanation:
            rule.append(f": {plain(shown.explanation)}", "dim")
        self._field("Rule", rule)
        for problem in claim.problems:
            self.warn(problem)
        self._console.print()

    def ask(self, question: str) -> None:
        """Show a question; the cursor stays behind it."""
        self._console.print(Text(f"{question} ", "bold"), end="", soft_wrap=True)
        sys.stdout.flush()

    def say(self, text: str, style: str = "") -> None:
        """Show a message; text of others in it is made harmless, line by line."""
        for line in harmless(text).split("\n"):
            self._console.print(Text(line, style))

    def warn(self, text: str) -> None:
        """Show what is wrong."""
        self.say(text, "bold red")

    def _field(self, name: str, *lines: Text) -> None:
        for number, line in enumerate(lines):
            label = Text(f"{name if number == 0 else '':<7}", "cyan")
            indent = len(line.plain) - len(line.plain.lstrip())
            room = max(20, self._console.width - len(label) - indent)
            for part, piece in enumerate(line.wrap(self._console, room)):
                before = label if part == 0 else Text(" " * (len(label) + indent))
                self._console.print(before + piece, soft_wrap=True)

    def _words(self, claim: Claim, source: Source) -> None:
        if not claim.spans:
            for quote in claim.quotes:
                self._paragraph(Text(plain(quote), "strike"))
            return
        first, last = claim.sentences[0], claim.sentences[-1]
        if first > 1:
            self._paragraph(Text(self._end(source, source.sentences[first - 2]), "dim"))
        whole = Span(source.sentences[first - 1].start, source.sentences[last - 1].end)
        sentence = Text()
        for part, is_quote in _parts(source.text, whole, claim.spans):
            if is_quote:
                sentence.append(">>" if self._marked else "", "")
                sentence.append(plain(part), "bold black on yellow")
                sentence.append("<<" if self._marked else "", "")
            else:
                sentence.append(plain(part))
        self._paragraph(sentence)
        if last < len(source.sentences):
            start, end = source.sentences[last]
            text = plain(source.text[start : min(end, start + _CONTEXT)])
            self._paragraph(Text(text + ("…" if end - start > _CONTEXT else ""), "dim"))

    def _end(self, source: Source, span: Span) -> str:
        text = plain(source.text[max(span.start, span.end - _CONTEXT) : span.end])
        return f"…{text}" if span.end - span.start > _CONTEXT else text

    def _paragraph(self, text: Text) -> None:
        for piece in text.wrap(self._console, max(20, self._console.width - 2)):
            piece.rstrip()
            self._console.print(Text("  ") + piece, soft_wrap=True)


def _parts(text: str, whole: Span, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The pieces of a stretch, each with whether it is quoted; long gaps are cut."""
    here = whole.start
    for start, end in spans:
        if end <= here:
            continue
        yield _gap(text[here : max(here, start)], first=here == whole.start), False
        yield text[max(here, start) : end], True
        here = end
    rest = text[here : whole.end]
    yield rest if len(rest) <= 2 * _CONTEXT else f"{rest[: 2 * _CONTEXT]}…", False


def _gap(text: str, *, first: bool) -> str:
    if len(text) <= 2 * _CONTEXT:
        return text
    return f"…{text[-2 * _CONTEXT :]}" if first else f"{text[:_CONTEXT]} … {text[-_CONTEXT:]}"
