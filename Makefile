.DEFAULT_GOAL := help
.PHONY: help demo test check gate test-container test-real golden bench lock clean

BIN := .venv/bin
READY := .venv/.ready
BENCHMARKS := start_up after_the_suite ranking image_overhead action_overhead
SHELL_SCRIPTS := .ci/run scripts/setup scripts/lock scripts/docker-engine

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements/dev.txt pyproject.toml scripts/setup
	@scripts/setup
	@touch $@

demo: $(READY) ## Gate a bundled example change and show its comment
	@$(BIN)/python examples/demo.py

test: $(READY) ## Run the tests that need neither Docker nor a network
	$(BIN)/pytest -q -n auto --maxprocesses 4 -m "not container and not network"

check: $(READY) ## Run linters, type checks and contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --no-progress --quiet .
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/hadolint Dockerfile
	$(BIN)/shellcheck $(SHELL_SCRIPTS)

gate: $(READY) ## Gate this change with covgate itself
	$(BIN)/covgate run --no-publish

test-container: $(READY) ## Build the image and run the action as a runner would
	scripts/docker-engine start
	$(BIN)/pytest -q -m "container and not network" tests/container

test-real: $(READY) ## Hold covgate to releases of real packages; downloads them
	scripts/docker-engine start
	$(BIN)/pytest -q -n auto --maxprocesses 4 -m network

golden: $(READY) ## Write the golden reports, tables and schemas anew; read them as prose before you commit
	$(BIN)/pytest -q tests/golden tests/contract tests/unit/settings --update-golden

bench: $(READY) ## Measure what covgate costs beside the usual tools
	@for name in $(BENCHMARKS); do printf '\n== %s\n' "$$name"; $(BIN)/python -m "benchmarks.$$name" || exit 1; done

lock: $(READY) ## Write the lock files anew
	scripts/lock

clean: ## Remove what the targets above made
	rm -rf .venv .covgate .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build
