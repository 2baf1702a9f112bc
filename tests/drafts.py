"""Drafts for tests: an article of our own words, and facts about stretches of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from warrantgraph.extraction.article import Article
from warrantgraph.extraction.facts import (
    Accusation,
    Attribution,
    Draft,
    Entity,
    EntityKind,
    Event,
    EventKind,
    Evidence,
    Membership,
    Office,
    Quantity,
    Response,
    ResponseKind,
    Sanction,
    StatedCrime,
    Statement,
    Warrant,
    WarrantKind,
    WarrantState,
    WrittenDate,
)
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from rdflib import URIRef

    from warrantgraph.extraction.facts import Fact

__all__ = ["ARTICLE", "DRAFT", "draft_of", "every_kind", "span_of"]

TEXT = """Court issues warrant for Ostian general
The Court of Arvad issued a warrant for General Tomas Brell on Monday over pillage.
Prosecutor Ana Voss has asked the Court of Arvad for a summons for Mila Dorn, a senior minister.
“We will answer in court,” Dorn told the Daily Lantern.
Ostia rejects the charges as “a farce”.
The charges against Juro Pell were withdrawn in May.
Norland placed Brell under sanctions for the shelling of Kessim.
Ostia is not a member of the court. Norland left it in 2019.
A former envoy said that at least 400 villagers had fled.
Brell could be arrested in Norland, and a hearing is planned in Kessim for June.
Lina Marsh, the former mayor of Kessim, was accused of theft.
"""

ARTICLE = Article(TEXT, date(2024, 5, 7), "Daily Lantern", "https://news.example/a", "en")


def span_of(words: str, text: str = TEXT, number: int = 1) -> Span:
    """Where words stand in a text for the nth time."""
    start = -1
    for _ in range(number):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def _entity(
    name: str, kind: EntityKind, *, named: bool = True, iri: URIRef | None = None
) -> Entity:
    key = name.lower().replace(" ", "-")
    return Entity(key, name, kind, (span_of(name),) if name in TEXT else (), iri, named)


COURT = _entity("Court of Arvad", EntityKind.COURT)
BRELL = _entity("Tomas Brell", EntityKind.PERSON)
VOSS = _entity("Ana Voss", EntityKind.PERSON)
DORN = _entity("Mila Dorn", EntityKind.PERSON)
PELL = _entity("Juro Pell", EntityKind.PERSON)
MARSH = _entity("Lina Marsh", EntityKind.PERSON)
OSTIA = _entity("Ostia", EntityKind.STATE)
NORLAND = _entity("Norland", EntityKind.STATE)
KESSIM = _entity("Kessim", EntityKind.PLACE)
LANTERN = _entity("Daily Lantern", EntityKind.ORGANIZATION)
ENVOY = _entity("A former envoy", EntityKind.PERSON, named=False)


def _at(words: str, rule: str, speaker: Entity | None = None) -> dict[str, Any]:
    return {
        "evidence": Evidence(span_of(words), rule),
        "attribution": Attribution(speaker=speaker),
    }


def every_kind() -> tuple[Fact, ...]:
    """At least one fact of each kind."""
    return (
        Warrant(
            **_at("The Court of Arvad issued a warrant for General Tomas Brell", "warrants/issued"),
            subject=BRELL,
            kind=WarrantKind.ARREST_WARRANT,
            state=WarrantState.ISSUED,
            issuer=COURT,
            issued=WrittenDate(span_of("on Monday"), "2024-05-06", relative=True),
            crimes=(StatedCrime("war crime", "pillage", "art-8-2-b-xvi", span_of("pillage")),),
            roles=("General",),
        ),
        Warrant(
            **_at("asked the Court of Arvad for a summons for Mila Dorn", "warrants/requested"),
            subject=DORN,
            kind=WarrantKind.SUMMONS,
            state=WarrantState.REQUESTED,
            issuer=COURT,
            requester=VOSS,
            roles=("senior minister",),
        ),
        Office(**_at("Prosecutor Ana Voss", "offices/title"), person=VOSS, title="Prosecutor"),
        Statement(
            **_at("“We will answer in court,” Dorn told", "statements/told", DORN),
            quoted=span_of("We will answer in court,"),
        ),
        Response(
            **_at("Ostia rejects the charges as “a farce”", "responses/rejects"),
            by=OSTIA,
            kind=ResponseKind.DENIAL,
            of=span_of("the charges"),
            quoted=span_of("a farce"),
        ),
        Warrant(
            **_at("The charges against Juro Pell were withdrawn in May", "warrants/withdrawn"),
            subject=PELL,
            kind=WarrantKind.INDICTMENT,
            state=WarrantState.WITHDRAWN,
        ),
        Sanction(
            **_at("Norland placed Brell under sanctions", "sanctions/imposed"),
            by=NORLAND,
            on=BRELL,
            ground=span_of("the shelling of Kessim"),
        ),
        Membership(
            **_at("Ostia is not a member of the court", "membership/not"),
            state=OSTIA,
            body=COURT,
            member=False,
        ),
        Membership(
            **_at("Norland left it in 2019", "membership/left"),
            state=NORLAND,
            body=COURT,
            member=False,
            withdrawn=True,
            date=WrittenDate(span_of("in 2019"), "2019"),
        ),
        Quantity(
            **_at("at least 400 villagers", "quantities/at-least", ENVOY),
            of=span_of("villagers"),
            lower=400,
            upper=None,
        ),
        Event(
            **_at("Brell could be arrested in Norland", "events/could"),
            kind=EventKind.POSSIBLE,
            what=span_of("be arrested in Norland"),
            participants=(BRELL,),
            place=NORLAND,
        ),
        Event(
            **_at("a hearing is planned in Kessim for June", "events/planned"),
            kind=EventKind.PLANNED,
            what=span_of("a hearing"),
            place=KESSIM,
            date=WrittenDate(span_of("June"), "2024-06", relative=True),
        ),
        Office(
            **_at("Lina Marsh, the former mayor of Kessim", "offices/former"),
            person=MARSH,
            title="mayor",
            of=KESSIM,
            current=False,
        ),
        Accusation(
            **_at(
                "Lina Marsh, the former mayor of Kessim, was accused of theft",
                "accusations/passive",
            ),
            accuser=None,
            accused=MARSH,
            what=span_of("theft"),
        ),
        Response(
            **_at("“We will answer in court,” Dorn told the Daily Lantern", "responses/no-answer"),
            by=DORN,
            kind=ResponseKind.NON_ANSWER,
        ),
        Response(
            **_at("as “a farce”", "responses/called"),
            by=OSTIA,
            kind=ResponseKind.CHARACTERIZATION,
            of=span_of("the charges"),
            quoted=span_of("a farce"),
        ),
    )


def draft_of(*facts: Fact) -> Draft:
    """A draft with these facts."""
    return Draft((), facts, "rules 1")


DRAFT = draft_of(*every_kind())
