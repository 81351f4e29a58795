# make run · make test · make check · make bench; each makes its virtual environment first.
# Nothing but Python 3.11 (or later) and make is needed.

PYTHON ?= python3
# Processes that run tests: half of the suite's time is waiting, so a few more than there are cores do well.
JOBS ?= 4
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: run test check bench lock screenshots clean

run: $(READY)  ## start the bot, or the browser trial when there is no DISCORD_TOKEN
	$(BIN)/bangdan run

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal $(ARGS)

check: $(READY)  ## lint, types and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(READY)  ## measure speed against its floors, into docs/benchmarks.md
	$(BIN)/python -m tests.bench

screenshots: $(READY)  ## drive the browser trial and take docs/*.png again (needs Chromium)
	$(BIN)/python docs/screenshots.py

lock: $(READY)  ## resolve pyproject.toml anew into requirements.lock
	PIP_FIND_LINKS= PIP_CONFIG_FILE=/dev/null $(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate --no-header \
		--extra trial --extra test --extra check --extra postgres --extra lock \
		--output-file requirements.lock pyproject.toml
	sed -i '/^#/d' requirements.lock

# The lock has a hash for every file, so pip installs exactly these or nothing.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
