"""The rooms and the arrows between them: ontology <- shapes <- graph <- server."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import warrantgraph
import warrantgraph_server
from warrantgraph.resources import CHECKOUT

PACKAGES = (warrantgraph, warrantgraph_server)
MODULES = sorted(
    module.name
    for package in PACKAGES
    for module in walk_packages(package.__path__, f"{package.__name__}.")
    if not module.name.endswith("__main__")
)


def test_the_core_loads_no_server_code() -> None:
    program = (
        "import sys, warrantgraph.build, warrantgraph.cli, warrantgraph.engine\n"
        "print([m for m in ('fastapi', 'starlette', 'uvicorn', 'warrantgraph_server')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_an_up_to_date_release_is_found_without_the_libraries_of_a_build() -> None:
    program = (
        "import sys, warrantgraph.freshness\n"
        "print([m for m in ('rdflib', 'pyshacl', 'owlrl', 'sentencex') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("name", MODULES)
def test_public_names_are_declared_sorted_and_there(name: str) -> None:
    module = import_module(name)
    assert module.__doc__, "a module says what it is for"
    public: list[str] = module.__all__
    assert len(set(public)) == len(public)
    assert [n for n in public if not hasattr(module, n)] == []


@pytest.mark.skipif(not CHECKOUT, reason="modules are measured in a checkout")
@pytest.mark.parametrize("name", MODULES)
def test_modules_and_functions_fit_the_eye(name: str) -> None:
    path = Path(str(import_module(name).__file__))
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    too_long = {f.name: f.end_lineno - f.lineno for f in functions if f.end_lineno}
    assert {name: lines for name, lines in too_long.items() if lines > 60} == {}
