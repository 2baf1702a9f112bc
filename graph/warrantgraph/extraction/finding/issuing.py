"""Who issued an instrument, or was asked to, and who may charge somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.finding.bodies import court_named
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind

if TYPE_CHECKING:
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Item

__all__ = ["body_of", "is_international", "issuer_of", "may_charge"]

_LEGAL = word_list("stating", "chargers")
_INTERNATIONAL = ("international", "special tribunal", "special court", "icc", "ictr", "icty")
_FROM = ("by", "from")


def body_of(analysis: Analysis, item: Item) -> str | None:
    """The court of its judges or prosecutor; else whom the phrase itself names."""
    if item.of is not None and analysis.entities[item.of].kind is EntityKind.COURT:
        return item.of
    return item.keys[0] if item.keys else item.of


def is_international(analysis: Analysis, key: str) -> bool:
    """Whether a body is an international court or Interpol."""
    entity = analysis.entities[key]
    name = entity.name.casefold()
    return entity.kind is EntityKind.COURT and any(word in name for word in _INTERNATIONAL)


def is_judicial(analysis: Analysis, item: Item) -> bool:
    """Whether somebody is a court, a judge or a prosecutor."""
    if item.of is not None and _court(analysis, item.of):
        return True
    if item.kind is ItemKind.COURT or item.lemma.split("-")[-1] in word_list("stating", "judicial"):
        return True
    return bool(_titles(analysis, item) & word_list("stating", "judicial"))


def _titles(analysis: Analysis, item: Item) -> set[str]:
    """The words of the functions of people."""
    return {
        analysis.text.doc[token].lower_
        for each in analysis.descriptions
        if each.person in item.keys
        for token in range(each.title_start, each.title_end)
    }


def may_charge(analysis: Analysis, item: Item) -> bool:
    """Whether somebody can bring formal charges, not just reproach somebody with something."""
    if item.kind in (ItemKind.COURT, ItemKind.STATE):
        return True
    if item.kind is ItemKind.ORGANIZATION and any(
        analysis.entities[key].name.isupper() for key in item.keys
    ):
        return True
    if item.lemma.split("-")[-1] in _LEGAL:
        return True
    named = {word for key in item.keys for word in analysis.entities[key].name.casefold().split()}
    return bool((named | _titles(analysis, item)) & _LEGAL)


def issuer_of(analysis: Analysis, found: Found, state: str) -> str | None:
    """The key of who issued an instrument; of who was asked, where it is only requested.

    For "the court" it is the one court that the article names, if it names one only.
    """
    key = _issuer_key(analysis, found, state)
    court = court_named(analysis, key) if key is not None else None
    return court.key if court is not None else None


def _issuer_key(analysis: Analysis, found: Found, state: str) -> str | None:
    asked, issuer, requester = (found.get(name) for name in ("asked", "issuer", "requester"))
    instrument = found.get("instrument")
    if state == "requested":
        for item in (asked, requester):
            if item is not None and item.of and _court(analysis, item.of):
                return item.of
        if asked is not None and _names_body(analysis, asked):
            return body_of(analysis, asked)
        return _instrument_names(analysis, instrument) or _among(analysis, found)
    if issuer is None and requester is not None and state == "issued":
        return body_of(analysis, requester) if is_judicial(analysis, requester) else None
    if issuer is not None and not (state == "withdrawn" and issuer.kind is ItemKind.GROUP):
        return body_of(analysis, issuer)
    if state in ("issued", "unsealed", "withdrawn") or instrument is not None:
        return _instrument_names(analysis, instrument) or _by(analysis, found)
    return None


def _court(analysis: Analysis, key: str) -> bool:
    return analysis.entities[key].kind is EntityKind.COURT


def _names_body(analysis: Analysis, item: Item) -> bool:
    return any(analysis.entities[key].named for key in item.keys) or item.kind is ItemKind.COURT


def _instrument_names(analysis: Analysis, instrument: Item | None) -> str | None:
    """The body in "the ICC's warrant"; a state in "a Spanish warrant"."""
    if instrument is None or instrument.of is None:
        return None
    kind = analysis.entities[instrument.of].kind
    if kind in (EntityKind.COURT, EntityKind.STATE, EntityKind.ORGANIZATION):
        return instrument.of
    return None


def _by(analysis: Analysis, found: Found) -> str | None:
    """Who stands after "by" or "from" behind the instrument."""
    items = found.clause.items
    instrument = found.get("instrument")
    begin = items.index(instrument) if instrument in items else 0
    for at in range(begin, len(items) - 1):
        item = items[at + 1]
        of = items[at].lemma == "of" and items[at - 1] is instrument
        if items[at].lemma not in _FROM and not (of and item.kind is ItemKind.COURT):
            continue
        if item.kind in (ItemKind.COURT, ItemKind.ORGANIZATION, ItemKind.STATE):
            return body_of(analysis, item)
        if item.kind in (ItemKind.GROUP, ItemKind.PERSON) and may_charge(analysis, item):
            return body_of(analysis, item)
    return None


def _among(analysis: Analysis, found: Found) -> str | None:
    """A court that a request names: "filed its request with the Seoul court"."""
    for item in found.clause.items:
        if item.kind is ItemKind.COURT and item.keys:
            return item.keys[0]
    del analysis
    return None
