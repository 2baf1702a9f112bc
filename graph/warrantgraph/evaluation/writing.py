"""Writes records as JSON in the schema of the gold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import InputError
from warrantgraph.evaluation.records import FactType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from warrantgraph.evaluation.records import Facts, Record

__all__ = ["as_json", "write_predictions"]

_KEYS: Final[Mapping[FactType, Mapping[str, str]]] = {
    FactType.WARRANTS: {
        "court": "court",
        "suspect": "suspect",
        "suspect_roles": "roles",
        "kind": "kind",
        "state": "state",
        "issued_on": "issued_on",
        "crimes": "crimes",
        "named": "named",
    },
    FactType.ACCUSATIONS: {"accuser": "accuser", "accused": "accused", "what": "what"},
    FactType.DENIALS: {"by": "by", "of": "of"},
    FactType.SANCTIONS: {"by": "by", "on": "on", "date": "date"},
    FactType.MEMBERSHIPS: {"state": "state", "body": "body", "member": "member"},
    FactType.OFFICES: {"person": "person", "office": "office", "of": "of", "current": "current"},
    FactType.STATEMENTS: {
        "speaker": "speaker",
        "quote_text": "text",
        "reported_by": "reported_by",
    },
    FactType.ENTITIES: {"name": "name", "type": "kind", "mentions": "mentions"},
}


def as_json(kind: FactType, record: Record) -> dict[str, Any]:
    """A record as an object of its list, with the rule that found it and where its words stand."""
    found: dict[str, Any] = {key: getattr(record, name) for key, name in _KEYS[kind].items()}
    found["quote"] = record.quote
    if record.rule:
        found["rule"] = record.rule
        found["offsets"] = list(record.spans[0]) if record.spans else None
    return found


def write_predictions(folder: Path, gold: Path, facts: Mapping[str, Facts]) -> None:
    """Write one file for each text.

    Args:
        folder: where; made if it is not there.
        gold: the folder of the gold, which is never written to.
        facts: what was found, by the ids of the texts.

    Raises:
        InputError: both folders are one.
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder.resolve() == gold.resolve():
        raise InputError(
            "predictions would replace the gold", file=folder, hint="give another folder"
        )
    for name, found in facts.items():
        lists = {
            kind.value: [as_json(kind, record) for record in getattr(found, kind)]
            for kind in FactType
        }
        text = json.dumps({"id": name} | lists, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
