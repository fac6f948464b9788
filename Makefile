# Two commands set everything up: `make run` opens the kiosk with demo content, `make test` runs every test.
# `make run DEMO=--full-screen` fills the screen; `kiosk demo --help` says which options there are.

VENV := .venv
BIN := $(VENV)/bin
# Kivy has wheels for Python 3.11 to 3.13; ensurepip is what makes an environment, and a package of its own on Debian. Looked
# for when it is used, as the first run installs it.
PYTHON = $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p >/dev/null && $$p -c \
	'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
PO := $(wildcard locales/*/LC_MESSAGES/*.po)

# The system's packages come before what is made with them, also where MAKEFLAGS has -j.
.NOTPARALLEL:
.PHONY: run test test-long screenshots guide docs art messages lock audit bundle clean system-run system-test

run: system-run $(VENV)/.installed
	$(BIN)/kiosk demo $(DEMO)

test: system-test $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal

# The tests with many rounds; minutes to hours.
test-long: system-test $(VENV)/.installed-test
	$(BIN)/python -m pytest -m long

screenshots: system-test $(VENV)/.installed-test
	$(BIN)/python -m tests.screens.gallery screenshots

# Take the pictures of the guides anew.
guide: system-test $(VENV)/.installed-test
	$(BIN)/python -m tests.screens.gallery docs/guide/pictures --guide

# Build the documentation site with search into build/site; a broken link or a page outside the navigation is an error.
docs: $(VENV)/.installed-test
	$(BIN)/pip install --quiet --editable '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Made build/site. To read it with its search: $(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site"

# Draw every picture anew from its script.
art: $(VENV)/.installed-test
	$(BIN)/pip install --quiet '.[art]'
	$(BIN)/python assets/make

# Bring the catalogues up to date with the texts in the code; then translate what is empty.
messages: $(VENV)/.installed-test
	$(BIN)/python -m kiosk.language.catalogues

# Pin every package of the kiosk anew, with hashes, to what is installed and tested here; tests/data/test_instance_lock.py then says which floors
# in pyproject.toml are to be raised.
lock: $(VENV)/.installed-test
	$(BIN)/pip install --quiet uv
	$(BIN)/pip freeze --exclude-editable | grep '==' > build-constraints.txt
	{ head -2 deploy/requirements.lock; $(BIN)/uv pip compile pyproject.toml --extra camera --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -c build-constraints.txt; } > requirements.new
	mv requirements.new deploy/requirements.lock
	rm build-constraints.txt

# What a tablet is installed and updated from without a network: docs/technician.md.
bundle: $(VENV)/.installed-test
	deploy/make-bundle dist/bundle $(abspath $(BIN)/python)

# Are there advisories against what is locked? Asks the advisory database, so it needs the network.
audit: $(VENV)/.installed-test
	$(BIN)/pip install --quiet pip-audit
	$(BIN)/pip-audit --require-hashes --disable-pip -r deploy/requirements.lock

clean:
	rm -rf $(VENV) build dist screenshots .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find kiosk screens tests assets -name __pycache__ -prune -exec rm -rf {} +
	rm -f locales/*/LC_MESSAGES/*.mo

system-run:
	deploy/system-packages run

system-test:
	deploy/system-packages test

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml $(PO) | system-run $(BIN)/pip
	$(BIN)/pip install --quiet --editable '.[camera]'
	touch $@

$(VENV)/.installed-test: pyproject.toml $(PO) | system-test $(BIN)/pip
	$(BIN)/pip install --quiet --editable '.[test]'
	touch $@ $(VENV)/.installed
