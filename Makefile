# make crawl          crawl the bundled samples into articles.jsonl
# make crawl URL=…    the same for a page of yours
# make test           every test, with lint and types
# make bench          pages a second and cost, side by side
PYTHON ?= python3
BIN := .venv/bin

.PHONY: crawl test lint bench clean

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-test: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

lint: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest

clean:
	rm -rf .venv build dist *.egg-info
