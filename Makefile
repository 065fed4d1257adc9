# OpenHIX. `make help` lists what there is; `make run` is all that one needs to look at it.
# Whatever is up to date is not done again: the files that these rules make are their own stamps.

PYTHON ?= python3
CHROMIUM ?= /usr/bin/chromium
VENV := .venv
BIN := $(VENV)/bin
ASSETS := openhix/site/assets
FETCHED := $(ASSETS)/node_modules/.package-lock.json
VENDOR := openhix/site/static/vendor/uswds/LICENSE.md
CATALOGS := $(patsubst %.po,%.mo,$(wildcard openhix/locale/*/LC_MESSAGES/*.po))
PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: help install run test check bench torture wheel lock chromium
.DELETE_ON_ERROR:

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/.run $(VENDOR) $(CATALOGS) ## Build the environment in .venv and fetch the front-end assets

run: install ## Start the exchange on http://127.0.0.1:8000; PORT=8001 for another port, DATABASE_URL= for another database
	@$(BIN)/openhix run

test: install $(VENV)/.test chromium ## Run every test, those in a real browser too
	CHROMIUM=$(CHROMIUM) $(BIN)/python -m pytest -n 2 --dist loadfile

check: install $(VENV)/.test ## Lint, types, layers, locks, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy openhix bench tests conftest.py
	$(BIN)/python -m pytest tests/test_architecture.py tests/test_locks.py
	$(BIN)/python -W ignore -m django makemigrations --check --dry-run --settings openhix.site.settings
	$(BIN)/python -m openhix.site.translations check

bench: install $(VENV)/.test ## Measure, each figure beside its limit
	$(BIN)/python -m bench

torture: install $(VENV)/.test ## Random and broken files beside a plain reading of the law; SECONDS=60 for a minute, else an hour; the API
	TORTURE_EXAMPLES=500 $(BIN)/python -m pytest openhix/site/tests/test_api_document.py
	$(BIN)/python -m tests.torture $(SECONDS)

wheel: install ## Build the wheel in dist, with assets and translations inside
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

lock: ## Lock the dependencies anew; UPGRADE=--upgrade takes the newest
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv
	$(VENV)/lock/bin/$(COMPILE) requirements/run.in -o requirements/run.lock
	$(VENV)/lock/bin/$(COMPILE) requirements/test.in -c requirements/run.lock -o requirements/test.lock
	$(VENV)/lock/bin/$(COMPILE) requirements/node.in -o requirements/node.lock
	cd $(ASSETS) && npm install --package-lock-only --loglevel=error
	rm -rf $(VENV)/lock

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'OpenHIX needs Python 3.11 or newer: name it, as in make run PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo 'Python cannot make environments here. On Debian: apt-get install python3-venv'; exit 1; }
	@touch $@

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/.made
	$(PIP) install --quiet --require-hashes -r requirements/run.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.lock $(VENV)/.run
	$(PIP) install --quiet --require-hashes -r requirements/test.lock
	@touch $@

# Where the machine has no npm, the one of a wheel does.
$(FETCHED): $(ASSETS)/package.json $(ASSETS)/package-lock.json requirements/node.lock | $(VENV)/.run
	@command -v npm >/dev/null || $(PIP) install --quiet --require-hashes -r requirements/node.lock
	cd $(ASSETS) && PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --loglevel=error --no-progress
	@touch $@

$(VENDOR): $(FETCHED) $(ASSETS)/vendor.py
	$(BIN)/python $(ASSETS)/vendor.py

%.mo: %.po | $(VENV)/.run
	$(BIN)/python -m openhix.site.translations compile

chromium:
	@test -x "$(CHROMIUM)" \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update && apt-get install -y chromium; } \
		|| { echo 'The browser tests need Chromium: install it (on Debian: apt-get install chromium), or name it in CHROMIUM='; exit 1; }
