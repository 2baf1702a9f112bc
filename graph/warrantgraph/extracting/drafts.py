"""A draft as JSON: the data types of `warrantgraph.extraction.facts`, field by field.

`draft.schema.json` beside this module says what is in it. A span has its words beside its offsets,
an entity in a fact is the key of one in `entities`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from warrantgraph.extraction.facts import Entity
from warrantgraph.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.extraction.article import Article
    from warrantgraph.extraction.facts import Draft, Fact

__all__ = ["draft_as_json", "kind_of", "summarize"]

_MOST_NAMED = 100


def kind_of(fact: Fact) -> str:
    """The word for a kind of fact: `warrant`, `accusation` ...

    >>> from warrantgraph.extraction.facts import Evidence, Statement
    >>> kind_of(Statement(evidence=Evidence(Span(0, 1), "speech/direct"), quoted=Span(0, 1)))
    'statement'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(fact).__name__).lower()


def draft_as_json(draft: Draft, article: Article, slug: str) -> dict[str, Any]:
    """The draft of an article, to be written as JSON."""
    about = {field.name: getattr(article, field.name) for field in fields(article)}
    text = about.pop("text")
    return {
        "slug": slug,
        "extractor": draft.extractor,
        "article": {name: _value(value, text) for name, value in about.items()},
        "entities": [_record(entity, text) for entity in draft.entities],
        "facts": [{"type": kind_of(fact)} | _record(fact, text) for fact in draft.facts],
    }


def summarize(draft: Draft) -> dict[str, Any]:
    """How much is in a draft: facts by kind, and whom the authority knows; few names of many."""
    named = [entity for entity in draft.entities if entity.named]
    known = [entity.name for entity in named if entity.iri is not None]
    unknown = [entity.name for entity in named if entity.iri is None]
    return {
        "extractor": draft.extractor,
        "facts": dict(sorted(Counter(map(kind_of, draft.facts)).items())),
        "known": {"count": len(known), "names": known[:_MOST_NAMED]},
        "unknown": {"count": len(unknown), "names": unknown[:_MOST_NAMED]},
        "described": len(draft.entities) - len(named),
    }


def _record(value: Any, text: str) -> dict[str, Any]:  # noqa: ANN401 - any of the data types
    return {field.name: _value(getattr(value, field.name), text) for field in fields(value)}


def _value(value: Any, text: str) -> Any:  # noqa: ANN401
    if isinstance(value, Entity):
        return value.key
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end, "text": text[value.start : value.end]}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(item, text) for item in cast("Iterable[Any]", value)]
    if is_dataclass(value):
        return _record(value, text)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
