# `make` alone lists the recipes.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
TEST_PROCESSES ?= logical
VENV := .venv
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(VENV) $(BIN)/uv pip
COMPILE := $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header
WIDGET_CONFIG := $(wildcard vite.widget.config.ts)
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
BROWSER_SOURCES := $(shell find static -type f -not -path 'static/dist/*' 2>/dev/null) vite.config.ts $(CATALOGUES) \
	$(WIDGET_CONFIG) tsconfig.json

.PHONY: pictures help documents setup setup-dev browser run test bench faults lint format reset lock

help: ## List the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## Start Parley: database, broker, mail catcher, web, worker, beat (PORT=8000 WEB=1)
	@$(BIN)/python -m config.local.run

test: setup-dev ## Run every test, browser tests included
	@$(BIN)/python -m config.local.chromium
	@$(BIN)/python -m config.local.proxies
	npx vitest run
	@# A process for each processor, each with servers of its own; the tests of a file stay together.
	$(BIN)/python -m pytest --numprocesses=$(TEST_PROCESSES) --dist=loadfile

bench: setup-dev ## Measure what messages, sockets and pages cost, beside floors of the same run (PROBES="cpu rate")
	@$(BIN)/python -m config.local.chromium
	$(BIN)/python -m tests.bench $(PROBES)

faults: setup-dev ## Kill, cut and hang things under load; compare what people saw with the database (SEEDS=5 MINUTES=5)
	$(BIN)/python -m tests.faults

lint: setup-dev ## Run every check that needs no server
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	PYTHONWARNINGS=ignore $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint --quiet --lint templates
	npx tsc --noEmit
	npx eslint --max-warnings 0 .

format: setup-dev ## Put the Python sources into the house's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

pictures: setup-dev ## Take the README's pictures again, from a running make run
	@$(BIN)/python -m config.pictures.take

reset: $(VENV)/.runtime ## Delete the data `make run` keeps in var/ (asks first)
	@$(BIN)/python -m config.local.reset

messages: setup-dev ## Bring the translators' catalogues up to what the sources say
	@$(BIN)/python -m config.catalogues.update

setup: $(VENV)/.runtime $(VENV)/.catalogues browser ## Install what running needs
setup-dev: $(VENV)/.dev $(VENV)/.catalogues browser
browser: static/dist/.built ## Build the browser side

documents: setup-dev ## Write the parts of the documents that come from code
	$(BIN)/python -m config.documents

lock: $(VENV)/.uv ## Write the hashed lock files again from requirements*.in and package.json
	$(COMPILE) requirements-bootstrap.in -o requirements-bootstrap.lock
	$(COMPILE) requirements.in -o requirements.lock
	$(COMPILE) requirements-dev.in -o requirements-dev.lock
	npm install --package-lock-only

$(VENV)/.uv: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Parley needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Parley needs Python's venv module: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements.lock
	@echo "Installing the Python packages ..."
	@$(UV) install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing the development packages ..."
	@$(UV) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.catalogues: $(CATALOGUES) config/catalogues/compile.py | $(VENV)/.runtime
	@$(BIN)/python -m config.catalogues.compile
	@touch $@

node_modules/.installed: package-lock.json .npmrc
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null || \
		{ echo "Parley needs Node 20 or newer with npm to build its browser side: install it from your system's packages"; exit 1; }
	@echo "Installing the browser build ..."
	@npm ci --silent --no-audit --no-fund
	@touch $@

static/dist/.built: node_modules/.installed $(BROWSER_SOURCES)
	@echo "Building the browser side ..."
	@npm run --silent build
	@touch $@
