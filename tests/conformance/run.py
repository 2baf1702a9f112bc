"""Runs cases on a few processes, one server for each different dataset."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from http.client import HTTPException
from multiprocessing import get_context
from typing import TYPE_CHECKING

import httpx

from conformance.applicability import inapplicability
from conformance.dataset import Dataset, named_by
from conformance.description import judge_description
from conformance.graph_store import judge_graph_store
from conformance.outcome import Verdict, failed
from conformance.protocol import judge_protocol
from conformance.queries import judge_evaluation, judge_syntax
from conformance.refusals import judge_refusal
from conformance.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.manifest import Case

__all__ = ["run_cases"]

_TIMEOUT = 60.0
_MOST_CASES_OF_A_JOB = 100


def run_cases(cases: Iterable[Case], processes: int) -> dict[str, Verdict]:
    """Run every case; the verdicts by key, in the order of the cases."""
    ordered = list(cases)
    found: dict[str, Verdict] = {}
    # Started afresh: a fork of a process with threads may hang.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for verdicts in pool.map(_run_job, _jobs(ordered)):
            found.update(verdicts)
    return {case.key: found[case.key] for case in ordered}


def _jobs(cases: list[Case]) -> list[tuple[Dataset, list[Case]]]:
    by_dataset: dict[Dataset, list[Case]] = {}
    for case in cases:
        by_dataset.setdefault(_served_for(case), []).append(case)
    return [
        (dataset, some[start : start + _MOST_CASES_OF_A_JOB])
        for dataset, some in sorted(by_dataset.items(), key=lambda item: -len(item[1]))
        for start in range(0, len(some), _MOST_CASES_OF_A_JOB)
    ]


def _served_for(case: Case) -> Dataset:
    if inapplicability(case):
        return Dataset()
    if case.kind == "QueryEvaluationTest" and case.request and not case.dataset:
        return named_by(case.request)
    return case.dataset


def _run_job(job: tuple[Dataset, list[Case]]) -> dict[str, Verdict]:
    dataset, cases = job
    with serving(dataset) as address, httpx.Client(base_url=address, timeout=_TIMEOUT) as client:
        return {case.key: _judge(client, address, case) for case in cases}


def _judge(client: httpx.Client, address: str, case: Case) -> Verdict:
    try:
        if case.kind == "ProtocolTest":
            return judge_protocol(address, case)
        if case.kind == "GraphStoreProtocolTest":
            return judge_graph_store(address, case)
        if case.kind == "ServiceDescriptionTest":
            return judge_description(address, case)
        why = inapplicability(case)
        if why:
            return judge_refusal(client, case, why)
        if case.kind in ("PositiveSyntaxTest", "NegativeSyntaxTest"):
            return judge_syntax(client, case)
        if case.kind in ("QueryEvaluationTest", "CSVResultFormatTest"):
            return judge_evaluation(client, case)
    except (httpx.HTTPError, HTTPException, OSError) as error:
        return failed(f"no answer: {type(error).__name__} {error}")
    return failed(f"nothing runs a {case.kind}")
