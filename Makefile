# One short verb each, the same names here and in CI. `make` alone lists them.
SHELL := /bin/bash
PY := .venv/bin/python
UV := .venv/bin/uv
STAMP := .venv/.waypost-ready
PACK ?= us-ct-new-milford
HOST ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
# Each test worker and each server that a test starts would compile every module again.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup serve test check build bench audit coverage mutants learn soak lock docs lint pictures clean

help:  ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements-uv.txt requirements-dev.txt pyproject.toml
	@command -v python3 >/dev/null || { echo "Waypost needs Python 3.11 or later: install python3 and try again."; exit 3; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Waypost needs Python 3.11 or later; this is $$(python3 --version)."; exit 3; }
	test -x $(PY) || python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-uv.txt
	$(UV) pip sync --quiet --require-hashes --python $(PY) requirements-dev.txt requirements-uv.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --no-index --python $(PY) -e .
	@touch $@

# A second environment for what is measured beside Waypost, so that it changes nothing that the tests run on.
WORKSHOP := .venv-workshop/bin/python
WORKSHOP_STAMP := .venv-workshop/.ready
$(WORKSHOP_STAMP): $(STAMP) requirements-workshop.txt
	test -x $(WORKSHOP) || python3 -m venv .venv-workshop
	$(UV) pip sync --quiet --require-hashes --python $(WORKSHOP) requirements-workshop.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --no-index --python $(WORKSHOP) -e .
	@touch $@

setup: $(STAMP)  ## make .venv from the hash-locked requirements

serve: $(STAMP)  ## serve the New Milford guide at http://127.0.0.1:8000
	@$(PY) -m waypost serve --pack $(PACK) --host $(HOST) --port $(PORT)

# Neighbours stay with one worker, so that a server, an edition or a guide is made once; who is done first takes over.
TWO := -n 2 --dist worksteal -q

test: $(STAMP)  ## lint, types, every test that this machine can run
	@$(MAKE) --no-print-directory lint
	$(PY) -m pytest $(TWO)

lint: $(STAMP)  ## ruff and mypy
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

check: $(STAMP)  ## every Problem of the packs
	$(PY) -m waypost check --pack $(PACK)

build: $(STAMP)  ## the static edition, into ./out
	$(PY) -m waypost build out --pack $(PACK)

bench: $(STAMP)  ## measure speed, side by side, as ratios
	$(PY) bench/run.py

audit: $(STAMP)  ## what others would measure on the pages (needs Node and Chromium)
	$(PY) bench/audit/run.py

coverage: $(STAMP)  ## every branch of the engine of the law, by its own tests
	COVERAGE_FILE=.coverage.law $(PY) -m coverage run --branch --include='src/waypost/rules/penalty*.py' -m pytest -q -p no:cacheprovider tests/law/test_engine.py tests/law/test_engine_words.py tests/law/test_cases.py
	COVERAGE_FILE=.coverage.law $(PY) -m coverage report --show-missing --fail-under=100

mutants: $(WORKSHOP_STAMP)  ## change the engine of the law a little, many times: do the tests notice?
	.venv-workshop/bin/mutmut run
	$(WORKSHOP) bench/mutants.py

learn: $(WORKSHOP_STAMP)  ## learn again from bench/voices and the cases what words add to a danger sign
	$(WORKSHOP) bench/learn.py

soak: $(STAMP)  ## the heavy counts in full
	WAYPOST_SOAK=1 $(PY) -m pytest $(TWO)

docs: $(STAMP)  ## write the generated parts of docs/ again
	$(PY) -m waypost docs docs

pictures: $(STAMP)  ## take the pictures in docs/ again (needs Chromium)
	$(PY) docs/pictures.py

lock: $(STAMP)  ## resolve the requirements again, with hashes and without addresses
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements-dev.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev --group workshop pyproject.toml -o requirements-workshop.txt
	echo uv | $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-uv.txt
	@! grep -n '://' requirements*.txt || { echo "a lock file names an address"; exit 1; }

clean:  ## remove what can be made again
	rm -rf .venv out var .mypy_cache .ruff_cache .pytest_cache
