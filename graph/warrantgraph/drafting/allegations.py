"""What people are accused of: always alleged, always somebody's allegation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.drafting.blocks import Block, english, literal
from warrantgraph.drafting.wording import make_label, quoted

if TYPE_CHECKING:
    from warrantgraph.drafting.cast import Part
    from warrantgraph.drafting.drafter import Drafter, Plan
    from warrantgraph.extraction.facts import Accusation, Evidence, StatedCrime
    from warrantgraph.sentences import Span

__all__ = ["allege", "draft_accusation"]

_CATEGORIES = {
    "aggression": "art-8-bis",
    "crime against humanity": "art-7",
    "genocide": "art-6",
    "war crime": "art-8",
}
"""Categories of crime as the Rome Statute's scheme has them; it has no others."""


def draft_accusation(drafter: Drafter, fact: Accusation) -> None:
    """One claim: that the accuser accuses, or that an inquiry found."""
    cast = drafter.cast
    accused = cast.agent(fact.accused)
    span = drafter.evidence(fact.evidence.span, fact.what, *(crime.span for crime in fact.crimes))
    if fact.accuser is not None:
        accuser = cast.agent(fact.accuser)
    else:
        number = drafter.plan("Accusation", span, fact.evidence, (), "").name
        accuser = cast.unnamed("accuser", "Agent", number)
    chain = drafter.chain(fact.attribution, accuser)
    plan = allege(drafter, span, fact.evidence, chain, accuser, accused, fact.crimes, fact.what)
    if fact.finding:
        plan.kind = "Finding"
    drafter.add(plan)


def allege(
    drafter: Drafter,
    span: Span,
    evidence: Evidence,
    chain: tuple[Part, ...],
    accuser: Part,
    accused: Part,
    crimes: tuple[StatedCrime, ...],
    what: Span | None = None,
) -> Plan:
    """The claim by which an accuser alleges conduct of somebody.

    Raises:
        LeftOutError: no words can be quoted for it.
    """
    plan = drafter.plan("Accusation", span, evidence, chain, "")
    wordings = [drafter.verbatim(each, plan.quote) for each in (what, *(c.span for c in crimes))]
    words = next((wording for wording in wordings if wording), None)
    shown = f": {quoted(words)}" if words else ""
    plan.gloss = drafter.report(chain, f"{accuser.does('accuses')} {accused.said}{shown}")
    plan.says.append(("wg:wordedQualification", _qualifications(drafter, plan, crimes)))
    concepts = tuple(_concept(drafter, crime) for crime in crimes)
    plan.says.append(("wg:legalCharacterization", tuple(sorted(filter(None, concepts)))))
    term = f"conduct:{plan.name}"
    plan.says.append(("wg:allegesConduct", (term,)))
    plain = f"Alleged conduct of {accused.label} ({accuser.label}, {plan.name})"
    label = make_label(f"Alleged conduct: {words} ({accuser.label})" if words else plain, plain)
    block = Block(term, "wg:AllegedConduct").say("rdfs:label", english(label))
    block.say("wg:allegedAgent", accused.term)
    block.say("wg:conductWording", *(literal(wording) for wording in wordings if wording))
    plan.contents.append(block)
    plan.parts += [accuser, accused]
    return plan


def _concept(drafter: Drafter, crime: StatedCrime) -> str | None:
    """The crime category that an accuser names: as fine as the wording allows."""
    for name in (crime.concept, _CATEGORIES.get(crime.category)):
        if name in drafter.crimes:
            return f"rs:{name}"
    return None


def _qualifications(
    drafter: Drafter, plan: Plan, crimes: tuple[StatedCrime, ...]
) -> tuple[str, ...]:
    """The crimes as worded, where these words stand in the quote."""
    words = drafter.text.words(plan.quote.span)
    return tuple(
        literal(crime.wording.strip())
        for crime in crimes
        if crime.wording and crime.wording.strip() and crime.wording.strip() in words
    )
