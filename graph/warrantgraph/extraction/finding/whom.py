"""Whom an instrument is for: one person, or all of a list however it is written."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item
    from warrantgraph.extraction.phrases.analysis import Row

__all__ = ["both_named", "named_in_list", "names_in_sentence", "phrase_for_whom", "subjects_of"]

_PEOPLE = (ItemKind.PERSON, ItemKind.GROUP)
_WHOM = (
    *("for", "against", "about", "on", "of", "over", "naming", "targeting", "name", "to"),
    *("accuse", "charge"),
)
_NEAR = 8
_LONGEST_DESCRIPTION = 6
"""Items between "for" and a name: "for a Danish diving instructor, ..."."""
_OPENS_LIST = (",", ":", "–", "—", "mr", "mr.", "ms", "mrs")
_BEFORE_MEMBERS = ("and", ",", "the", "two", "three", "four", "against", "for", "mr", "gen")
_STATES_IT = (
    "issue",
    "sign",
    "request",
    "seek",
    "approve",
    "grant",
    "publish",
    "unseal",
    "release",
)


def phrase_for_whom(found: Found) -> Item | None:
    """The phrase: named by the rule, by the instrument, after it or before it."""
    subject = found.get("subject")
    if subject is not None:
        return subject
    instrument = found.get("instrument")
    if instrument is None:
        return None
    return next(_after(found.clause, instrument), None) or _before(found, instrument)


def subjects_of(analysis: Analysis, found: Found) -> tuple[str, ...]:
    """The keys of all whom an instrument is for; groups only where nobody of them is named."""
    whom = phrase_for_whom(found)
    if whom is None:
        return both_named(analysis, found.clause) if _against_both(analysis, found) else ()
    instrument = found.get("instrument")
    keys = list(_named(analysis, found, whom))
    if instrument is not None and found.get("subject") is None:
        for item in _after(found.clause, instrument):
            keys += [key for key in item.keys if key not in keys]
    keys += _joined(analysis, found.clause, whom)
    keys += [key for key in named_in_list(analysis, found.clause, whom) if key not in keys]
    people = [key for key in dict.fromkeys(keys) if _is_person(analysis, key)]
    named = [key for key in people if analysis.entities[key].named]
    return tuple(named or people)


def _is_person(analysis: Analysis, key: str) -> bool:
    return analysis.entities[key].kind in (EntityKind.PERSON, EntityKind.GROUP)


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
    words = {analysis.text.doc[token].lower_ for token in range(whom.start, whom.end)}
    if whom.kind is ItemKind.GROUP and words & word_list("stating", "both"):
        return both_named(analysis, found.clause) or whom.keys
    if whom.kind is ItemKind.PERSON and whom.definite and not whom.plural:
        return _only_person(analysis, found.clause, whom) or whom.keys
    return whom.keys


def _beside(items: Sequence[Item], whom: Item) -> tuple[str, ...]:
    """Who else is the subject: "Ann Lee, who ..., and her partner were indicted"."""
    beside = len(items) > 2 and items[2] is whom and items[1].lemma == "and"
    return items[0].keys if beside and items[0].kind is ItemKind.PERSON else ()


def _rows_before(analysis: Analysis, clause: Clause, far: int) -> Iterator[Row]:
    """The sentences before a clause, the nearest first, without its own."""
    number = clause.sentence.number
    for row in reversed(analysis.rows):
        if 0 < number - row.sentence.number <= far:
            yield row


def _names(analysis: Analysis, items: Iterable[Item]) -> list[str]:
    keys = [key for item in items if item.kind is ItemKind.PERSON for key in item.keys]
    return [key for key in dict.fromkeys(keys) if analysis.entities[key].named]


def names_in_sentence(analysis: Analysis, clause: Clause, start: int) -> list[str]:
    """All persons named in the sentence of a clause, from a token on."""
    row = next(each for each in analysis.rows if each.sentence is clause.sentence)
    return _names(analysis, (item for item in row.items if item.end > start))


def both_named(analysis: Analysis, clause: Clause) -> tuple[str, ...]:
    """The names that "both men" or "them" sums up: the last list, or two persons just named."""
    lists: tuple[str, ...] = ()
    for row in analysis.rows:
        for item in row.items:
            several = item.kind is ItemKind.PERSON and len(item.keys) > 1
            named = all(analysis.entities[key].named for key in item.keys)
            if several and named and item.end <= clause.start:
                lists = item.keys
    for row in _rows_before(analysis, clause, 2):
        keys = _names(analysis, row.items)
        if len(keys) == 2:
            return tuple(keys)
        if keys:
            break
    return lists


def _only_person(analysis: Analysis, clause: Clause, whom: Item) -> tuple[str, ...]:
    """The one person named in the sentence before, for "the businessman"."""
    if whom.of is not None and analysis.entities[whom.of].kind is EntityKind.COURT:
        return ()
    for row in _rows_before(analysis, clause, 2):
        keys = _names(analysis, row.items)
        if keys:
            return tuple(keys) if len(keys) == 1 else ()
    return ()


def _against_both(analysis: Analysis, found: Found) -> bool:
    """Whether "against both" stands behind an instrument."""
    instrument = found.get("instrument")
    if instrument is None:
        return False
    end = min(found.clause.sentence.end, instrument.end + _NEAR)
    words = [analysis.text.doc[at].lower_ for at in range(instrument.end, end)]
    return any(pair in (("for", "both"), ("against", "both")) for pair in pairwise(words))


def _joined(analysis: Analysis, clause: Clause, whom: Item) -> list[str]:
    """Who is joined to a person by "and" behind a relative clause that was taken out."""
    items = clause.items
    if whom not in items or whom.kind is not ItemKind.PERSON:
        return []
    at = items.index(whom) + 1
    at += at < len(items) and items[at].lemma == ","
    if at + 1 >= len(items) or items[at].lemma != "and":
        return []
    person, after = items[at + 1], items[at + 2 : at + 3]
    if after and after[0].kind is ItemKind.VERB:
        return []
    return _names(analysis, [person])


def named_in_list(analysis: Analysis, clause: Clause, whom: Item) -> list[str]:
    """Those whom semicolons part: "against A; B, the chief of staff; and C"."""
    row = next(each for each in analysis.rows if each.sentence is clause.sentence)
    items = [item for item in row.items if item.end > whom.start]
    if not any(item.lemma == ";" for item in items):
        return []
    keys: list[str] = []
    segment: list[Item] = []
    for item in (*items, None):
        if item is not None and item.lemma != ";":
            segment.append(item)
            continue
        opening = next((each for each in segment if each.lemma not in _BEFORE_MEMBERS), None)
        if opening is None or opening.kind not in (*_PEOPLE, ItemKind.INSTRUMENT):
            break
        names = _names(analysis, [opening]) or _names(analysis, segment[:6])
        keys += names
        segment = []
    return keys


def _after(clause: Clause, instrument: Item) -> Iterator[Item]:
    """People after "for" or "against", behind the verb too: "issued on Friday for X, for Y"."""
    items = clause.items
    at = items.index(instrument) + 1
    link, crimes, given = "", False, False
    described = 0
    stops = word_list("stating", "ends_of_whom")
    for item in items[at:]:
        if item.kind is ItemKind.QUOTE or (item.kind is ItemKind.WORD and item.lemma in stops):
            return
        if item.kind is ItemKind.VERB and given and item.lemma not in _STATES_IT:
            return
        crimes = crimes or item.kind is ItemKind.CRIME
        if item.kind in _PEOPLE:
            beside = link == "," and 0 < described <= _LONGEST_DESCRIPTION
            opening = ("for", "against") if given else _WHOM
            if link == "against" or (not crimes and (link in opening or (beside and not given))):
                yield item
                given = True
            elif link not in ("by", ",") or (link == "," and not given):
                return
        opens = item.lemma in ("for", "against")
        described = 1 if opens else described + (described > 0)
        link = item.lemma if item.kind in (ItemKind.WORD, ItemKind.VERB) else ""


def _before(found: Found, instrument: Item) -> Item | None:
    """Who possesses the instrument, or whom "against whom" is about."""
    if instrument.keys:
        return instrument
    items = found.clause.items
    for at, item in enumerate(items[:-2]):
        if item.kind in _PEOPLE:
            words = [each.lemma for each in items[at + 1 : at + 4]]
            if "whom" in words[1:] and set(words) & {"for", "against"}:
                return item
    return None
