# The verbs of the project; `.ci/run` calls the same ones.
# `make` alone lists them. Only Python 3.11+, git and make are needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
WHEEL := build/wheel
SUITE ?= ../shared/w3c
GOLD ?= ../shared/articles
PYTHON_FOLDERS := .ci benchmarks docs graph server tests

.PHONY: help setup build serve test test-wheel conformance scores bench-load bench-validation check format docs lock clean

help: ## list these verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(RUNTIME) ## create .venv with what serving needs

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "warrantgraph needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python has no venv module here (on Debian: apt install python3-venv)"; exit 2; }

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "Installing the development tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

build: $(RUNTIME) ## build and validate the graph into release/
	@$(BIN)/warrantgraph build

serve: $(RUNTIME) ## build if needed, then serve on http://127.0.0.1:8000
	@$(BIN)/warrantgraph serve

test: $(DEVELOPMENT) ## run the whole suite
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

test-wheel: $(DEVELOPMENT) ## build the wheel, install it elsewhere, run the suite against it
	@rm -rf $(WHEEL)
	@$(BIN)/hatchling build --target wheel --directory $(WHEEL)
	@$(BIN)/python -m venv $(WHEEL)/venv
	@$(WHEEL)/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(WHEEL)/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps $(WHEEL)/*.whl
	@cd $(WHEEL) && venv/bin/python -m pytest --config-file=$(CURDIR)/pyproject.toml --numprocesses=auto --dist=worksteal \
		$(CURDIR)/tests --pyargs warrantgraph warrantgraph_server

scores: $(DEVELOPMENT) ## score extraction against the gold facts of GOLD, and hold it to bounds
	@$(BIN)/warrantgraph evaluate $(GOLD) --require warrants.precision=0.85 --require 'warrants.called-issued<=0' \
		--require memberships.precision=0.9 --require offices.precision=0.9 --require entities.f1=0.85

bench-load: $(RUNTIME) ## measure light queries beside hostile ones
	@$(BIN)/python benchmarks/light_under_load.py

bench-validation: $(RUNTIME) ## measure validation beside pySHACL, renew docs/validation-figures.md
	@$(BIN)/python benchmarks/validation.py

conformance: $(DEVELOPMENT) ## run W3C's SPARQL and SHACL tests: make conformance SUITE=folder
	@PYTHONPATH=tests $(BIN)/python -m conformance $(SUITE)

check: $(DEVELOPMENT) ## lint, format, types, Turtle: fast
	@$(BIN)/ruff check $(PYTHON_FOLDERS)
	@$(BIN)/ruff format --check $(PYTHON_FOLDERS)
	@$(BIN)/turtlefmt --check ontology shapes graph tests/cases
	@$(BIN)/mypy
	@$(BIN)/pyright

format: $(DEVELOPMENT) ## format Python and Turtle
	@$(BIN)/ruff check --fix $(PYTHON_FOLDERS)
	@$(BIN)/ruff format $(PYTHON_FOLDERS)
	@$(BIN)/turtlefmt ontology shapes graph tests/cases

docs: $(DEVELOPMENT) ## renew docs/cli.md and docs/settings.md from the code
	@$(BIN)/python docs/generate.py

lock: ## renew the lock files (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra server --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--constraint requirements.lock --all-extras --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove what the other verbs made
	rm -rf $(VENV) release dist build
