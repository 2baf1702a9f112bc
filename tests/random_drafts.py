"""Strategies for articles and drafts of any kind: no promise of a sensible one is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from rdflib import URIRef

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
from warrantgraph.namespaces import ID
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["drafted_articles"]

WORDS = (
    *("He", "denied", "it.", "“Never,”", "she", "said.", "Ostia", "Norland", "court", "warrant"),
    *("convicted", "committed", "boy", "a 15-year-old", "مرحبا", "\u202eabc", "🙂", "e\u0301", '"'),
    *("\\", "\n", "\r\n", "\t", "\x00", "\x1f", "\x85", "\u2028", "\ufffe", "\xa0", "#", "<b>"),
)
texts: SearchStrategy[str] = st.one_of(
    st.lists(st.sampled_from(WORDS[:22]), min_size=20, max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.text(max_size=80),
    st.sampled_from(["", " ", "a", "It is. It is. It is.", "x\n" * 20]),
)
names: SearchStrategy[str] = st.one_of(
    st.sampled_from([*WORDS, "Ada Example", "Court of Arvad", "", "A" * 500, "Bo “Kid” Noon"]),
    st.text(max_size=12),
)
keys: SearchStrategy[str] = st.one_of(st.sampled_from(["ada", "bo", "ostia", ""]), names)
IRIS = (
    None,
    ID["person/vladimir-putin"],
    ID["organization/international-criminal-court"],
    ID["organization/reuters"],
    ID["state/russia"],
    ID["place/moscow"],
    ID["person/nobody"],
    URIRef("https://example.org/"),
)


@st.composite
def drafted_articles(draw: DrawFn) -> tuple[Article, Draft]:
    """An article and a draft of it, whose spans may lie anywhere."""
    text = draw(texts)
    article = Article(
        text,
        draw(st.dates(date(1, 1, 1), date(9999, 12, 31))),
        draw(st.one_of(st.none(), names, st.just("Reuters"))),
        draw(st.one_of(st.none(), names, st.just("https://news.example/a"))),
        draw(st.sampled_from(["en", "fr", "ar", "", "xx", "zz\n"])),
    )
    return article, draw(drafts(text))


def spans(text: str) -> SearchStrategy[Span]:
    """Spans in a text, and some that are not."""
    anywhere = st.builds(Span, st.integers(-5, 200), st.integers(-5, 200))
    if not text:
        return anywhere
    inside = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 60)).map(
        lambda drawn: Span(drawn[0], min(len(text), sum(drawn)))
    )
    return st.integers(0, 11).flatmap(lambda number: inside if number else anywhere)


def drafts(text: str) -> SearchStrategy[Draft]:
    """Drafts of a text."""
    span = spans(text)
    some_span = st.one_of(st.none(), span)
    mentions = st.lists(span, max_size=2).map(tuple)
    iri = st.integers(0, 3).flatmap(lambda n: st.none() if n else st.sampled_from(IRIS))

    def of(*kinds: EntityKind) -> SearchStrategy[Entity]:
        """Entities mostly of these kinds, few enough to come again."""
        fitting = st.integers(0, 9).flatmap(lambda n: st.sampled_from(kinds or list(EntityKind)))
        return st.builds(Entity, keys, names, fitting, mentions, iri, st.booleans())

    return st.builds(Draft, st.just(()), facts(span, some_span, of).map(tuple), st.just("random 1"))


def facts(
    span: SearchStrategy[Span],
    some_span: SearchStrategy[Span | None],
    of: Callable[..., SearchStrategy[Entity]],
) -> SearchStrategy[list[Any]]:
    """Facts of every kind about some entities."""
    kind = EntityKind
    entity = st.one_of(of(kind.PERSON), of(kind.STATE), of(kind.COURT), of())
    person, state, court = (
        st.one_of(fit, fit, fit, of()) for fit in map(of, (kind.PERSON, kind.STATE, kind.COURT))
    )
    someone = st.one_of(st.none(), entity)
    carried = {
        "evidence": st.builds(Evidence, span, st.one_of(names, st.just("family/rule"))),
        "attribution": st.builds(Attribution, someone, someone),
    }
    edtf = st.sampled_from([None, "2024", "2024-02-31", "2024-05-06", "2023/2024", "..", "May", ""])
    when = st.one_of(st.none(), st.builds(WrittenDate, span, edtf, st.booleans()))
    crime = st.builds(
        StatedCrime,
        st.sampled_from(["war crime", "terrorism", "other", ""]),
        st.one_of(st.none(), names),
        st.sampled_from([None, "art-8-2-a-vii", "art-99", ""]),
        some_span,
    )
    crimes = st.lists(crime, max_size=2).map(tuple)
    number = st.one_of(st.none(), st.integers(-1, 5), st.just(10**30))
    kinds: list[SearchStrategy[Any]] = [
        st.builds(
            Warrant,
            **carried,
            subject=person,
            kind=st.sampled_from(WarrantKind),
            state=st.sampled_from(WarrantState),
            issuer=someone,
            requester=someone,
            issued=when,
            crimes=crimes,
            roles=st.lists(names, max_size=2).map(tuple),
        ),
        st.builds(
            Accusation,
            **carried,
            accuser=someone,
            accused=entity,
            what=some_span,
            crimes=crimes,
            finding=st.booleans(),
        ),
        st.builds(
            Response,
            **carried,
            by=entity,
            kind=st.sampled_from(ResponseKind),
            of=some_span,
            quoted=some_span,
        ),
        st.builds(
            Sanction,
            **carried,
            by=st.one_of(st.none(), state),
            on=entity,
            date=when,
            ground=some_span,
        ),
        st.builds(
            Membership,
            **carried,
            state=state,
            body=court,
            member=st.booleans(),
            withdrawn=st.booleans(),
            signed_only=st.booleans(),
            date=when,
        ),
        st.builds(
            Office,
            **carried,
            person=person,
            title=names,
            of=someone,
            current=st.sampled_from([True, False, None]),
        ),
        st.builds(Statement, **carried, quoted=span),
        st.builds(Quantity, **carried, of=span, lower=number, upper=number),
        st.builds(
            Event,
            **carried,
            kind=st.sampled_from(EventKind),
            what=span,
            participants=st.lists(entity, max_size=2).map(tuple),
            place=someone,
            date=when,
        ),
    ]
    return st.lists(st.one_of(kinds), max_size=10)
