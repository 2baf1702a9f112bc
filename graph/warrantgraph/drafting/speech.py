"""Direct speech, answers, numbers, and events that could happen or are planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.drafting.blocks import Block, english, literal
from warrantgraph.drafting.notes import LeftOutError
from warrantgraph.drafting.wording import make_label, quoted
from warrantgraph.extraction.facts import EventKind, ResponseKind

if TYPE_CHECKING:
    from warrantgraph.drafting.cast import Part
    from warrantgraph.drafting.drafter import Drafter
    from warrantgraph.extraction.facts import Event, Quantity, Response, Statement

__all__ = ["draft_event", "draft_quantity", "draft_response", "draft_statement"]


def draft_statement(drafter: Drafter, fact: Statement) -> None:
    """The claim that consists of somebody's very words."""
    if fact.attribution.speaker is None:
        raise LeftOutError("nobody is named who says it")
    speaker = drafter.cast.agent(fact.attribution.speaker)
    chain = drafter.chain(fact.attribution)
    span = drafter.text.cover(fact.evidence.span, fact.quoted)
    plan = drafter.plan("Statement", span, fact.evidence, chain, "")
    words = _spoken(drafter.verbatim(fact.quoted, plan.quote))
    if words is None:
        raise LeftOutError("its words cannot be quoted")
    plan.gloss = drafter.report(chain, f"{speaker.does('says')}: {quoted(words)}")
    plan.says += [
        ("wg:attributionStyle", ("attribution-style:direct",)),
        ("wg:quotedText", (literal(words),)),
    ]
    plan.parts.append(speaker)
    drafter.add(plan)


def _spoken(words: str | None) -> str | None:
    """The words without a comma that belongs to the text around them."""
    return (words or "").rstrip(",").strip() or None


def draft_response(drafter: Drafter, fact: Response) -> None:
    """The claim that denies, judges or evades; what it answers stays a matter in words."""
    by = drafter.cast.agent(fact.by)
    chain = drafter.chain(fact.attribution, by)
    span = drafter.evidence(fact.evidence.span, fact.of, fact.quoted)
    kind, verb = {
        ResponseKind.DENIAL: ("Denial", "rejects"),
        ResponseKind.CHARACTERIZATION: ("Characterization", "judges"),
        ResponseKind.NON_ANSWER: ("NonAnswer", "does not answer"),
    }[fact.kind]
    plan = drafter.plan(kind, span, fact.evidence, chain, "")
    words, spoken = drafter.verbatim(fact.of, plan.quote), drafter.verbatim(fact.quoted, plan.quote)
    what = quoted(words) if words else "a matter that is not named"
    spoken = _spoken(spoken)
    saying = f", saying {quoted(spoken)}" if spoken else ""
    plan.gloss = drafter.report(chain, f"{by.does(verb)} {what}{saying}")
    matter = Block(f"matter:{plan.name}", "wg:Matter")
    otherwise = f"matter of claim {plan.name}"
    label = make_label(quoted(words), otherwise) if words else otherwise
    matter.say("rdfs:label", english(label))
    matter.say("wg:matterWording", literal(words) if words else None)
    if spoken:
        plan.says.append(("wg:attributionStyle", ("attribution-style:mixed",)))
    if fact.kind is not ResponseKind.DENIAL:
        evaluative = fact.kind is ResponseKind.CHARACTERIZATION
        modality = "evaluative" if evaluative else "non-answer"
        plan.says.append(("wg:modality", (f"modality:{modality}",)))
    plan.says.append(("wg:quotedText", (literal(spoken),) if spoken else ()))
    if fact.kind is ResponseKind.CHARACTERIZATION:
        plan.says.append(("wg:characterizes", (matter.subject,)))
    plan.says.append(("wg:answersMatter", (matter.subject,)))
    plan.contents.append(matter)
    plan.parts.append(by)
    drafter.add(plan)


def draft_quantity(drafter: Drafter, fact: Quantity) -> None:
    """The claim of how many there are."""
    lower, upper = fact.lower, fact.upper
    quantifier = _quantifier(lower, upper)
    chain = drafter.chain(fact.attribution)
    plan = drafter.plan(
        "Claim", drafter.evidence(fact.evidence.span, fact.of), fact.evidence, chain, ""
    )
    words = drafter.verbatim(fact.of, plan.quote)
    if words is None:
        raise LeftOutError("what is counted stands apart from the number")
    group = Block(f"article-group:counted-{plan.name}", "wg:AgentGroup")
    group.say("rdfs:label", english(make_label(words, f"group of claim {plan.name}")))
    numbers = " to ".join(f"{n:,}" for n in dict.fromkeys((lower, upper)) if n is not None)
    number = numbers if quantifier is None else f"{quantifier.replace('-', ' ')} {numbers}"
    plan.gloss = drafter.say(chain, f"the number of {quoted(words)} is {number}")
    estimate = Block(f"quantity:{plan.name}", "wg:QuantityEstimate")
    estimate.say("rdfs:label", english(f"{number}, claim {plan.name}"))
    estimate.say("wg:estimateOf", group.subject)
    estimate.say("wg:lowerBound", None if lower is None else str(lower))
    estimate.say("wg:upperBound", None if upper is None else str(upper))
    estimate.say("wg:quantifier", f"quantifier:{quantifier or 'between'}")
    plan.says.append(("wg:hasContent", (estimate.subject,)))
    plan.contents += [estimate, group]
    drafter.add(plan)


def _quantifier(lower: int | None, upper: int | None) -> str | None:
    """How the bounds are meant; None for a range."""
    given = [number for number in (lower, upper) if number is not None]
    if not given or min(given) < 0 or max(given) >= 10**18 or given != sorted(given):
        raise LeftOutError("its bounds are no numbers of persons or states")
    if lower is None or upper is None:
        return "at-most" if lower is None else "at-least"
    return "exactly" if lower == upper else None


def draft_event(drafter: Drafter, fact: Event) -> None:
    """The claim that something could happen or is planned."""
    chain = drafter.chain(fact.attribution)
    participants = [drafter.cast.agent(each) for each in fact.participants]
    place = _place(drafter, fact)
    date = fact.date.span if fact.date else None
    span = drafter.evidence(fact.evidence.span, fact.what, date)
    plan = drafter.plan("Claim", span, fact.evidence, chain, "")
    words = drafter.verbatim(fact.what, plan.quote)
    if words is None:
        raise LeftOutError("the words for the event stand apart")
    possible = fact.kind is EventKind.POSSIBLE
    clause = f"this {'could happen' if possible else 'is planned'}: {quoted(words)}"
    plan.gloss = drafter.say(chain, clause)
    event = Block(f"event:{plan.name}", f"wg:{'Possible' if possible else 'Planned'}Event")
    plain = f"{fact.kind} event of claim {plan.name}"
    event.say("rdfs:label", english(make_label(f"{fact.kind} event: {words}", plain)))
    event.say("wg:describedParticipant", *(part.term for part in participants))
    event.say("wg:describedPlace", place.term if place else None)
    event.say("wg:hasTime", drafter.time(fact.date, plan))
    plan.says += [
        ("wg:modality", (f"modality:{'possible' if possible else 'scheduled'}",)),
        ("wg:hasContent", (event.subject,)),
    ]
    plan.contents.append(event)
    plan.parts += [*participants, *([place] if place else [])]
    drafter.add(plan)


def _place(drafter: Drafter, fact: Event) -> Part | None:
    if fact.place is None:
        return None
    try:
        return drafter.cast.place(fact.place)
    except LeftOutError as error:
        drafter.note(error.reason, "the place of an event", fact.place.name)
        return None
