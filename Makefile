# Needs make and python3 with venv (3.11 or later; another one: make test PYTHON=python3.13). All else goes into .venv.
# The first `make demo` or `make test`, and each one after a change of its lock file, builds .venv anew.
# `make test JOBS=1`: how many tests at a time; by default one more than processors, for some wait for servers.

PYTHON ?= python3
VENV ?= .venv

VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
RUNTIME := $(VENV)/.runtime-$(VERSION)
DEV := $(VENV)/.dev-$(VERSION)
BIN := $(VENV)/bin
JOBS := $(shell expr `nproc 2>/dev/null || echo 1` + 1)
UV_VERSION := 0.13.8
WORDFREQ := 3.1.1
COMPILE := compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml

.DELETE_ON_ERROR:
.PHONY: help demo test test-servers lint bench hears soak lock lexicon clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

demo: $(RUNTIME) ## all five services on this machine alone, each to its closing
	@$(BIN)/mailflow demo

test: export PYTHONDONTWRITEBYTECODE = # hundreds of processes are started: none should compile what another has
test: $(DEV) ## every test; installs the Debian packages of the servers it needs
	@.ci/servers || echo 'make test: the tests that need these servers are skipped.' >&2
	@$(BIN)/python -m pytest --numprocesses=$(JOBS) --dist=loadfile --no-loadscope-reorder

test-servers: $(DEV) ## the walks over other IMAP servers and mail filters: Debian's packages, unpacked beside, none installed; as root
	@.ci/servers
	@$(BIN)/python -m pytest tests/servers/matrix_*.py

lint: $(DEV) ## style, types, import rings, budgets, the sandbox of the service
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest tests/house

bench: $(DEV) ## messages per second, CPU and memory, beside the reference
	@$(BIN)/python -m tests.bench

hears: $(DEV) ## how much of what people write is heard as meant, a table per corpus; minutes: HEARS="--file tests/hears/people-a.jsonl"
	@$(BIN)/python -m tests.hears $(HEARS)

soak: $(DEV) ## random walks over every SOP and restores of busy days, a hundred times as far as make test: SOAK="--minutes 15"
	@$(BIN)/python -m tests.soak $(SOAK)

lock: ## newer dependencies: writes both lock files
	@uv=$$(mktemp -d) && trap 'rm -rf "$$uv"' EXIT && $(PYTHON) -m venv "$$uv" && \
	"$$uv/bin/pip" install --quiet --disable-pip-version-check uv==$(UV_VERSION) && \
	"$$uv/bin/uv" pip $(COMPILE) --upgrade --extra build --output-file requirements.lock > /dev/null && \
	"$$uv/bin/uv" pip $(COMPILE) --upgrade --extra build --extra dev --output-file requirements-dev.lock > /dev/null

lexicon: ## the word lists of rules/language/data, compiled anew from wordfreq's
	@words=$$(mktemp -d) && trap 'rm -rf "$$words"' EXIT && $(PYTHON) -m venv "$$words" && \
	"$$words/bin/pip" install --quiet --disable-pip-version-check wordfreq==$(WORDFREQ) && "$$words/bin/python" -m tests.lexicon

clean: ## removes what make made
	@rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(1): a lock file. A new environment, so that nothing stays that the lock no longer names; nothing comes in but by its hash.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mailflow needs Python 3.11 or later: make PYTHON=...")'
	@echo 'Installing $(1) into $(VENV) ...' >&2
	@$(PYTHON) -m venv --clear $(VENV) || { echo 'On Debian: apt install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
endef

$(RUNTIME): requirements.lock
	$(call install,requirements.lock)
	@touch $(RUNTIME)

$(DEV): requirements.lock requirements-dev.lock
	$(call install,requirements-dev.lock)
	@touch $(RUNTIME) $(DEV)
