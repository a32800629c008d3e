# Hanze: `make demo` shows it, `make test` proves it. Needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt
DEMO := HANZE_DATA_DIR=var/demo DJANGO_SETTINGS_MODULE=hanze.config.settings.demo
WORKERS ?= 2

.PHONY: demo test check messages postgres clean help

help:
	@echo "make demo [PORT=8000]   set up, load the demo and start it"
	@echo "make test               set up and run every test"
	@echo "make check              lint, types, import contracts and untranslated strings"
	@echo "make messages           compile the translations after changing them"
	@echo "make clean              remove what was set up here, the demo's database too"

demo: $(VENV)/.base
	@$(DEMO) $(BIN)/hanze demo run --port $(PORT)

# One file stays with one worker, so that what a file sets up (a loaded demo, a running site) is set up once.
test: $(VENV)/.dev messages
	@$(BIN)/python tools/browser.py
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python tools/untranslated.py

messages: $(VENV)/.dev
	@$(BIN)/python tools/compile_messages.py > /dev/null

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit("Hanze needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Choose one with: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing Hanze (a minute or so the first time)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	@echo "Installing what the tests need"
	@$(PIP) --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) var build dist
