"""Do two names name the same? Persons by their last names, bodies and states by alias tables.

Case, diacritics, punctuation and the possessive never count. The tables beside this module hold
general knowledge: names of states and courts, titles, particles of names.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.evaluation.records import EntityRecord

__all__ = ["Names", "is_adjective", "is_same_state", "normalize", "table"]

_NOT_DECOMPOSED: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
)
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
_SILENT: Final = re.compile(r"['’‘`.]")
_NO_WORD: Final = re.compile(r"[\W_]+")


def normalize(name: str) -> str:
    """A name without case, diacritics, punctuation, possessive and leading "the".

    >>> normalize("the U.S."), normalize("Muñoz-Peña’s")
    ('us', 'munoz pena')
    """
    folded = _POSSESSIVE.sub("", name.casefold())
    plain = unicodedata.normalize("NFKD", folded.translate(_NOT_DECOMPOSED))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    words = _NO_WORD.sub(" ", _SILENT.sub("", letters)).strip()
    return words.removeprefix("the ")


@cache
def table(name: str) -> dict[str, Any]:
    """A table of this package: `aliases`, `states` or `words`."""
    text = files("warrantgraph.evaluation").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _States(NamedTuple):
    names: dict[str, str]
    adjectives: dict[str, str]
    seats: dict[str, str]


@cache
def _states() -> _States:
    states = _States({}, {}, {})
    for state, forms in table("states").items():
        states.names[normalize(state)] = state
        for field, found in zip(_States._fields, states, strict=True):
            found.update((normalize(form), state) for form in forms.get(field, ()))
    return states


def is_adjective(name: str) -> bool:
    """Whether a name is the adjective of a state, or what its people are called.

    >>> is_adjective("Norwegian"), is_adjective("Icelandics"), is_adjective("Norway")
    (True, True, False)
    """
    words = normalize(name)
    adjectives = _states().adjectives
    return words in adjectives or words.removesuffix("s") in adjectives


def is_same_state(first: str, second: str) -> bool:
    """Whether two names, adjectives or seats are those of one state.

    >>> is_same_state("UK", "British"), is_same_state("UK", "Norway")
    (True, False)
    """
    whose = [
        next((known[name] for known in _states() if name in known), None)
        for name in (normalize(first), normalize(second))
    ]
    return whose[0] is not None and whose[0] == whose[1]


@cache
def _bodies() -> dict[str, str]:
    tables = table("aliases")
    bodies: dict[str, str] = {}
    for body, forms in (*tables["courts"].items(), *tables["organizations"].items()):
        bodies.update((normalize(form), body) for form in (body, *forms))
    return bodies


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("words")[key])


class Names:
    """Compares the names of one text, of whose entities the gold tells the type and the forms."""

    def __init__(self, entities: Iterable[EntityRecord]) -> None:
        self._forms: dict[str, frozenset[str]] = {}
        self._persons: set[str] = set()
        last_names: list[str] = []
        for entity in entities:
            forms = frozenset(normalize(form) for form in (entity.name, *entity.mentions))
            self._forms |= dict.fromkeys(forms, forms)
            if entity.kind == "person":
                self._persons |= forms
                last_names.append(_last_name(normalize(entity.name)))
        self._shared = {name for name in last_names if last_names.count(name) > 1}

    def same(self, gold: str, predicted: str, *, person: bool = False) -> bool:
        """Whether a predicted name names whom the gold names.

        Alternatives in gold are divided by " / ". `person` says that the slot can only hold a
        person, where the entities do not tell.
        """
        return any(self._same(each, predicted, person) for each in gold.split(" / "))

    def same_court(self, gold: str, predicted: str) -> bool:
        """As `same`; what a national body issues is also its state's."""
        if self.same(gold, predicted):
            return True
        for each in gold.split(" / "):
            whose, body = _state(each), _state_within(predicted)
            if whose is not None and whose == body:
                return True
            body, whose = _state_within(each), _state(predicted)
            if whose is not None and whose == body:
                return True
        return False

    def same_entity(self, gold: EntityRecord, predicted: EntityRecord) -> bool:
        """Whether two entities are one: the name, and the type, where a state is a place."""
        if _type(gold.kind) != _type(predicted.kind):
            return False
        first, second = normalize(gold.name), normalize(predicted.name)
        if first == second or second in self._forms.get(first, ()):
            return True
        if gold.kind == "person":
            return self._same_person(first, second)
        state = _states().names.get(first)
        return (state is not None and state == _states().names.get(second)) or (
            first in _bodies() and _bodies()[first] == _bodies().get(second)
        )

    def _same(self, gold: str, predicted: str, person: bool) -> bool:
        first, second = normalize(gold), normalize(predicted)
        if not first or not second:
            return False
        if first == second or second in self._forms.get(first, ()):
            return first == second or second not in self._shared
        if first in self._persons or (person and first not in self._forms):
            return self._same_person(first, second)
        state = _government(first)
        if state is not None and state == _government(second):
            return True
        if first in _bodies() and _bodies()[first] == _bodies().get(second):
            return True
        return _same_description(first, second)

    def _same_person(self, gold: str, predicted: str) -> bool:
        first, second = _untitled(gold), _untitled(predicted)
        if not first or not second:
            return False
        if _last_name(first) != _last_name(second):
            return second in self._forms.get(gold, ())
        return _last_name(first) not in self._shared or first.split()[0] == second.split()[0]


def _type(kind: str) -> str:
    return "place" if kind == "state" else kind


def _untitled(name: str) -> str:
    """A person's name without the titles before it; never nothing."""
    words = name.split()
    start = 0
    while start < len(words) - 1:
        length = next(
            (many for many in (2, 1) if " ".join(words[start : start + many]) in _words("titles")),
            0,
        )
        if not length or start + length >= len(words):
            break
        start += length
    return " ".join(words[start:])


def _last_name(name: str) -> str:
    """The last word of a name, with the particles before it and without "Jr" after it."""
    words = name.split()
    while len(words) > 1 and words[-1] in _words("suffixes"):
        words.pop()
    start = len(words) - 1
    while start > 0 and words[start - 1] in _words("particles"):
        start -= 1
    return " ".join(words[start:])


def _state(name: str) -> str | None:
    words = normalize(name)
    states = _states()
    return states.names.get(words) or states.seats.get(words)


def _state_within(name: str) -> str | None:
    """The state that a body is of, by a name, adjective or capital in its name."""
    words = normalize(name).split()
    for length in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            stretch = " ".join(words[start : start + length])
            for known in _states():
                if stretch in known:
                    return known[stretch]
    return None


def _government(words: str) -> str | None:
    """The state that a normalized name means: its own, its seat's, or "<state> government"."""
    states = _states()
    if found := states.names.get(words) or states.seats.get(words):
        return found
    for body in table("aliases")["government"]:
        if words.endswith(f" {body}"):
            whose = words.removesuffix(f" {body}")
        elif words.startswith(f"{body} of "):
            whose = words.removeprefix(f"{body} of ").removeprefix("the ")
        else:
            continue
        return states.adjectives.get(whose) or states.names.get(whose)
    return None


def _same_description(first: str, second: str) -> bool:
    """Whether two descriptions have the same words, but for a state that one of them adds."""
    one, other = (set(words.split()) - _words("empty") for words in (first, second))
    if not one or not other:
        return False
    if one == other:
        return True
    small, large = sorted((one, other), key=len)
    longer = first if large == one else second
    added = " ".join(word for word in longer.split() if word in large - small)
    states = _states()
    return small < large and (added in states.names or added in states.adjectives)
