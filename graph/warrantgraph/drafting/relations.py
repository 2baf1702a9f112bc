"""Sanctions, membership of courts, and offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.drafting.allegations import allege
from warrantgraph.drafting.blocks import Block, english
from warrantgraph.drafting.notes import LeftOutError
from warrantgraph.drafting.wording import make_label, make_slug, one_line

if TYPE_CHECKING:
    from warrantgraph.drafting.cast import Part
    from warrantgraph.drafting.drafter import Drafter
    from warrantgraph.extraction.facts import Membership, Office, Sanction

__all__ = ["draft_membership", "draft_office", "draft_sanction"]


def draft_sanction(drafter: Drafter, fact: Sanction) -> None:
    """The claim of the designation; then the accusation that is its stated ground."""
    target = drafter.cast.agent(fact.on)
    chain = drafter.chain(fact.attribution)
    date = fact.date.span if fact.date else None
    span = drafter.evidence(fact.evidence.span, date, fact.ground)
    plan = drafter.plan("Claim", span, fact.evidence, chain, "")
    if fact.by is not None:
        authority = drafter.cast.organization(fact.by)
    else:
        authority = drafter.cast.unnamed("sanctions authority", "Organization", plan.name)
    plan.gloss = drafter.say(chain, f"{authority.does('has')} placed {target.said} under sanctions")
    designation = Block(f"occurrence:{plan.name}", "wg:SanctionDesignation")
    label = f"sanctions of {authority.label} on {target.label}"
    designation.say("rdfs:label", english(label))
    designation.say("wg:sanctioningAuthority", authority.term)
    designation.say("wg:sanctionTarget", target.term)
    designation.say("wg:hasTime", drafter.time(fact.date, plan))
    plan.says.append(("wg:hasContent", (designation.subject,)))
    plan.contents.append(designation)
    plan.parts += [authority, target]
    drafter.add(plan)
    if fact.ground:
        designation.say("wg:statedGround", _ground(drafter, fact, authority, target))


def _ground(drafter: Drafter, fact: Sanction, authority: Part, target: Part) -> str | None:
    """The term of the claim by which the authority says why."""
    try:
        chain = drafter.chain(fact.attribution, authority)
        span = drafter.evidence(fact.evidence.span, fact.ground)
        if not chain:
            raise LeftOutError("the article itself would accuse")
        plan = allege(drafter, span, fact.evidence, chain, authority, target, (), fact.ground)
    except LeftOutError as error:
        drafter.note(error.reason, "the ground of sanctions")
        return None
    drafter.add(plan)
    return f"claim:{plan.name}"


def draft_membership(drafter: Drafter, fact: Membership) -> None:
    """The claim of how a state stands to a court."""
    state, body = drafter.cast.part(fact.state), drafter.cast.part(fact.body)
    if not drafter.cast.is_a(state, "State"):
        raise LeftOutError("it is about a state, and this is none")
    if not drafter.cast.is_a(body, "InternationalCourt"):
        raise LeftOutError("it is about a court that states founded, and this is none")
    if fact.member and (fact.withdrawn or fact.signed_only):
        raise LeftOutError("a member cannot have withdrawn or only signed")
    chain = drafter.chain(fact.attribution)
    span = drafter.evidence(fact.evidence.span, fact.date.span if fact.date else None)
    plan = drafter.plan("Claim", span, fact.evidence, chain, "")
    status, words = _standing(fact)
    clause = f"{state.said} {words} {body.said}"
    plan.gloss = drafter.say(chain, clause)
    relation = Block(f"relation:{plan.name}", "wg:TreatyRelation").say(
        "rdfs:label", english(clause)
    )
    relation.say("wg:relationState", state.term).say("wg:relationCourt", body.term)
    relation.say("wg:treatyStatus", f"treaty-status:{status}")
    time = drafter.time(fact.date, plan)
    relation.say("wg:hasTime", time).say("wg:observedAt", None if time else "time:published")
    plan.says.append(("wg:hasContent", (relation.subject,)))
    plan.contents.append(relation)
    plan.parts += [state, body]
    drafter.add(plan)


def _standing(fact: Membership) -> tuple[str, str]:
    if fact.withdrawn:
        return "withdrawn", "is no longer a member of"
    if fact.signed_only:
        return "signatory-not-party", "has signed and is not bound by the treaty of"
    return ("state-party", "is a member of") if fact.member else ("non-party", "is not a member of")


def draft_office(drafter: Drafter, fact: Office) -> None:
    """The claim that a person holds or held an office, and in what."""
    holder = drafter.cast.person(fact.person)
    title = one_line(fact.title)
    if not title:
        raise LeftOutError("the office has no title")
    chain = drafter.chain(fact.attribution)
    within = _organization(drafter, fact)
    plan = drafter.plan("Claim", fact.evidence.span, fact.evidence, chain, "")
    of = f" of {within.said}" if within else ""
    verb = {True: "is", False: "is no longer", None: "is or was"}[fact.current]
    plan.gloss = drafter.say(chain, f"{holder.said} {verb} {title}{of}")
    label = make_label(title, "office that the article names")
    slug = make_slug(f"{title} of {within.label}" if within else title)
    office = Block(f"office:{slug}-{plan.name}", "wg:Office").say("rdfs:label", english(label + of))
    office.say("wg:officeIn", within.term if within else None)
    kind = "wg:EndedTenure" if fact.current is False else "wg:OfficeTenure"
    tenure = Block(f"tenure:{plan.name}", kind)
    tenure.say("rdfs:label", english(f"{holder.label} as {label}{of}"))
    tenure.say("wg:tenureHolder", holder.term).say("wg:tenureOffice", office.subject)
    tenure.say("wg:observedAt", "time:published" if fact.current else None)
    plan.says.append(("wg:hasContent", (tenure.subject, office.subject)))
    plan.contents += [tenure, office]
    plan.parts += [holder, *([within] if within else [])]
    drafter.add(plan)


def _organization(drafter: Drafter, fact: Office) -> Part | None:
    if fact.of is None:
        return None
    try:
        return drafter.cast.organization(fact.of)
    except LeftOutError as error:
        drafter.note(error.reason, "what an office is in", fact.of.name)
        return None
