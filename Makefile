# `make` alone lists what there is. Two variables matter: SOURCES, a folder of documents, and PORT of the dashboard.

PORT ?= 8501
SOURCES ?=
JOBS ?= 1
GOLD ?= $(or $(PLAN_GOLD),tests/gold)

# The first Python that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run build brief test check score gold bench scale cluster users national growth fuzz docs clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.run ## documents -> tables -> dashboard on 127.0.0.1 (SOURCES=folder of documents, PORT=8501)
	@$(BIN)/python -m extract build $(if $(SOURCES),--sources "$(SOURCES)") --jobs $(JOBS) || [ $$? -eq 1 ] || exit 2
	@echo "The dashboard opens on the tables that are there: http://127.0.0.1:$(PORT)  (Ctrl-C ends it)"
	@$(BIN)/streamlit run dashboard/app.py --server.address 127.0.0.1 --server.port $(PORT) --server.headless true

build: $(VENV)/.run ## documents -> tables (SOURCES=folder of documents, JOBS=processes)
	@$(BIN)/python -m extract build $(if $(SOURCES),--sources "$(SOURCES)") --jobs $(JOBS)

REGIONS ?=
OUT ?= brief.pptx
brief: $(VENV)/.run ## a briefing as a file (REGIONS=天河区,越秀区 OUT=brief.pptx, .docx, .xlsx or .zip)
	@$(BIN)/python dashboard/brief.py --regions "$(REGIONS)" --out "$(OUT)"

test: $(VENV)/.dev ## everything that is tested
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.dev ## style, types, and the committed tables against schema and bounds
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m extract check

score: $(VENV)/.run ## accuracy per document and field (GOLD=folder of facts read by hand)
	@$(BIN)/python -m extract score --gold "$(GOLD)"

gold: $(VENV)/.run ## docs/accuracy.md and data/accuracy.csv: accuracy of today (SOURCES=folder of documents, GOLD=one more folder of facts)
	$(BIN)/python -m extract.accuracy docs/accuracy.md --table data/accuracy.csv --sources "$(or $(SOURCES),data/sources)" --gold $(sort $(GOLD) tests/gold)

bench: $(VENV)/.dev ## how long it takes: extraction (docs/performance.md), every page, a browser, files (SOURCES=folder)
	@$(BIN)/python -m tests.bench.extraction docs/performance.md $(if $(SOURCES),--sources "$(SOURCES)")
	@$(BIN)/python -m tests.bench.dashboard
	@PYTHONPATH=dashboard $(BIN)/python -m tests.bench.briefing
	@PYTHONPATH=dashboard $(BIN)/python -m tests.bench.adding

scale: $(VENV)/.dev ## how a corpus of thousands of documents scales, made up for it (docs/performance.md)
	@$(BIN)/python -m tests.bench.scale docs/performance.md $(if $(SIZES),--sizes $(SIZES))

cluster: $(VENV)/.dev ## what a cluster costs beside this machine, and with a worker killed: a made-up corpus, S3 on 127.0.0.1
	@$(BIN)/python -m tests.bench.cluster

users: $(VENV)/.dev ## how a server bears twenty users at once: pages and filters over real websockets
	@$(BIN)/python -m tests.bench.users

national: $(VENV)/.dev ## how the dashboard bears 3,000 regions: every page, and memory (docs/performance.md)
	@PYTHONPATH=dashboard $(BIN)/python -m tests.bench.national docs/performance.md

growth: $(VENV)/.dev ## how the time of every stage grows with a document, on texts that are hard on it
	@$(BIN)/python -m tests.bench.patterns; patterns=$$?; $(BIN)/python -m tests.bench.growth && exit $$patterns

DOCUMENTS ?= 20000
SEED ?= 0
fuzz: $(VENV)/.dev ## mutated documents through reading and all stages (DOCUMENTS=20000 SEED=0)
	@$(BIN)/python -m tests.fuzz --documents $(DOCUMENTS) --seed $(SEED)

docs: $(VENV)/.run ## docs/tables.md from extract/schema.yaml
	$(BIN)/python -m extract.table_docs docs/tables.md

clean: ## remove the environment and all caches; documents and tables stay
	rm -rf $(VENV) data/.cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made once, and brought up to date when the list of what it needs changes.
$(VENV)/.run: requirements.txt
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed and was not found; name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) \
		|| { echo "The environment could not be made (on Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Installing what the tool needs into $(VENV) (a minute or two, once) ..."
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-cluster.txt $(VENV)/.run
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
