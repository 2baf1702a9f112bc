"""Warrants, summonses, indictments and notices: issued, asked for, and how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.drafting.allegations import allege
from warrantgraph.drafting.blocks import Block, english, literal
from warrantgraph.drafting.notes import LeftOutError
from warrantgraph.drafting.wording import quoted
from warrantgraph.extraction.facts import WarrantKind, WarrantState

if TYPE_CHECKING:
    from warrantgraph.drafting.cast import Part
    from warrantgraph.drafting.drafter import Drafter, Plan
    from warrantgraph.extraction.facts import Evidence, Warrant
    from warrantgraph.sentences import Span

__all__ = ["draft_role", "draft_warrant"]

_CLASSES = {
    WarrantKind.ARREST_WARRANT: "wg:ArrestWarrant",
    WarrantKind.SUMMONS: "wg:Summons",
    WarrantKind.INDICTMENT: "wg:Indictment",
    WarrantKind.RED_NOTICE: "wg:RedNotice",
}
_NOT_ISSUED = (WarrantState.REQUESTED, WarrantState.WITHDRAWN)
"""States from which it does not follow that the instrument was ever issued."""

_STATUSES = {
    WarrantState.UNSEALED: "unsealed",
    WarrantState.WITHDRAWN: "withdrawn",
    WarrantState.EXECUTED: "executed",
    WarrantState.ENDED: "ended",
}


def draft_warrant(drafter: Drafter, fact: Warrant) -> None:
    """The claim of the issuance or application; then the accusation in it, and the roles."""
    subject = drafter.cast.person(fact.subject)
    issuer = drafter.cast.agent(fact.issuer) if fact.issuer else None
    requester = drafter.cast.agent(fact.requester) if fact.requester else None
    chain = drafter.chain(fact.attribution)
    span = drafter.evidence(fact.evidence.span, fact.issued.span if fact.issued else None)
    plan = drafter.plan("Claim", span, fact.evidence, chain, "")
    plan.parts.append(subject)
    if fact.state in _NOT_ISSUED:
        what = _apply(drafter, plan, fact, subject, requester, issuer)
        accuser = requester if fact.state is WarrantState.REQUESTED else None
    else:
        accuser = issuer or drafter.cast.unnamed(f"issuer of the {fact.kind}", "Agent", plan.name)
        what = _issue(drafter, plan, fact, subject, accuser)
        if requester:
            _apply(drafter, plan, fact, subject, requester, issuer)
    if fact.state in _STATUSES:
        _record(plan, fact, subject, what)
    plan.says.append(("wg:hasContent", tuple(block.subject for block in plan.contents)))
    plan.gloss = drafter.say(chain, _clause(fact, subject, requester, issuer))
    drafter.add(plan)
    _accuse(drafter, fact, subject, accuser)
    _describe(drafter, fact, subject)


def _clause(fact: Warrant, subject: Part, requester: Part | None, issuer: Part | None) -> str:
    by = issuer.said if issuer else "somebody"
    issuing = issuer.does("has") if issuer else "somebody has"
    asked = f" {issuer.said}" if issuer else ""
    asking = requester.does("has") if requester else "somebody has"
    instrument = f"{'an' if fact.kind.value[0] in 'ai' else 'a'} {fact.kind}"
    against = f"{instrument} against {subject.said}"
    return {
        WarrantState.REQUESTED: f"{asking} asked{asked} for {against}",
        WarrantState.ISSUED: f"{issuing} issued {against}",
        WarrantState.UNSEALED: f"{against}, issued by {by}, has been unsealed",
        WarrantState.WITHDRAWN: f"{against}, or the request for it, has been withdrawn",
        WarrantState.EXECUTED: f"{against}, issued by {by}, has been executed",
        WarrantState.ENDED: f"{against}, issued by {by}, is no longer in effect",
    }[fact.state]


def _issue(drafter: Drafter, plan: Plan, fact: Warrant, subject: Part, issuer: Part) -> str:
    """The issuance and the instrument; returns the term of the instrument."""
    plan.parts.append(issuer)
    label = f"{fact.kind} against {subject.label}"
    kind = "Warrant" if fact.kind is WarrantKind.ARREST_WARRANT else "Instrument"
    instrument = Block(f"instrument:{plan.name}", _CLASSES[fact.kind])
    instrument.say("rdfs:label", english(label)).say("wg:namesSubject", subject.term)
    issuance = Block(f"occurrence:{plan.name}", f"wg:{kind}Issuance")
    issuance.say("rdfs:label", english(f"issuance of the {label}"))
    issuance.say("wg:issuingBody", issuer.term).say("wg:producedInstrument", instrument.subject)
    issuance.say("wg:hasTime", drafter.time(fact.issued, plan))
    plan.contents += [issuance, instrument]
    return instrument.subject


def _apply(
    drafter: Drafter,
    plan: Plan,
    fact: Warrant,
    subject: Part,
    requester: Part | None,
    addressee: Part | None,
) -> str:
    """The application, which produces nothing; returns its term."""
    if fact.issued and fact.state in _NOT_ISSUED:
        drafter.note("the instrument need not have been issued", "a day of issue")
    application = Block(f"occurrence:{plan.name}-application", "wg:InstrumentApplication")
    label = f"application for the {fact.kind} against {subject.label}"
    application.say("rdfs:label", english(label)).say("wg:instrumentKind", _CLASSES[fact.kind])
    application.say("wg:personSought", subject.term)
    for term, part in (("wg:requester", requester), ("wg:addressee", addressee)):
        if part:
            application.say(term, part.term)
            plan.parts.append(part)
    plan.contents.append(application)
    return application.subject


def _record(plan: Plan, fact: Warrant, subject: Part, what: str) -> None:
    record = Block(f"status:{plan.name}", "wg:StatusRecord")
    label = f"{fact.kind} against {subject.label}: {_STATUSES[fact.state]}"
    record.say("rdfs:label", english(label)).say("wg:statusOf", what)
    record.say("wg:statusValue", f"procedural-status:{_STATUSES[fact.state]}")
    record.say("wg:observedAt", "time:published")
    plan.contents.append(record)


def _accuse(drafter: Drafter, fact: Warrant, subject: Part, accuser: Part | None) -> None:
    """The accusation that an instrument carries, as a claim of whoever makes it."""
    if not fact.crimes:
        return
    if accuser is None:
        drafter.note("nobody is named who stands by them", "the crimes of an instrument")
        return
    try:
        chain = drafter.chain(fact.attribution, accuser)
        span = drafter.evidence(fact.evidence.span, *(crime.span for crime in fact.crimes))
        plan = allege(drafter, span, fact.evidence, chain, accuser, subject, fact.crimes)
    except LeftOutError as error:
        drafter.note(error.reason, "the crimes of an instrument")
        return
    drafter.add(plan)


def _describe(drafter: Drafter, fact: Warrant, subject: Part) -> None:
    """How the words of the article describe the subject, where they stand beside the evidence."""
    for role in dict.fromkeys(role.strip() for role in fact.roles):
        span = drafter.text.find(role, fact.evidence.span, *fact.subject.mentions)
        if span is None:
            drafter.note("its words stand nowhere near the person", "a role", role)
            continue
        try:
            draft_role(drafter, subject, span, fact.evidence)
        except LeftOutError as error:
            drafter.note(error.reason, "a role", role)


def draft_role(drafter: Drafter, person: Part, span: Span, evidence: Evidence) -> None:
    """The claim that a person has a public role, in the words of a span.

    Raises:
        LeftOutError: the words cannot be quoted.
    """
    words = drafter.text.words(drafter.text.trim(span))
    gloss = f"The article describes {person.said} as {quoted(words)}."
    plan = drafter.plan("Claim", span, evidence, (), gloss)
    role = Block(f"public-role:{plan.name}", "wg:PublicRole")
    role.say("rdfs:label", english(f"public role of {person.label}"))
    role.say("wg:roleHolder", person.term)
    role.say("wg:roleWording", literal(words))
    role.say("wg:observedAt", "time:published")
    plan.says.append(("wg:hasContent", (role.subject,)))
    plan.contents.append(role)
    plan.parts.append(person)
    drafter.add(plan)
