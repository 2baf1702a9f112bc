"""What a model is asked for in each kind of fact, and the JSON schema of an answer.

Both follow from the types in `warrantgraph.extraction.facts`: a field of a fact that holds an
entity is asked for as a name, a stretch of the text as its words, a date as it is written.

>>> [(slot.name, slot.kind.value, slot.optional) for slot in slots_of(facts.Sanction)][:2]
[('by', 'name', True), ('on', 'name', False)]
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from enum import Enum, StrEnum
from types import NoneType
from typing import Any, Final, NamedTuple, get_args, get_origin, get_type_hints

from warrantgraph.extraction import facts
from warrantgraph.sentences import Span

__all__ = ["CRIME_CATEGORIES", "FACT_TYPES", "Slot", "SlotKind", "answer_schema", "slots_of"]

FACT_TYPES: Final[dict[str, type[facts.Fact]]] = {
    "warrants": facts.Warrant,
    "accusations": facts.Accusation,
    "responses": facts.Response,
    "sanctions": facts.Sanction,
    "memberships": facts.Membership,
    "offices": facts.Office,
    "statements": facts.Statement,
    "quantities": facts.Quantity,
    "events": facts.Event,
}
"""The lists of an answer, each with the kind of its facts."""

CRIME_CATEGORIES: Final = (
    *("war crime", "crime against humanity", "genocide", "aggression", "terrorism"),
    *("ordinary crime", "financial crime", "cybercrime", "espionage", "other"),
)


class SlotKind(Enum):
    """In which form something is asked for."""

    NAME = "name"
    NAMES = "names"
    WORDS = "words"
    """Words of the text, of which it is known where they stand."""
    TEXT = "text"
    """Words of the text, of which only the words are kept."""
    TEXTS = "texts"
    DATE = "date"
    CRIMES = "crimes"
    CHOICE = "choice"
    TRUTH = "truth"
    COUNT = "count"


class Slot(NamedTuple):
    """One field of a fact; `choices` is the enumeration that its value is of.

    `optional`: a model may give null for it, which becomes None or the default.
    """

    name: str
    kind: SlotKind
    optional: bool
    default: Any
    choices: type[StrEnum] | None = None


_KINDS: Final[dict[Any, SlotKind]] = {
    facts.Entity: SlotKind.NAME,
    Span: SlotKind.WORDS,
    str: SlotKind.TEXT,
    facts.WrittenDate: SlotKind.DATE,
    bool: SlotKind.TRUTH,
    int: SlotKind.COUNT,
}
_KINDS_OF_SEVERAL: Final[dict[Any, SlotKind]] = {
    facts.Entity: SlotKind.NAMES,
    facts.StatedCrime: SlotKind.CRIMES,
    str: SlotKind.TEXTS,
}
_OF_ALL_FACTS: Final = ("evidence", "attribution")


def slots_of(fact_type: type[facts.Fact]) -> tuple[Slot, ...]:
    """What is asked for in one kind of fact, besides its quote and who says it."""
    hints = get_type_hints(fact_type, localns={"Span": Span})
    return tuple(
        _slot(field.name, hints[field.name], field.default)
        for field in fields(fact_type)
        if field.name not in _OF_ALL_FACTS
    )


def _slot(name: str, hint: Any, default: object) -> Slot:  # noqa: ANN401 - a type of any kind
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        return Slot(name, _KINDS_OF_SEVERAL[arguments[0]], optional=True, default=())
    can_be_none = NoneType in arguments
    optional = can_be_none or default is not MISSING
    kept = None if can_be_none or default is MISSING else default
    plain = arguments[0] if arguments else hint
    if issubclass(plain, StrEnum):
        return Slot(name, SlotKind.CHOICE, optional, kept, plain)
    return Slot(name, _KINDS[plain], optional, kept)


def answer_schema() -> dict[str, Any]:
    """The JSON schema of an answer, in the subset that endpoints with strict schemas accept.

    All properties are required, none may be added, and what may be absent is null.
    """
    lists = {name: _list(_fact_schema(fact_type)) for name, fact_type in FACT_TYPES.items()}
    return _object({"entities": _list(_entity_schema()), **lists})


def _entity_schema() -> dict[str, Any]:
    return _object(
        {
            "name": _type("string"),
            "kind": _choice(facts.EntityKind),
            "mentions": _list(_type("string")),
            "named": _type("boolean"),
        }
    )


def _fact_schema(fact_type: type[facts.Fact]) -> dict[str, Any]:
    return _object(
        {
            "quote": _type("string"),
            "sentence": _type("integer"),
            "speaker": _type("string", optional=fact_type is not facts.Statement),
            "reporter": _type("string", optional=True),
            **{slot.name: _slot_schema(slot) for slot in slots_of(fact_type)},
        }
    )


def _slot_schema(slot: Slot) -> dict[str, Any]:
    match slot.kind:
        case SlotKind.NAMES | SlotKind.TEXTS:
            return _list(_type("string"))
        case SlotKind.CRIMES:
            category = _type("string") | {"enum": list(CRIME_CATEGORIES)}
            return _list(_object({"category": category, "wording": _type("string", optional=True)}))
        case SlotKind.CHOICE if slot.choices:
            return _choice(slot.choices)
        case SlotKind.TRUTH:
            return _type("boolean", optional=slot.optional)
        case SlotKind.COUNT:
            return _type("integer", optional=slot.optional)
        case _:
            return _type("string", optional=slot.optional)


def _type(name: str, *, optional: bool = False) -> dict[str, Any]:
    return {"type": [name, "null"] if optional else name}


def _choice(choices: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [choice.value for choice in choices]}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
