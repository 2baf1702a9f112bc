"""What OpenAPI and the pages of problems say is what a client can meet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from served import served, tiny_release
from warrantgraph import errors
from warrantgraph.validators.media import MULTIPART, REPORT_TYPES, SYNTAXES
from warrantgraph_server.app import create_app
from warrantgraph_server.problem_table import PROBLEMS
from warrantgraph_server.problems import problem_of
from warrantgraph_server.refusals import (
    GraphStoreError,
    MalformedRequestError,
    RequestTooLongError,
    UnknownResourceError,
    UnsupportedMediaTypeError,
    UnsupportedUploadError,
    ValidationRequestError,
)
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_QUERIES = [
    error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, errors.QueryError)
]
OF_BODIES = {RequestTooLongError, UnsupportedMediaTypeError}
OF_VALIDATION = {
    errors.InputError,
    errors.InputTooLargeError,
    errors.MemoryLimitError,
    errors.TimeLimitError,
    errors.WorkCrashedError,
    UnsupportedUploadError,
    ValidationRequestError,
}
OF_OTHER_PATHS = {GraphStoreError, UnknownResourceError} | OF_VALIDATION


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    release = tiny_release(tmp_path_factory.mktemp("release"))
    with served(create_app(Settings(release=release.folder))) as address:
        yield address


@pytest.fixture(scope="module")
def paths(address: str) -> dict[str, Any]:
    document: dict[str, Any] = httpx.get(f"{address}/openapi.json").json()
    return document["paths"]


@pytest.mark.parametrize("kind", OF_QUERIES)
def test_every_error_of_a_query_is_a_problem_of_its_own(kind: type[Exception]) -> None:
    assert kind in PROBLEMS
    assert problem_of(kind.__new__(kind)) is PROBLEMS[kind]


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_problem_of_a_query_has_its_status_documented(
    paths: dict[str, Any], method: str
) -> None:
    described = paths["/sparql"][method]["responses"]
    kinds = set(PROBLEMS) - OF_OTHER_PATHS - (OF_BODIES if method == "get" else set())
    for kind in kinds:
        problem = PROBLEMS[kind]
        assert (
            f"`{problem.name}`: {problem.title}"
            in described[str(int(problem.status))]["description"]
        )
    assert set(described) == {"200", *(str(int(PROBLEMS[kind].status)) for kind in kinds)}


def test_every_problem_of_a_validation_has_its_status_documented(paths: dict[str, Any]) -> None:
    described = paths["/validate"]["post"]["responses"]
    for kind in OF_VALIDATION:
        problem = PROBLEMS[kind]
        told = described[str(int(problem.status))]["description"]
        assert f"`{problem.name}`: {problem.title}" in told


def test_what_is_validated_and_the_reports_are_documented(paths: dict[str, Any]) -> None:
    operation = paths["/validate"]["post"]
    assert list(operation["requestBody"]["content"]) == [*SYNTAXES, MULTIPART]
    assert list(operation["responses"]["200"]["content"]) == list(REPORT_TYPES)
    names = [each["name"] for each in operation["parameters"]]
    assert names == ["ontology", "limit", "file", "timeout"]


def test_a_client_learns_when_to_come_again(paths: dict[str, Any]) -> None:
    for path, method in (
        ("/sparql", "get"),
        ("/sparql", "post"),
        ("/graph-store", "get"),
        ("/validate", "post"),
    ):
        assert "Retry-After" in paths[path][method]["responses"]["503"]["headers"]


def test_the_parameters_of_a_query_are_documented(paths: dict[str, Any]) -> None:
    expected = ["query", "default-graph-uri", "named-graph-uri", "timeout"]
    operations = paths["/sparql"]
    assert [each["name"] for each in operations["get"]["parameters"]] == expected
    assert [each["name"] for each in operations["post"]["parameters"]] == expected[1:]
    form = operations["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
    assert list(form["schema"]["properties"]) == expected


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_what_operators_ask_is_documented(paths: dict[str, Any], address: str, path: str) -> None:
    response = httpx.get(address + path)
    documented = paths[path]["get"]["responses"]["200"]["content"]
    assert list(documented) == [response.headers["content-type"].partition(";")[0]]
    properties = documented.get("application/json", {}).get("schema", {}).get("properties", {})
    if properties:
        assert list(response.json()) == list(properties)
        assert response.json()["status"] in properties["status"]["enum"]


def test_nothing_says_json_of_what_is_not(paths: dict[str, Any]) -> None:
    silent = ("/exports/{name}", "/id/{path}", "/ontology")
    for path in silent:
        assert "content" not in paths[path]["get"]["responses"]["200"]


@pytest.mark.parametrize("kind", list(PROBLEMS))
def test_every_problem_has_a_page_with_a_way_out(address: str, kind: type[Exception]) -> None:
    problem = PROBLEMS[kind]
    page = httpx.get(f"{address}/problem/{problem.name}")
    assert page.is_success
    assert problem.advice.endswith(".")
    for words in (problem.title, problem.advice, f"status {int(problem.status)}"):
        assert escape(words) in page.text


def test_a_browser_is_told_the_way_out(address: str) -> None:
    parameters = {"query": "ASK {"}
    headers = {"Accept": "text/html"}
    page = httpx.get(f"{address}/sparql", params=parameters, headers=headers)
    advice = PROBLEMS[MalformedRequestError].advice
    assert advice not in page.text
    assert "Mend the query at the line and column of the problem." in page.text


def test_there_is_no_page_of_a_problem_that_there_is_not(address: str) -> None:
    assert httpx.get(f"{address}/problem/guilt").status_code == httpx.codes.NOT_FOUND
