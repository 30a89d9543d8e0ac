# make setup | app | test | evals | load | lint | lock | model | bench
#
# Each of them works alone on a fresh clone: what is missing is installed first, into .venv.
# ARGS passes on options: make app ARGS="--port 8000", make test ARGS="tests/corpus -q".

PYTHON ?= python3
ARGS ?=
RUN := .venv/bin/python
# Written after a complete installation; older than the lock means that the lock has changed since.
STAMP := .venv/.installed

.PHONY: setup app test evals load lint lock model bench

setup: $(STAMP)

app: $(STAMP)
	@$(RUN) app.py $(ARGS)

test: $(STAMP)
	$(RUN) -m pytest $(ARGS)

evals: $(STAMP)
	$(RUN) -m evals run $(ARGS)

# Twenty people ask the real page at once; how long they waited is told.
load: $(STAMP)
	$(RUN) tests/load.py $(ARGS)

lint: $(STAMP)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

# Writes down the versions that are installed now; run it after a change of the dependencies in pyproject.toml.
lock: $(STAMP)
	$(RUN) .ci/lock.py > requirements.lock.new
	mv requirements.lock.new requirements.lock
	touch $(STAMP)

# A language model of 98 MB for tests and demonstrations; far too weak for use (docs/models.md).
model: $(STAMP)
	@$(RUN) .ci/model.py

# This tool beside LangChain, LlamaIndex, txtai and Haystack. They bring a hundred packages that the tool does not need,
# so they are installed into an environment of their own, with all that the lock names in its versions.
BENCH := .venv-bench/bin/python

bench: .venv-bench/.installed
	@$(BENCH) -m evals bench $(ARGS)

.venv-bench/.installed: requirements.lock pyproject.toml
	@$(BENCH) -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv .venv-bench
	$(BENCH) -m pip install --disable-pip-version-check --constraint requirements.lock ".[bench]"
	@touch $@

$(STAMP): requirements.lock
	@$(RUN) -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv .venv
	@$(RUN) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
	  "Python 3.11 or later is needed, not " + sys.version.split()[0] + \
	  ". Remove .venv and name another: make PYTHON=python3.11")'
	$(RUN) -m pip install --disable-pip-version-check --requirement requirements.lock
	@touch $@
