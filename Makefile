# The words everyone needs. `make demo` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: demo test quick lint fmt bench fuzz docs install studio browser clean

demo: studio
	$(BIN)/bianma demo

test: studio browser
	$(BIN)/pytest

quick: install          ## without the server and the browser
	$(BIN)/pytest -m "not studio and not browser and not slow"

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: studio browser
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/push_pull.py
	$(BIN)/python benchmarks/whole_way.py corpus/*.txt

fuzz: install           ## random input, thrown at the whole of reading
	$(BIN)/python -m tests.corpus.fuzz

docs: install           ## the generated pages
	$(BIN)/python docs/make_cli_reference.py

install: $(VENV)/installed

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "bianma needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

studio: install         ## Label Studio, in a virtual environment of its own
	$(BIN)/bianma studio install

browser:                ## Debian's Chromium and a font with Chinese characters, for the browser tests
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium fonts-noto-cjk; }

clean:
	rm -rf $(VENV) .bianma build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
