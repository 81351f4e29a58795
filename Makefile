# make run · make test · make check · make bench; each makes its virtual environment first.
# Nothing but Python 3.11 (or later) and make is needed.

PYTHON ?= python3
# Processes that run tests: half of the suite's time is waiting, so a few more than there are cores do well.
JOBS ?= 5
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PYTEST := $(BIN)/python -m pytest
# Some words for pytest choose no test of one half. The browser's come alone: its page loses clicks on a busy machine.
OR_NONE := || [ $$? -eq 5 ]
# Tests start many processes of the bot: what one of them compiles, the others read.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench lock audit screenshots clean

run: $(READY)  ## start the bot, or the browser trial when there is no DISCORD_TOKEN
	$(BIN)/bangdan run

test: $(READY)  ## run all tests
	$(PYTEST) --numprocesses $(JOBS) --dist worksteal -m "not browser" $(ARGS) $(OR_NONE)
	$(PYTEST) -m browser $(ARGS) $(OR_NONE)

check: $(READY)  ## lint, types and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(READY)  ## measure speed and memory against their floors, into docs/benchmarks.md
	$(BIN)/python -m tests.bench $(PARTS)

screenshots: $(READY)  ## drive the browser trial and take docs/*.png again (needs Chromium)
	$(BIN)/python docs/screenshots.py

COMPILE = PIP_FIND_LINKS= PIP_CONFIG_FILE=/dev/null $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate --no-header

lock: $(READY)  ## resolve pyproject.toml into both locks; versions stay, UPGRADE=--upgrade takes the newest
	$(COMPILE) $(UPGRADE) --extra trial --extra test --extra check --extra postgres --extra lock \
		--output-file requirements.lock pyproject.toml
	$(COMPILE) --extra postgres --extra build --constraint requirements.lock \
		--output-file requirements-run.lock pyproject.toml
	sed -i '/^#/d' requirements.lock requirements-run.lock

audit: $(READY)  ## ask the internet what is known against the locked versions; 2 where it cannot be asked
	$(PYTHON) -m venv .cache/audit
	.cache/audit/bin/pip install --quiet --disable-pip-version-check 'pip-audit>=2.9,<3'
	$(BIN)/python -m tests.audit .cache/audit/bin/pip-audit

# The lock has a hash for every file, so pip installs exactly these or nothing.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
