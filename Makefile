# Everything from a bare clone, with nothing but make and Python 3.11 or newer.
# `make help` lists what there is.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint pytest docs smoke bench test-all long fuzz stress clean

# Which Python makes the environment; the first of the usual names that is new enough if not given.
PYTHON ?=
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
INSTALL := $(PIP) install -qq
CHECKED := $(wildcard src tests examples benchmarks scripts docs/conf.py conftest.py)

# A process for each processor; a file's tests stay together, for a document is one story.
SHARED_OUT := -n auto --dist loadfile

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HYPOTHESIS_PROFILE ?= ci

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.demo ## a day at the desk, in the terminal
	@$(BIN)/workorder demo

test: lint pytest docs smoke ## everything a change must pass

lint: $(VENV)/.dev ## style, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy $(CHECKED)
	$(BIN)/lint-imports --no-logo

pytest: $(VENV)/.dev ## the tests alone, with every example in docstrings and documents
	$(BIN)/python -m pytest $(SHARED_OUT)

docs: $(VENV)/.dev ## the documentation, into build/docs
	$(BIN)/python -m sphinx -q -W --keep-going -E -b html -d build/doctrees docs build/docs
	@echo "documentation: build/docs/index.html"

smoke: $(VENV)/.dev ## build the wheel, install it alone, use it as a stranger would
	$(BIN)/python scripts/smoke.py

bench: $(VENV)/.bench ## measurements, with rival libraries beside (ARGS=--fast: with orjson)
	$(BIN)/python -m benchmarks $(ARGS)

test-all: $(VENV)/.base ## the tests under every Python >= 3.11 on this machine
	$(BIN)/python scripts/test_all.py

long: export HYPOTHESIS_PROFILE := long
long: $(VENV)/.dev ## long runs: fuzzing, killing, many examples
	$(BIN)/python -m pytest -m long

fuzz: export HYPOTHESIS_PROFILE := long
fuzz: $(VENV)/.dev ## damaged bytes for every decoder, thousands of each
	$(BIN)/python -m pytest tests/fuzz tests/independent

stress: $(VENV)/.dev ## workers on one file killed at random moments (ARGS="--kills 500 --seed 7")
	$(BIN)/python -m tests.stress $(ARGS)

clean: ## remove all that was made here
	rm -rf .venv .venvs build dist .hypothesis .pytest_cache .mypy_cache .ruff_cache
	rm -rf .import_linter_cache .benchmarks htmlcov .coverage
	find src tests examples benchmarks scripts docs -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	rm -rf __pycache__

# The environment. Each stamp is newer than what it was made from, so a second run starts at once.

$(VENV)/.base:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "environment: $(VENV) with $$("$$python" --version) ($$python)"; \
	    "$$python" -m venv --clear $(VENV) && $(INSTALL) 'pip>=25.1' && touch $@; exit; \
	  fi; \
	done; \
	echo "workorder needs Python 3.11 or newer; $(or $(PYTHON),python3) is" \
	  "$$($(or $(PYTHON),python3) --version 2>&1 | tail -n 1)." >&2; \
	echo "Name a newer one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; \
	exit 1

$(VENV)/.demo: $(VENV)/.base pyproject.toml
	@echo "installing workorder"
	@$(INSTALL) -e '.[cli]'
	@touch $@

$(VENV)/.dev: $(VENV)/.base pyproject.toml
	@echo "installing workorder and what its tests need"
	@$(INSTALL) -e '.[cli]' --group dev
	@touch $(VENV)/.demo $@

$(VENV)/.bench: $(VENV)/.demo
	@echo "installing the libraries to compare with"
	@$(INSTALL) --group bench
	@touch $@
