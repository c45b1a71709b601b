# Two commands for a newcomer: `make chat` and `make test`. Everything lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFICIAL ?= ../shared/documents
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false
export GRADIO_ANALYTICS_ENABLED := False

.PHONY: chat test check lint evaluate bench matrix-report model-report corpus index screens clean

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

.stamps/run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'torch==2.13.0'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[office,tables,watch]'
	@mkdir -p .stamps && touch $@

.stamps/dev: .stamps/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[office,tables,watch,openai,mcp,dev]'
	@touch $@

chat: .stamps/run
	$(BIN)/assistant index --if-stale
	$(BIN)/assistant chat

index: .stamps/run
	$(BIN)/assistant index

test: .stamps/dev
	$(BIN)/python -m pytest

lint: .stamps/dev
	$(BIN)/ruff check assistant tests corpus eval examples
	$(BIN)/ruff format --check assistant tests corpus eval examples
	$(BIN)/mypy assistant

check: lint
	$(BIN)/python -m pytest tests/test_architecture.py
	$(BIN)/python corpus/typeset.py --check
	$(BIN)/python corpus/coverage.py --check
	$(BIN)/assistant check-gold --set starter
	$(BIN)/assistant check-gold --set eval/gold/everyday.jsonl
	$(BIN)/assistant check-gold --set eval/gold/everywhere.jsonl
	$(BIN)/assistant check-gold --official $(OFFICIAL)
	$(BIN)/assistant check-gold --official $(OFFICIAL) --set eval/gold/everyday-official.jsonl

corpus: .stamps/dev
	$(BIN)/python corpus/typeset.py

evaluate: .stamps/dev
	$(BIN)/assistant index --if-stale
	$(BIN)/assistant evaluate --gate
	$(BIN)/assistant evaluate --gate --official $(OFFICIAL)
	$(BIN)/python eval/other_hands.py --gate

model-report: .stamps/dev
	$(BIN)/assistant index --if-stale
	$(BIN)/assistant check-statements

matrix-report: .stamps/dev
	$(BIN)/assistant index --if-stale
	$(BIN)/assistant matrix-report --gate

bench: .stamps/dev
	$(BIN)/assistant index --if-stale
	$(BIN)/assistant bench

.PHONY: bench-scale
bench-scale: .stamps/dev
	$(BIN)/assistant index --if-stale
	$(BIN)/assistant bench-scale

.PHONY: fuzz
fuzz: .stamps/dev
	ASSISTANT_FUZZ_SECONDS=3600 ASSISTANT_SLOW_SECONDS=60 $(BIN)/python -m pytest tests/hostile/test_fuzz.py tests/hostile/test_slow.py

.PHONY: durability torture
durability: .stamps/dev
	$(BIN)/python eval/durability.py

torture: .stamps/dev
	$(BIN)/python -m tests.durability.torture --kills 1000

.PHONY: read-everything
read-everything: .stamps/dev
	$(BIN)/python eval/read_everything.py $(FOLDER)

screens: .stamps/dev
	$(BIN)/assistant index --if-stale
	@mkdir -p docs/screens
	ASSISTANT_SCREENS=docs/screens $(BIN)/python -m pytest tests/chat/test_shots.py

clean:
	rm -rf .stamps $(VENV) index/library.sqlite3* index/segment-* index/library.seal index/changes index/encoder
