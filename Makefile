# make install        the command .venv/bin/newsclean, from this folder
# make crawl          crawl the bundled samples into articles.jsonl
# make crawl URL=…    the same for a page of yours
# make test           lint, types and all but the slow tests: a few minutes
# make test-all       every test, with browser, PostgreSQL, faults and kills, as CI runs them
# make docs           the documentation in docs/_build/index.html
# make bench          pages a second and cost, side by side
# make quality        how well the fields are read, beside three peers (PAGES=… for pages of yours)
# make mangled        5,000 generated pages with mangled bodies (COUNT=… SEED=…)
# make fuzz           damaged pages, feeds, rules and archives for ten minutes (SECONDS=… SEED=…)
# make dist           the wheel and the sdist in dist/, checked
# make constraints    write down the versions that are installed
PYTHON ?= python3
BIN := .venv/bin
export URL

.PHONY: install crawl test test-all lint docs bench quality mangled fuzz dist constraints clean

.venv/installed: pyproject.toml constraints.txt
	@echo "Installing into .venv (once) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-test: .venv/installed
	@echo "Installing what the tests need …"
	@# Python 3.11's own pip builds some old packages in a way that newer setuptools refuses.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

install: .venv/installed

.venv/installed-docs: .venv/installed
	@echo "Installing what the documentation needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	@touch $@

crawl: .venv/installed
ifdef URL
	@$(BIN)/python -m newsclean get "$$URL" -O articles.jsonl
else
	@$(BIN)/python -m newsclean archive samples -O articles.jsonl
endif

lint: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A file's tests stay in one process, since they share what is dear to make; long files come first.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test: lint
	$(PYTEST) -m 'not slow'

test-all: lint
	$(PYTEST)

# Strict: a link that leads nowhere ends it. What is built needs no network, to be read or searched.
docs: .venv/installed-docs
	@rm -rf docs/_build
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --builder html docs docs/_build
	@echo "docs/_build/index.html"

bench: .venv/installed-test
	$(BIN)/python -m bench

# The peers need older versions of newsclean's dependencies, so they have an environment of their own.
.venv-peers/installed: pyproject.toml
	@echo "Installing the peers into .venv-peers (once) …"
	@$(PYTHON) -m venv .venv-peers
	@# Groups of dependencies need pip 25.1.
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --group peers
	@touch $@

quality: .venv/installed .venv-peers/installed
	@$(BIN)/python -m tests.quality --peers .venv-peers/bin/python $(PAGES)

mangled: .venv/installed-test
	$(BIN)/python -m tests.mangled --count $(or $(COUNT),5000) $(if $(SEED),--seed $(SEED))

fuzz: .venv/installed-test
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600) $(if $(SEED),--seed $(SEED))

.venv-dist/installed: pyproject.toml
	@echo "Installing what builds the package into .venv-dist (once) …"
	@$(PYTHON) -m venv .venv-dist
	@.venv-dist/bin/python -m pip install --quiet --disable-pip-version-check \
	    'build>=1.4' 'check-wheel-contents>=0.6.3' 'twine>=6.2'
	@touch $@

dist: .venv-dist/installed
	@rm -rf dist build
	@.venv-dist/bin/python -m build --outdir dist >dist.log 2>&1 || { cat dist.log; exit 1; }
	@rm dist.log
	@.venv-dist/bin/python -m twine check --strict dist/*
	@.venv-dist/bin/check-wheel-contents dist/*.whl

constraints:
	@{ echo "# The versions that the tests ran with; regenerate with 'make constraints'."; \
	   $(BIN)/python -m pip freeze --all --exclude-editable --exclude newsclean --exclude pip; } > constraints.txt

clean:
	rm -rf .venv .venv-dist .venv-peers build dist *.egg-info
