"""Whether what a rule fits is stated at all: not asked for, doubted or told by somebody unfit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from warrantgraph.extraction.finding.issuing import is_judicial, may_charge
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import ItemKind, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Item

__all__ = ["is_doubtful", "may_be_so"]

_REQUESTS = ("request", "requests", "application", "applications", "bid", "petition")
_FAR_BACK = 6


def is_doubtful(analysis: Analysis, found: Found, state: str) -> bool:
    """Whether the words before say that the instrument may not exist."""
    if found.clause.conditional:
        return True
    items = found.clause.items
    instrument = found.get("instrument")
    anchor = instrument or found.get("subject")
    if anchor is None or anchor not in items:
        return False
    inside = _words(analysis, anchor)
    if instrument is not None and inside & {"no", "any", "neither"}:
        return True
    if state == "mentioned" and inside & word_list("words", "possessives"):
        return True
    at = items.index(anchor)
    before = items[max(0, at - _FAR_BACK) : at]
    doubt = word_list("stating", "doubt")
    if any(item.lemma in doubt for item in before if item.kind is not ItemKind.CRIME):
        return True
    return state == "mentioned" and _asked_for(items, at)


def _words(analysis: Analysis, item: Item) -> set[str]:
    return {analysis.text.doc[token].lower_ for token in range(item.start, item.end)}


def _asked_for(items: Sequence[Item], at: int) -> bool:
    """Whether an instrument is the object of a verb or noun of asking, granting or doubt."""
    instrument = items[at]
    near = items[max(0, at - 3) : at]
    heed = word_list("stating", "heeding")
    if any(item.lemma == "to" and item.kind is ItemKind.WORD for item in near):
        return True
    if any(item.voice is Voice.INFINITIVE and item.lemma not in heed for item in near):
        return True
    asking = word_list("stating", "asking")
    for item in items[max(0, at - 4) : at]:
        if (item.kind is ItemKind.VERB and item.lemma in asking) or item.lemma in _REQUESTS:
            return True
    after = items[at + 1 : at + 6]
    if any(item.lemma in ("possible", "application", "request", "likely") for item in after):
        return True
    verb = next((item for item in items[at + 1 :] if item.kind is ItemKind.VERB), None)
    if verb is not None and verb.lemma in asking and verb.voice is not Voice.PAST:
        return True
    return not (instrument.of or instrument.definite or instrument.keys)


def may_be_so(analysis: Analysis, found: Found) -> bool:
    """What patterns cannot say: who may charge, and what a bare -ed form is."""
    values = found.rule.values
    issuer = found.get("issuer")
    if _is_active(found):
        return False
    if values.get("indicts"):
        if issuer is not None and not (may_charge(analysis, issuer) and _has_object(found)):
            return False
        return not any(item.lemma == "nobody" for item in found.clause.items)
    if values.get("sentence") and not _ordered_before_court(analysis, found):
        return False
    if values.get("judicial"):
        by = issuer or found.get("requester")
        return by is not None and is_judicial(analysis, by)
    if values.get("wanted") and issuer is not None:
        return all(analysis.entities[key].named for key in issuer.keys)
    return True


def _has_object(found: Found) -> bool:
    """Whether the person charged is the object of the verb: not "charged alongside X"."""
    verb, subject = found["verb"], found["subject"]
    if subject.start < verb.start:
        return True
    items = found.clause.items
    return items.index(subject) - items.index(verb) <= 1


def _is_active(found: Found) -> bool:
    """Whether a bare -ed form that a rule reads as passive has an object: "police arrested X"."""
    verb, subject = found.get("verb"), found.get("subject")
    if verb is None or subject is None or verb.voice is not Voice.PAST:
        return False
    if subject.start > verb.start:
        return False
    items = found.clause.items
    after = items[items.index(verb) + 1 :]
    return bool(after) and after[0].kind in (ItemKind.PERSON, ItemKind.GROUP)


def _ordered_before_court(analysis: Analysis, found: Found) -> bool:
    """Whether the sentence goes on "to appear before"."""
    sentence = found.clause.sentence
    words = [analysis.text.doc[at].lower_ for at in range(found.start, sentence.end)]
    return any(pair in (("appear", "before"), ("come", "before")) for pair in pairwise(words))
