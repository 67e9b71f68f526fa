# Everything a person or CI runs. Needs python3 (3.11 or newer), git and make; the rest is installed into .venv.
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8000
UNITS ?= 24
YEARS ?= 4
BIN := .venv/bin

.PHONY: help demo site serve test lint types unit bench requirements contributing pictures clean
.DEFAULT_GOAL := help

help:  ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

.venv/ready: requirements/run.txt pyproject.toml setup/venv
	PYTHON='$(PYTHON)' sh setup/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator  # where PYTHONDONTWRITEBYTECODE is set, every start would compile anew
	touch $@

.venv/ready-to-test: .venv/ready requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# The demo registry is made once and kept, so that what you try in it is not lost; `rm -r demo` renews it.
demo/.git: | .venv/ready
	$(BIN)/zi demo demo --units $(UNITS) --years $(YEARS)

demo: .venv/ready demo/.git  ## a demo registry, checked, built and served on 127.0.0.1:8000 (SERVE=0: not served)
	$(BIN)/zi check --root demo
	$(BIN)/zi build --root demo --site demo/site
	@if [ '$(SERVE)' = 0 ]; then echo 'Situs: demo/site/index.html'; \
	else $(MAKE) --no-print-directory serve SITE=demo/site; fi

site: .venv/ready  ## the site of this repository's own units/, in site/
	$(BIN)/zi check
	$(BIN)/zi build

SITE ?= site
serve: .venv/ready
	@echo 'Situs: http://127.0.0.1:$(PORT)/ (Ctrl+C untuk berhenti)'
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory $(SITE) 2>/dev/null

test: .venv/ready-to-test  ## lint, types, every test, and a check of units/
	@sh setup/test-tools
	$(MAKE) --no-print-directory lint types
	$(BIN)/zi check
	$(BIN)/pytest -n 2 --dist worksteal

lint: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready-to-test
	$(BIN)/mypy

bench: .venv/ready-to-test  ## ratios against a peer or a floor, side by side in one run
	$(BIN)/python -m bench

# Only when a requirement changes; needs uv. --no-emit-index-url: no registry is named in the repository.
requirements:  ## renew requirements/*.txt from *.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/run.in -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -o requirements/dev.txt

contributing:  ## renew CONTRIBUTING.md from the site's page, which says it all
	{ echo '<!-- Salinan docs/cara-mengirim/index.md: ubah di sana, lalu jalankan make contributing. -->'; \
	sed -e '1,4d' -e 's#](\.\./#](docs/#g' docs/cara-mengirim/index.md; } > CONTRIBUTING.md

pictures: .venv/ready-to-test  ## renew docs/gambar/*.png from the demo; needs Chromium
	$(BIN)/python setup/pictures.py

clean:  ## remove what was built (not demo/, not .venv)
	rm -rf site .site-builds build dist .zi-cache .mypy_cache .ruff_cache .pytest_cache
