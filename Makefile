SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
export AURORE_ETAT ?= $(CURDIR)/etat

.PHONY: install demo serve test check format contrat lock bench clean

install: .venv/installe ## make .venv, from which everything runs

.venv/installe: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/installe

demo: install ## play a day of the sample bakery through the API; PDFs in demo/
	$(BIN)/aurore demo

serve: install ## serve the API on AURORE_PORT (8000)
	$(BIN)/aurore serve

test: install ## every test
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: install ## format, lint, types, import rules, contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/aurore contrat | diff - openapi/aurore.json

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

contrat: install ## write the contract that is committed
	$(BIN)/aurore contrat > openapi/aurore.json

bench: install ## figures beside their floors, as ratios
	$(BIN)/python -m bench

lock: ## needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --group dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf .venv demo etat .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
