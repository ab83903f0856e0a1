# The two commands of the README are `make start` and `make test`. Everything lives in .venv.

# The first Python of the PATH that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Jupyter and alembic are called by bare name by nbgrader.
export PATH := $(CURDIR)/$(BIN):$(PATH)
TESTS ?= tests

.PHONY: start teach test prove demo build check pins clean
.DEFAULT_GOAL := start

start: .venv/ready  ## open the course in JupyterLab
	@$(BIN)/python -m course start

teach: .venv/ready  ## open Formgrader
	@$(BIN)/python -m course teach

test: .venv/ready-to-test  ## what CI runs
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m course check
	@$(BIN)/python -m pytest -q --nbval-lax --nbval-sanitize-with tests/nbval_sanitize.cfg source_notebooks
	@$(BIN)/python -m pytest -q -n 2 $(TESTS)

prove: test demo  ## the gate, the long proofs, and the whole sample class
	@$(BIN)/python -m pytest -q -n 2 -m prove $(TESTS)

demo: .venv/ready  ## a sample class, handed in and graded
	@$(BIN)/python -m course demo

build: .venv/ready  ## rebuild everything that is built
	@$(BIN)/python -m course build

check: .venv/ready  ## fail if anything built is stale
	@$(BIN)/python -m course check

pins: .venv/ready-to-test  ## compile the pinned requirements anew
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		--extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:  ## remove the environment and caches; never class data or your work
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Preparing the environment in .venv (a minute or two, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-to-test: requirements-dev.txt .venv/ready
	@echo "Adding what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
