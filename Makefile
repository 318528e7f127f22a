# Everything from a bare clone: make serve, make test. Needs Python 3.11 or later with venv.

PYTHON  ?= python3
HOST    ?= 127.0.0.1
PORT    ?= 8000
WORKERS ?= 1
ARGS    ?=
CASES   ?= 5000
MINUTES ?= 30

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check format lint types layers generate openapi vocabularies clients fuzz soak cluster test-all bench lock sbom clean

help: ## say what there is to make
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

serve: .venv/runtime.stamp ## serve on http://127.0.0.1:8000 (HOST=, PORT=, WORKERS=)
	@exec $(BIN)/onrecord serve --host "$(HOST)" --port "$(PORT)" --workers "$(WORKERS)"

PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

test: .venv/dev.stamp ## run the tests but the thorough ones, in four minutes (ARGS="-k cursor")
	@$(PYTEST) $(ARGS)

check: lint types layers test ## format, lint, types, layers, tests

format: .venv/dev.stamp ## put the code into its format
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

lint: .venv/dev.stamp ## check format and lint
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types: .venv/dev.stamp ## check the types
	@$(BIN)/python -m mypy
	@cd client && ../$(BIN)/python -m mypy

layers: .venv/dev.stamp ## check that imports point down only
	@$(BIN)/lint-imports --no-logo --no-cache

generate: vocabularies openapi ## write all that is made of others and committed; CONTRIBUTING.md lists it
	@$(BIN)/python client/generate_models.py
	@PYTHONPATH=. $(BIN)/onrecord schema --dir docs/schemas
	@PYTHONPATH=.:tests $(BIN)/python tests/tables_file.py

openapi: vocabularies ## write docs/openapi.json; refuses what would break clients
	@PYTHONPATH=.:tests $(BIN)/python tests/openapi_file.py

vocabularies: .venv/dev.stamp ## write app/vocabularies/compiled.json, which is read at run time
	@PYTHONPATH=.:tests $(BIN)/python tests/vocabularies_file.py

clients: .venv/dev.stamp ## lint docs/openapi.json, generate clients of it, run them (needs the network; ALL=1: every one)
	@PYTHONPATH=tests $(BIN)/python tests/clients/run.py $(if $(filter-out 0,$(ALL)),--all)

fuzz: .venv/dev.stamp ## guide inputs by coverage through our readers, and send a live server what schemathesis makes (CASES=5000)
	@PYTHONPATH=.:tests $(BIN)/python tests/fuzz/guided.py --cases $(CASES)
	@PYTHONPATH=tests $(BIN)/python tests/fuzz/run.py --cases $(CASES)

soak: .venv/dev.stamp ## publish, kill workers, stall and leave for MINUTES=30, apart from the terminal; again: go on with it
	@PYTHONPATH=.:tests $(BIN)/python tests/soak/run.py --minutes $(MINUTES)

cluster: .venv/dev.stamp ## kill primary, replicas and nodes behind a proxy, under load (needs PostgreSQL, PgBouncer, HAProxy, nginx, curl)
	@PYTHONPATH=.:tests $(BIN)/python tests/cluster/run.py $(ARGS)

test-all: .venv/dev.stamp ## run every test, on both stores, thorough ones too, and every generated client
	@$(PYTEST) -m "" --both-stores $(ARGS)
	@$(MAKE) --no-print-directory clients ALL=1

bench: .venv/runtime.stamp .bench/venv.stamp ## measure beside others, into docs/performance.md (QUICK=1: prints, in five minutes)
	@$(BIN)/python -m benchmarks.run $(if $(filter-out 0,$(QUICK)),--quick)

# Needs the network and uv. What runs, what builds the wheel, and what tests: the last is constrained by the first two,
# so that what is tested is what is served.
UV      := $(BIN)/uv
LOCKING := $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: .venv/runtime.stamp ## renew the pinned versions and their hashes
	@test -x $(UV) || $(PIP) install "uv==0.13.9"
	@$(LOCKING) pyproject.toml --output-file requirements.lock
	@$(LOCKING) --group build --output-file requirements-build.lock
	@$(LOCKING) pyproject.toml --group dev --extra postgres --extra xlsx --output-file requirements-dev.lock \
		--constraints requirements.lock --constraints requirements-build.lock

# Deterministic, but for Python and platform: the packages of an environment that has what runs, and nothing else.
BOM_TOOL    := cyclonedx-bom==7.5.0
BOM_OPTIONS := --pyproject .sbom/pyproject.toml --mc-type application --short-PURLs --spec-version 1.6 \
	--output-reproducible --validate

sbom: ## write dist/onrecord.cdx.json: what runs, as CycloneDX, checked against its schema (needs the network)
	@rm -rf .sbom && mkdir -p .sbom dist
	@$(PYTHON) -m venv .sbom/tool && .sbom/tool/bin/python -m pip --quiet install "$(BOM_TOOL)"
	@$(PYTHON) -m venv --without-pip .sbom/served && .sbom/tool/bin/python -m pip --quiet --python .sbom/served \
		install --require-hashes --requirement requirements.lock
	@version="$$(sed -n 's/^__version__ = //p' app/__init__.py)" && test -n "$$version" && \
		sed "s/^dynamic = .*/version = $$version/" pyproject.toml > .sbom/pyproject.toml
	@.sbom/tool/bin/cyclonedx-py environment $(BOM_OPTIONS) --output-file dist/onrecord.cdx.json .sbom/served
	@rm -rf .sbom

clean: ## remove the virtual environment and every cache; releases in onrecord-data stay
	@rm -rf .venv .bench .sbom .soak dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second call do nothing and need no network. Hash mode refuses the project itself: hence two calls.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "onrecord needs Python 3.11 or later, and $(PYTHON) is not: try make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/runtime.stamp: .venv/made.stamp requirements.lock requirements-build.lock pyproject.toml
	@echo "Installing into .venv ..."
	@$(PIP) install --require-hashes --requirement requirements.lock --requirement requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.bench/venv.stamp: .venv/made.stamp benchmarks/requirements.txt
	@echo "Installing what onrecord is compared with into .bench ..."
	@$(PYTHON) -m venv .bench/venv
	@.bench/venv/bin/python -m pip --quiet --disable-pip-version-check install --requirement benchmarks/requirements.txt
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp requirements-dev.lock
	@echo "Installing what the tests need into .venv ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
