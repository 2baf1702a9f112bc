"""Who imposes sanctions, and on whom: what stands beside the words that a rule matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases import AGENTS, ItemKind

if TYPE_CHECKING:
    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.patterns import Found
    from warrantgraph.extraction.phrases import Analysis, Clause, Item

__all__ = ["along_with", "both_named", "names_behind", "sanctioners_of"]

_UNITED_STATES = ("united states", "us", "u.s.", "usa", "america")
_UNION = ("european union", "eu")
_OPENS_LIST = (":", "–", "—", "--", "including", "include", "namely", "among", ",")
_SHORT = ("us", "u.s.", "eu", "un", "u.n.", "uk", "u.k.", "european", "western")
_NEAR = 2
_PAIR = 2


def sanctioners_of(
    analysis: Analysis, found: Found, latest: Entity | None, sentence: int
) -> list[Entity | None] | None:
    """Who imposed them: nobody where the clause names none, None where they are no sanctions.

    A judge or a league that "imposes sanctions" is none of those whose sanctions count.
    `latest` is who imposed those told of last, in the sentence of that number.
    """
    item = found.get("by")
    if item is None or not item.keys:
        return [None]
    if found.rule.values.get("adjective") and not _is_adjective(analysis, item):
        return None
    if item.pronoun and found.clause.sentence.number - sentence <= _NEAR and latest is not None:
        return [latest]
    bodies = [_body(analysis, item, analysis.entities[key]) for key in item.keys]
    known: list[Entity | None] = [body for body in bodies if body is not None]
    return known or None


def _is_adjective(analysis: Analysis, item: Item) -> bool:
    """Whether "U.S. sanctions" are those of a state: "Iran sanctions" are those on Iran."""
    words = analysis.words(analysis.text.span(item.start, item.end)).casefold()
    if words.removeprefix("the ") in _SHORT:
        return True
    last = words.split()[-1]
    return last.endswith(("ish", "ese", "ian", "an", "ch", "nations", "union", "council"))


def _body(analysis: Analysis, item: Item, entity: Entity) -> Entity | None:
    """Who stands behind a phrase: the state of "the U.S. government"; None for a judge."""
    if entity.kind is EntityKind.COURT:
        return None
    if entity.named:
        return entity
    if item.lemma in word_list("stating", "judicial"):
        return None
    if item.of is not None and analysis.entities[item.of].kind is EntityKind.STATE:
        return analysis.entities[item.of]
    word = entity.name.casefold().split()[-1]
    names = {"administration": _UNITED_STATES, "bloc": _UNION}.get(word, ())
    for each in analysis.entities.values():
        if each.named and each.name.casefold() in names:
            return each
    return None


def names_behind(analysis: Analysis, clause: Clause, target: Item) -> list[str]:
    """The names after "four judges:" or "officials including"."""
    row = next(row for row in analysis.rows if row.sentence is clause.sentence)
    items = [item for item in row.items if item.start >= target.start]
    at = 1
    while at < min(len(items), 6):
        item = items[at]
        if item.kind is ItemKind.PERSON and items[at - 1].lemma in _OPENS_LIST:
            return [key for key in item.keys if analysis.entities[key].named]
        if item.kind is ItemKind.VERB and item.lemma != "include":
            return []
        at += 1
    return []


def along_with(analysis: Analysis, clause: Clause, target: Item) -> list[str]:
    """Who else: "along with", "as well as"."""
    items = clause.items
    keys: list[str] = []
    after = items[items.index(target) + 1 :]
    for at, item in enumerate(after[:6]):
        together = [each.lemma for each in after[max(0, at - 2) : at]]
        if item.kind is ItemKind.VERB:
            break
        joined = together[-2:] in (["along", "with"], ["well", "as"], ["together", "with"])
        if item.kind in AGENTS and joined:
            keys += item.keys
            beside = after[at + 1 : at + 3]
            if len(beside) > 1 and beside[0].lemma == "," and beside[1].kind is ItemKind.PERSON:
                named = [key for key in beside[1].keys if analysis.entities[key].named]
                keys = named or keys
    return [key for key in keys if analysis.entities[key].named]


def both_named(analysis: Analysis, clause: Clause, target: Item) -> list[str] | None:
    """The two whom "both men", "the pair" means: the two named together just before.

    None where the phrase means no such pair; an empty list where the two cannot be told.
    """
    words = analysis.words(analysis.text.span(target.start, target.end)).casefold().split()
    if not set(words[:2]) & {"both", "pair", "duo"} and words[:2] != ["the", "two"]:
        return None
    pairs = [
        item.keys
        for row in analysis.rows
        if 0 <= clause.sentence.number - row.sentence.number <= _NEAR
        for item in row.items
        if item.kind is ItemKind.PERSON and len(item.keys) == _PAIR and item.start < target.start
    ]
    named = [pair for pair in pairs if all(analysis.entities[key].named for key in pair)]
    return [*named[-1]] if named else []
