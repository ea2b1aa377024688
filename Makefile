# make run      the app on http://127.0.0.1:8501, on this folder's database
# make demo     the same with an invented centre inside, on a database of its own
# make test     all checks and quick tests; make test-all: the slow ones
# make words    list what lacks a translation; make help: every target

SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8501
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
# the tests start tens of servers: each finds compiled what the first one has compiled
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q
SERVE := $(BIN)/streamlit run streamlit_app.py --server.address $(HOST) --server.port $(PORT)
DEMO := DATABASE_URL="sqlite:///$(CURDIR)/data/demo.db" DATA_DIR="$(CURDIR)/data/demo"
CHROMIUM := $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: help run demo test test-all lint words referee screenshots backup restore clean

help:
	@sed -n '1,4s/^# //p' Makefile
	@echo "make lint | referee | screenshots | backup | restore FILE=… | clean"

run: $(VENV)/.warm
	FORWARDED_ALLOW_IPS="$${TRUSTED_PROXIES:-}" $(SERVE)

demo: $(VENV)/.warm
	$(DEMO) $(BIN)/python -m dashboards demo
	$(DEMO) FORWARDED_ALLOW_IPS="$${TRUSTED_PROXIES:-}" $(SERVE)

lint: style
	@$(MAKE) --no-print-directory -j 2 types contracts

.PHONY: style types contracts collected
style: $(VENV)/.tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports --no-cache

# mypy has one core: meanwhile the other compiles the tests and the passes of the schedule,
# which every worker would otherwise do for itself
collected:
	@found=$$($(PYTEST) --collect-only -q 2>&1) || { echo "$$found" | tail -n 60; exit 1; }

test: style
	@$(MAKE) --no-print-directory -j 2 types contracts collected
	$(PYTEST) -m "not slow" -n $(WORKERS)
	@$(MAKE) --no-print-directory chromium-told

test-all: $(VENV)/.tests
	$(PYTEST) -m slow -n $(WORKERS)
	@$(MAKE) --no-print-directory chromium-told

.PHONY: chromium-told
chromium-told:
	@if [ -z "$(CHROMIUM)" ]; then \
	    echo "!!! NO CHROMIUM ON THIS MACHINE: THE BROWSER TESTS DID NOT RUN."; \
	    echo "!!! On Debian and Ubuntu: apt-get install chromium-headless-shell"; \
	fi

# Compares schedules and files with MPXJ's, where Java and mpxj are (pip install mpxj jpype1)
referee: $(VENV)/.tests
	$(or $(REFEREE),$(BIN)/python) -m tests.referee

words: $(VENV)/.tests
	$(BIN)/python -m tests.words

screenshots: $(VENV)/.tests
	$(DEMO) $(BIN)/python -m dashboards demo
	$(DEMO) $(BIN)/python -m tests.browser.screenshots docs/pictures

backup: $(VENV)/.runs
	$(BIN)/python -m core backup

restore: $(VENV)/.runs
	@test -n "$(FILE)" || { echo "Which archive? make restore FILE=data/backups/…"; exit 2; }
	$(BIN)/python -m core restore "$(FILE)"

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# ---- the virtual environment, remade when the requirements change

$(VENV)/.runs: requirements.txt | $(BIN)/python
	@echo "Installing what the app runs on (once; a minute or two) …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# the passes of the schedule are compiled once, and again when they change
$(VENV)/.warm: $(VENV)/.runs roadmaps/domain/passes.py roadmaps/domain/calendar_passes.py
	@echo "Compiling the passes of the schedule …"
	$(BIN)/python -m roadmaps warm
	@touch $@

$(VENV)/.tests: requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing what the tests need …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runs

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then echo "$$python -m venv $(VENV)"; exec $$python -m venv $(VENV); fi; \
	done; \
	echo "Python 3.11 or newer with venv is needed. On Debian and Ubuntu: apt-get install python3-venv"; \
	exit 1
