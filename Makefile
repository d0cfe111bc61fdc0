# Everything a person or a machine does with Backplan. README.md says when.
PY := .venv/bin/python
.DEFAULT_GOAL := help
# Compiled modules are kept: the tests start some hundred processes, and compiling takes each of them a second or two.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help install run dev test check check-all lint messages figures bench fleet-kills mutants abuse faults pins

help:
	@echo "make run        serve Backplan on http://127.0.0.1:8000 (PORT=8001 make run for another port)"
	@echo "make dev        the same for developers: every change of code, words, templates or styles is there on the next reload"
	@echo "make test       every check and every test"
	@echo "make check      the checks and the quick tests, in under two minutes"
	@echo "make check-all  as make test, without installing"
	@echo "make install    what the two above need; quick when nothing changed"
	@echo "make messages   write locale/messages.pot, the list of sentences to translate"
	@echo "make figures    draw the pictures that changed and the body to tap, and a sheet of all pictures (test-results/figures.html and .png)"
	@echo "make bench      the benchmarks (BEFORE=../old: an older tree and this one in turn, and nothing else)"
	@echo "make fleet-kills  two servers, two workers and Redis killed while people ask for papers (ARGS=100 for a hundred rounds of each)"
	@echo "make mutants    small faults put into the domain, and which of them no test notices (ARGS='--sample 200' or '--only weeks' for fewer)"
	@echo "make abuse      each defence against an abuse case taken out once, and whether a test notices (ARGS='--only I01 S07' for fewer)"
	@echo "make faults     50 people use it while processes are killed, the disk fills and databases stop (ARGS='--on sqlite --users 10' for less)"
	@echo "make pins       requirements*.in to requirements*.txt (needs uv)"

install:
	@scripts/setup.sh

run:
	@scripts/setup.sh --app
	@scripts/run.sh

dev: install
	@$(PY) -m scripts.dev

test: install
	@$(MAKE) --no-print-directory check-all

check: lint
	@$(PY) -m pytest -q -n auto --dist worksteal -m "not slow and not browser"

check-all: lint
	@$(PY) -m pytest -q -n auto --dist worksteal

lint:
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m planner check
	@$(PY) -m planner prove
	@$(PY) -m planner.languages.extract --check
	@$(PY) -m scripts.changelog

messages:
	@$(PY) -m planner.languages.extract

figures:
	@$(PY) -m planner.figures build
	@$(PY) -m planner.figures.bodymap
	@$(PY) -m planner.figures sheet --output test-results/figures
	@$(PY) -m planner.figures sheet --output test-results/figures-paper --paper

bench: install
	@$(PY) -m benchmarks$(if $(BEFORE),.before $(BEFORE))

fleet-kills: install
	@$(PY) -m benchmarks.fleet_kills $(ARGS)

mutants: install
	@$(PY) -m tests.mutants $(ARGS)

abuse: install
	@$(PY) -m tests.abuse $(ARGS)

faults: install
	@$(PY) -m tests.faults $(ARGS)

pins:
	@scripts/pins.sh
