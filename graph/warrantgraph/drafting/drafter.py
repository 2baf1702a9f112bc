"""Plans the claims of a source: their numbers, words, chains of speakers and times."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warrantgraph.dates import resolve
from warrantgraph.drafting.blocks import Block, english, literal
from warrantgraph.drafting.cast import Part
from warrantgraph.drafting.notes import LeftOutError, Note
from warrantgraph.drafting.wording import make_label, make_slug, one_line
from warrantgraph.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.drafting.cast import Cast
    from warrantgraph.drafting.quoting import Quote, Text
    from warrantgraph.extraction.facts import Attribution, Entity, Evidence, WrittenDate
    from warrantgraph.sentences import Span

__all__ = ["Drafter", "Plan"]

_EDTF = re.compile(r"\d{4}(-\d\d){0,2}|(\d{4}(-\d\d){0,2}|\.\.)?/(\d{4}(-\d\d){0,2}|\.\.)?")


@dataclass
class Plan:
    """One claim and what it brings; `says` are the properties between its words and its gloss."""

    kind: str
    name: str
    sentence: int
    quote: Quote
    rule: str
    chain: tuple[Part, ...]
    gloss: str
    says: list[tuple[str, tuple[str | None, ...]]] = field(
        default_factory=list["tuple[str, tuple[str | None, ...]]"]
    )
    contents: list[Block] = field(default_factory=list["Block"])
    parts: list[Part] = field(default_factory=list["Part"])

    def block(self, words: str) -> Block:
        """The claim itself."""
        block = Block(f"claim:{self.name}", f"wg:{self.kind}")
        block.say("cur:status", '"draft"').say("cur:rule", literal(self.rule))
        block.say("cur:quote", literal(words))
        if self.quote.sentence is not None:
            block.say("cur:inSentence", str(self.quote.sentence))
        block.say("wg:assertedBy", *(part.term for part in self.chain[:1]))
        block.say("cur:reportedBy", *(part.term for part in self.chain[1:]))
        for term, values in self.says:
            if term not in ("wg:hasContent", "wg:allegesConduct"):
                block.say(term, *values)
        block.say("wg:curatorGloss", literal(one_line(self.gloss, 1000)))
        for term, values in self.says:
            if term in ("wg:hasContent", "wg:allegesConduct"):
                block.say(term, *values)
        return block


class Drafter:
    """What the drafting of all claims of one source shares."""

    def __init__(self, slug: str, text: Text, cast: Cast, crimes: Iterable[str]) -> None:
        self.slug = slug
        self.text = text
        self.cast = cast
        self.crimes = frozenset(crimes)
        """Local names of the concepts of the Rome Statute scheme."""
        self.publisher: str | None = None
        """Term or name of who published the article."""
        self.plans: list[Plan] = []
        self.notes: list[Note] = []
        self._numbers: Counter[int] = Counter()
        self._times: dict[tuple[str, str | None, bool], Part] = {}

    def note(self, reason: str, what: str, words: str = "") -> None:
        """Tell what is left out."""
        self.notes.append(Note(reason, what, one_line(words)))

    def evidence(self, span: Span, *others: Span | None) -> Span:
        """The words for a claim: the span, with the others that stand in its sentences."""
        span = self.text.trim(span)
        around = self.text.sentence_around(span)
        near = [each for each in others if each and self._is_in(each, around)]
        return self.text.cover(span, *near)

    def _is_in(self, span: Span, area: Span) -> bool:
        return area.start <= span.start < span.end <= area.end

    def verbatim(self, span: Span | None, quote: Quote) -> str | None:
        """The words of a span where they stand in a quote, else None."""
        if span is None or not self._is_in(span, quote.span):
            return None
        return self.text.words(span).strip() or None

    def plan(
        self, kind: str, span: Span, evidence: Evidence, chain: tuple[Part, ...], gloss: str
    ) -> Plan:
        """A claim with the next free number of its sentence; `add` takes it in.

        Raises:
            LeftOutError: no words can be quoted for it.
        """
        quote = self.text.quote(span)
        sentence = self.text.numbers(self.text.trim(span))[0]
        name = f"s{sentence}-{self._numbers[sentence] + 1}"
        return Plan(kind, name, sentence, quote, _rule(evidence.rule), chain, gloss, parts=[*chain])

    def add(self, plan: Plan) -> None:
        """Take a claim in."""
        self._numbers[plan.sentence] += 1
        self.plans.append(plan)

    def drop(self, plan: Plan) -> None:
        """Take back the claim that was taken in last."""
        self._numbers[plan.sentence] -= 1
        self.plans.remove(plan)

    def chain(
        self, attribution: Attribution, speaker: Entity | Part | None = None
    ) -> tuple[Part, ...]:
        """Who says it, and who hands it on to the article; empty for the article's own voice.

        Raises:
            LeftOutError: one of them cannot speak, or there are more than the format can name.
        """
        links: list[Part] = []
        for link in (speaker, attribution.speaker, attribution.reporter):
            if link is None:
                continue
            part = link if isinstance(link, Part) else self.cast.agent(link)
            if part not in links:
                links.append(part)
        if links and self._publishes(links[-1]):
            links.pop()
        if any(self._publishes(part) for part in links):
            raise LeftOutError("it goes through the publisher to somebody else")
        if len(links) > 2:
            raise LeftOutError("more agents hand it on than the format can name")
        return tuple(links)

    def _publishes(self, part: Part) -> bool:
        return self.publisher in (part.term, part.label.casefold())

    def say(self, chain: tuple[Part, ...], clause: str) -> str:
        """A gloss that names everybody who says so."""
        if not chain:
            return f"The article says that {clause}."
        return self.report(chain, f"{chain[0].does('says')} that {clause}")

    def report(self, chain: tuple[Part, ...], clause: str) -> str:
        """A gloss of what the first of a chain does by speaking."""
        between = "".join(f"{part.does('reports')} that " for part in chain[1:])
        return f"The article {'reports' if chain else 'says'} that {between}{clause}."

    def time(self, date: WrittenDate | None, plan: Plan) -> str | None:
        """The term of a time, if it is given in words of the claim; else a note says why not."""
        if date is None:
            return None
        words = self.verbatim(date.span, plan.quote)
        if words is None:
            self.note("its words stand apart from the claim's", "a time")
            return None
        edtf = date.edtf if date.edtf and _is_date(date.edtf) else None
        key = (words, edtf, date.relative)
        if key not in self._times:
            self._times[key] = self._new_time(*key)
        plan.parts.append(self._times[key])
        return self._times[key].term

    def _new_time(self, words: str, edtf: str | None, relative: bool) -> Part:
        slug = make_slug(f"{words} {edtf or ''}".replace("/", " to "))
        taken = {part.term for part in self._times.values()} | {"time:published"}
        term, number = f"time:{slug}", 1
        while term in taken:
            number += 1
            term = f"time:{slug}-{number}"
        label = make_label(edtf or words, "time that the article names")
        block = Block(term, "wg:TimeExtent").say("rdfs:label", english(label))
        block.say("wg:asWritten", literal(words)).say("wg:edtf", literal(edtf) if edtf else None)
        block.say("wg:relativeTo", f"document:{self.slug}" if relative else None)
        return Part(term, label, "TimeExtent", block)


def _rule(name: str) -> str:
    """The rule's name, fit to be written and never without its family."""
    family, _, rule = one_line(name).partition("/")
    family = "-".join(family.split()) or "unknown"
    return f"{family}/{rule.strip() or 'unnamed'}"


def _is_date(edtf: str) -> bool:
    if not _EDTF.fullmatch(edtf):
        return False
    try:
        resolve(edtf)
    except DateError:
        return False
    return True
