"""Tells which cases ask for what this endpoint does not offer, and why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from conformance.manifest import Case

__all__ = ["ENTAILMENT", "FEDERATION", "READ_ONLY", "inapplicability"]

READ_ONLY: Final = "the endpoint is read-only: checked that it refuses the update"
FEDERATION: Final = "the endpoint reaches no other: checked that it refuses SERVICE with 403"
ENTAILMENT: Final = "the endpoint has no entailment regime; a release holds its inferences"

_FEDERATION_GROUPS = ("service", "syntax-fed")


def inapplicability(case: Case) -> str | None:
    """Why a case does not apply; None when it does.

    Decided by what the case is, never by what the server answered.
    """
    if "Update" in case.kind or (case.request and case.request.path.suffix == ".ru"):
        return READ_ONLY
    if case.group in _FEDERATION_GROUPS:
        return FEDERATION
    return ENTAILMENT if case.has_entailment else None
