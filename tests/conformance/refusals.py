"""Checks that the endpoint refuses what it does not offer; a case it did not refuse has failed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.applicability import ENTAILMENT, FEDERATION, READ_ONLY
from conformance.outcome import Verdict, failed, inapplicable
from conformance.queries import send
from conformance.serving import ENDPOINT

if TYPE_CHECKING:
    import httpx

    from conformance.manifest import Case

__all__ = ["is_refusal", "judge_refusal"]


def judge_refusal(client: httpx.Client, case: Case, why: str) -> Verdict:
    """Send what does not apply, and see it refused."""
    if why == ENTAILMENT:
        return inapplicable(why)
    if why == FEDERATION:
        status = send(client, case, "*/*").status_code
        if status != HTTPStatus.FORBIDDEN:
            return failed(f"SERVICE must be refused with 403, got {status}")
        return inapplicable(why)
    return _judge_update(client, case)


def _judge_update(client: httpx.Client, case: Case) -> Verdict:
    if case.request is None:
        raise ValueError(f"{case.key} has no update")
    update = case.request.path.read_bytes()
    direct = client.post(
        ENDPOINT, content=update, headers={"Content-Type": "application/sparql-update"}
    )
    form = client.post(ENDPOINT, data={"update": update.decode()})
    for response in (direct, form):
        if not is_refusal(response.status_code):
            return failed(f"an update must be refused, got {response.status_code}")
    return inapplicable(READ_ONLY)


def is_refusal(status: int) -> bool:
    """Whether a status says that the request was wrong (4xx).

    >>> is_refusal(405), is_refusal(500)
    (True, False)
    """
    return HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
