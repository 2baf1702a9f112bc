"""The forms of verbs, and the verb and forms that a word may be."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from warrantgraph.extraction.lexicon.reading import read_lexicon

__all__ = ["Inflection", "verb_forms"]


class Inflection(StrEnum):
    """A form of a verb. Past tense and past participle are told apart by what stands before."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"


_VOWELS = "aeiou"


@cache
def verb_forms() -> dict[str, tuple[tuple[str, Inflection], ...]]:
    """Each form of each known verb, with the verbs and inflections that it may be.

    >>> verb_forms()["sought"]
    (('seek', <Inflection.PAST: 'past'>), ('seek', <Inflection.PARTICIPLE: 'participle'>))
    >>> verb_forms()["accuses"]
    (('accuse', <Inflection.PRESENT: 'present'>),)
    """
    forms: dict[str, list[tuple[str, Inflection]]] = {}

    def add(form: str, verb: str, inflection: Inflection) -> None:
        for each in form.split("|"):
            known = forms.setdefault(each, [])
            if (verb, inflection) not in known:
                known.append((verb, inflection))

    lexicon = read_lexicon("verbs")
    irregular: dict[str, str] = lexicon["irregular"]
    for verb in sorted({*str(lexicon["regular"]["verbs"]).split(), *irregular}):
        present, past, participle, gerund = (irregular.get(verb) or _regular(verb)).split()
        add(verb, verb, Inflection.BASE)
        add(present, verb, Inflection.PRESENT)
        add(past, verb, Inflection.PAST)
        add(participle, verb, Inflection.PARTICIPLE)
        add(gerund, verb, Inflection.GERUND)
    return {form: tuple(readings) for form, readings in forms.items()}


def _regular(verb: str) -> str:
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies {verb[:-1]}ied {verb[:-1]}ied {verb}ing"
    present = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    return f"{present} {stem}ed {stem}ed {stem}ing"
