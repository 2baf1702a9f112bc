"""A sighting: one clause that says something of an instrument; read from what a rule matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind, WarrantKind
from warrantgraph.extraction.finding.issuing import is_judicial, issuer_of, may_charge
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warrantgraph.extraction.facts import WrittenDate
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["Sighting", "read_sighting"]

_KINDS = {
    "arrest warrant": WarrantKind.ARREST_WARRANT,
    "summons": WarrantKind.SUMMONS,
    "indictment": WarrantKind.INDICTMENT,
    "charges": WarrantKind.INDICTMENT,
    "red notice": WarrantKind.RED_NOTICE,
}
_WHOM = (
    *("for", "against", "on", "of", "over", "naming", "targeting", "name", "to"),
    *("accuse", "charge"),
)
_OPENS_LIST = (",", ":", "–", "—", "mr", "mr.", "ms", "mrs")
_STOPS = word_list("stating", "ends_of_whom")
_DOUBT = word_list("stating", "doubt")
_ASKING = word_list("stating", "asking")
_FAR_BACK = 6
_NOT_ISSUE_DAYS = ("since", "until", "from", "by", "during")


@dataclass(frozen=True)
class Sighting:
    """What one clause says of an instrument.

    `subjects` are none where the clause only speaks of "the warrant"; `state` is the rule's.
    `issuer` and `requester` are keys of entities. `tail` is the first token of where the clause
    may tell the crimes.
    """

    clause: Clause
    rule: str
    start: int
    end: int
    state: str
    subjects: tuple[str, ...] = ()
    kind: WarrantKind | None = None
    plural: bool = False
    issuer: str | None = None
    requester: str | None = None
    issued: WrittenDate | None = None
    tail: int = 0
    instrument: Item | None = field(default=None, compare=False)


def read_sighting(analysis: Analysis, found: Found) -> Sighting | None:
    """What a match says; None where it says nothing certain of an instrument."""
    values = found.rule.values
    instrument = found.get("instrument")
    kind = _kind_of(found)
    if (
        kind is None
        and values["state"] not in ("wording", "arrested")
        and not values.get("follows")
    ):
        return None
    if (
        instrument is not None
        and instrument.lemma == "charges"
        and not (values.get("charges") or values["state"] in ("withdrawn", "unsealed", "refused"))
    ):
        return None
    state = str(values["state"])
    if state not in ("refused", "wording", "arrested") and _doubtful(analysis, found, state):
        return None
    if not _may_be_so(analysis, found):
        return None
    if state == "mentioned" and instrument is not None and _his(analysis, instrument):
        return None
    whom = _whom(found)
    named = _named(analysis, found, whom) if whom else ()
    subjects = tuple(key for key in named if _person(analysis, key))
    if whom is not None and not subjects:
        return None
    places = [each for each in (whom, instrument) if each is not None]
    return Sighting(
        clause=found.clause,
        rule=found.rule.name,
        start=min([found.start, *(each.start for each in places)]),
        end=max([found.end, *(each.end for each in places)]),
        state=state,
        subjects=subjects,
        kind=kind,
        plural=instrument is not None and instrument.plural,
        issuer=issuer_of(analysis, found, state),
        requester=_key(found.get("requester")),
        issued=_issue_day(found, whom) if state in ("issued", "unsealed") else None,
        tail=max([found.end, *(each.end for each in places)]),
        instrument=instrument,
    )


def _key(item: Item | None) -> str | None:
    return item.keys[0] if item is not None and item.keys else None


def _kind_of(found: Found) -> WarrantKind | None:
    if found.rule.values.get("indicts"):
        return WarrantKind.INDICTMENT
    if any(found.rule.values.get(each) for each in ("wanted", "orders")):
        return WarrantKind.ARREST_WARRANT
    instrument = found.get("instrument")
    return _KINDS.get(instrument.lemma) if instrument is not None else None


def _person(analysis: Analysis, key: str) -> bool:
    return analysis.entities[key].kind in (EntityKind.PERSON, EntityKind.GROUP)


def _whom(found: Found) -> Item | None:
    """Whom the instrument is for: named by the rule, by the instrument, or after it."""
    subject = found.get("subject")
    if subject is not None:
        return subject
    instrument = found.get("instrument")
    if instrument is None:
        return None
    return next(_after(found.clause, instrument), None) or _before(found, instrument)


def _his(analysis: Analysis, instrument: Item) -> bool:
    """Whether only a pronoun tells whose an instrument is."""
    words = analysis.text.doc
    inside = {words[token].lower_ for token in range(instrument.start, instrument.end)}
    return bool(inside & word_list("words", "possessives"))


def _named(analysis: Analysis, found: Found, whom: Item) -> tuple[str, ...]:
    """The keys of a phrase; for "both men" and "two officials, A and B" those of the names."""
    entities = analysis.entities
    items = found.clause.items
    if not whom.keys or any(entities[key].named for key in whom.keys):
        return (*_beside(items, whom), *whom.keys)
    after = items[items.index(whom) + 1 :] if whom in items else ()
    for at, item in enumerate(after[:3]):
        if item.kind is ItemKind.PERSON and at and any(entities[key].named for key in item.keys):
            return item.keys
        if item.lemma not in _OPENS_LIST:
            break
    first = analysis.text.doc[whom.start].lower_
    if whom.kind is ItemKind.GROUP and first in ("both", "the", "all"):
        return _spoken_of(analysis, whom) or whom.keys
    return whom.keys


def _beside(items: tuple[Item, ...], whom: Item) -> tuple[str, ...]:
    """Who else is the subject: "Ann Lee, who ..., and her partner were indicted"."""
    beside = len(items) > 2 and items[2] is whom and items[1].lemma == "and"
    return items[0].keys if beside and items[0].kind is ItemKind.PERSON else ()


def _spoken_of(analysis: Analysis, whom: Item) -> tuple[str, ...]:
    """The last list of names, for "both men", "the pair" and "the two officials"."""
    words = {analysis.text.doc[token].lower_ for token in range(whom.start, whom.end)}
    if not words & word_list("stating", "both"):
        return ()
    found: tuple[str, ...] = ()
    for row in analysis.rows:
        for item in row.items:
            several = item.kind is ItemKind.PERSON and len(item.keys) > 1
            named = all(analysis.entities[key].named for key in item.keys)
            if several and named and item.start < whom.start:
                found = item.keys
    return found


def _after(clause: Clause, instrument: Item) -> Iterator[Item]:
    """People after "for" or "against", behind the verb too: "issued on Friday for X"."""
    items = clause.items
    at = items.index(instrument) + 1
    link, crimes = "", False
    while at < len(items):
        item = items[at]
        if item.kind is ItemKind.QUOTE or item.lemma in _STOPS:
            return
        if item.kind is ItemKind.CRIME:
            crimes = True
        if item.kind in (ItemKind.PERSON, ItemKind.GROUP):
            if link == "against" or (link in _WHOM and not crimes):
                yield item
            elif link != "by":
                return
        elif item.kind is ItemKind.WORD or item.kind is ItemKind.VERB:
            link = item.lemma
            at += 1
            continue
        link = ""
        at += 1


def _before(found: Found, instrument: Item) -> Item | None:
    """Who possesses the instrument, or whom "against whom" is about."""
    if instrument.keys:
        return instrument
    items = found.clause.items
    for at, item in enumerate(items[:-2]):
        if item.kind in (ItemKind.PERSON, ItemKind.GROUP):
            words = [each.lemma for each in items[at + 1 : at + 4]]
            if "whom" in words[1:] and set(words) & {"for", "against"}:
                return item
    return None


def _doubtful(analysis: Analysis, found: Found, state: str) -> bool:
    """Whether the words before say that the instrument may not exist."""
    if found.clause.conditional:
        return True
    items = found.clause.items
    instrument = found.get("instrument")
    anchor = instrument or found.get("subject")
    if anchor is None or anchor not in items:
        return False
    words = analysis.text.doc
    inside = {words[token].lower_ for token in range(anchor.start, anchor.end)}
    if instrument is not None and inside & {"no", "any", "neither"}:
        return True
    at = items.index(anchor)
    before = items[max(0, at - _FAR_BACK) : at]
    if any(item.lemma in _DOUBT for item in before if item.kind is not ItemKind.CRIME):
        return True
    if state == "mentioned":
        return _asked_for(items, at)
    return False


def _asked_for(items: tuple[Item, ...], at: int) -> bool:
    """Whether an instrument is the object of a verb or noun of asking, granting or doubt."""
    instrument = items[at]
    for item in items[max(0, at - 4) : at]:
        if item.kind is ItemKind.VERB and item.lemma in _ASKING:
            return True
        if item.lemma in ("request", "requests", "application", "applications", "bid", "petition"):
            return True
    after = items[at + 1 : at + 6]
    if any(item.lemma in ("possible", "application", "request", "likely") for item in after):
        return True
    verb = next((item for item in items[at + 1 :] if item.kind is ItemKind.VERB), None)
    about = verb is not None and verb.lemma in _ASKING and verb.voice is not Voice.PAST
    return about or not (instrument.of or instrument.definite or instrument.keys)


def _may_be_so(analysis: Analysis, found: Found) -> bool:
    """What patterns cannot say: who may charge, and what a bare -ed form is."""
    if found.rule.values.get("indicts"):
        issuer, verb, subject = found.get("issuer"), found["verb"], found["subject"]
        if issuer is not None and not may_charge(analysis, issuer):
            return False
        items = found.clause.items
        after = items[items.index(verb) + 1 :]
        passive = subject.start < verb.start
        if passive and verb.voice is Voice.PAST and after and after[0].kind in _PEOPLE:
            return False
        return not (subject.keys and any(word.lemma == "nobody" for word in items))
    if found.rule.values.get("orders"):
        return is_judicial(analysis, found["issuer"])
    if found.rule.values.get("wanted"):
        issuer = found["issuer"]
        return all(analysis.entities[key].named for key in issuer.keys)
    return True


_PEOPLE = (ItemKind.PERSON, ItemKind.GROUP)


def _issue_day(found: Found, whom: Item | None) -> WrittenDate | None:
    """The time of the clause that stands by the verb, before any crimes."""
    clause = found.clause
    crimes = [item.start for item in clause.items if item.kind is ItemKind.CRIME]
    first = min([start for start in crimes if start > found.start], default=clause.end + 99)
    anchor = found.get("instrument") or whom
    best: tuple[int, WrittenDate] | None = None
    for item in clause.dates:
        if item.date is None or item.date.edtf is None or item.start > first:
            continue
        if "/" in item.date.edtf or _described_by(clause, item):
            continue
        near = abs(item.start - (anchor.start if anchor else found.start))
        if best is None or near < best[0]:
            best = (near, item.date)
    return best[1] if best else None


def _described_by(clause: Clause, date: Item) -> bool:
    """Whether a time belongs to something else: "the October 7 attacks", "over a 2013 attack"."""
    after = [item for item in clause.items if item.start == date.end]
    before = [item for item in clause.items if item.end == date.start]
    articles = before and before[0].lemma in ("the", "a", "an", "'s", *_NOT_ISSUE_DAYS)
    noun = (
        after
        and after[0].kind is ItemKind.WORD
        and after[0].lemma
        not in (
            "for",
            "against",
            "over",
            "on",
            "in",
            "at",
            "by",
            "and",
            "to",
            "with",
            ",",
            "of",
            "that",
        )
    )
    return bool(articles and noun) or bool(before and before[0].lemma in _NOT_ISSUE_DAYS)
