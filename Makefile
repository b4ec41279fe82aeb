# Everything a developer runs. Bare `make` lists it. Each target installs what it lacks, says so, and may be run again.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8080
DEMO ?=
ROUNDS ?= 1000
FUZZ_SECONDS ?= 20
ARCH ?= x86_64
FUNCTIONS := enrollment verification activity revocation relay administration portal rehearsal

WEB := functions/portal/web
BROWSER := tests/browser
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
LOCKED := $(if $(CI),--locked)
# One feature set for every build, so that nothing is compiled twice: always the whole workspace.
CARGO_BUILD := cargo build --workspace $(LOCKED)
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# nextest where it is installed; cargo's own runner otherwise.
CARGO_TEST := $(if $(shell command -v cargo-nextest),cargo nextest run --workspace --no-fail-fast $(LOCKED),cargo test --workspace --no-fail-fast --lib --bins --tests $(LOCKED))
# The facts that need a deployment are ignored otherwise; they are built together with all others.
CARGO_TEST_DEPLOYED := $(if $(shell command -v cargo-nextest),cargo nextest run --workspace --no-fail-fast --test deployed --run-ignored only $(LOCKED),cargo test --workspace --no-fail-fast --test deployed $(LOCKED) -- --ignored)
WEB_FILES := $(shell find $(WEB) -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: help run test test-web test-rust test-docs test-browser test-deployed check format walls deny bench lambdas check-infra deploy destroy soak fuzz openapi web binaries clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- running ---------------------------------------------------------------------------------------------------------

run: web ## start everything at http://localhost:8080 (PORT=8081, DEMO=1 for a few people to look around with)
	@echo "Building the local process (the first time takes some minutes)"
	@$(CARGO_BUILD) --bin countersign-local
	@exec $(TARGET)/debug/countersign-local --port $(PORT) $(if $(filter-out 0,$(DEMO)),--demo)

web: $(WEB)/node_modules/.built ## build the web app

$(WEB)/node_modules/.built: $(WEB)/node_modules/.package-lock.json $(WEB_FILES) $(if $(wildcard $(WEB)/dist),,always)
	@echo "Building the web app"
	@cd $(WEB) && npm run --silent build
	@touch $@

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json
	@tools/need node npm cargo cc
	@echo "Installing the web app's npm packages from $(WEB)/package-lock.json"
	@cd $(WEB) && $(NPM_CI)
	@touch $@

$(BROWSER)/node_modules/.package-lock.json: $(BROWSER)/package-lock.json
	@echo "Installing the browser tests' npm packages from $(BROWSER)/package-lock.json"
	@cd $(BROWSER) && $(NPM_CI)
	@touch $@

.PHONY: always
always:

binaries: web ## build every program of the workspace (development profile)
	@$(CARGO_BUILD) --bins

# --- tests -----------------------------------------------------------------------------------------------------------

test: test-web test-rust test-docs test-browser test-deployed ## all tests: web, Rust, documentation, browser, deployed
	@echo "All tests passed."

test-web: web ## the web app's unit tests and size budgets
	@cd $(WEB) && npm test --silent && npm run --silent budgets

test-rust: binaries ## the workspace's tests, OpenAPI freshness among them
	@tools/debian-packages
	$(CARGO_TEST)

test-docs: web
	@if grep -rlE '^ *//[/!] *```( *|rust.*|no_run.*|should_panic.*)$$' --include='*.rs' shared functions infra tests | grep -q .; then \
	  cargo test --workspace --doc $(LOCKED); else echo "No documentation tests."; fi

test-browser: binaries $(BROWSER)/node_modules/.package-lock.json ## the story in a real Chromium; pictures go to test-output/
	@tools/debian-packages
	@cd $(BROWSER) && COUNTERSIGN_LOCAL=$(TARGET)/debug/countersign-local COUNTERSIGN_SIMULATOR=$(TARGET)/debug/simulator \
	  TEST_OUTPUT=$(abspath test-output) npm test --silent

test-deployed: binaries .venv/.deployed ## the story in the real template, deployed into an emulated cloud
	@COUNTERSIGN_SIMULATOR=$(TARGET)/debug/simulator .venv/bin/python tests/deployed/run.py $(CARGO_TEST_DEPLOYED)

soak: web ## the long versions: race rounds and property cases by the thousand (ROUNDS=1000), and fuzz
	COUNTERSIGN_ROUNDS=$(ROUNDS) PROPTEST_CASES=100000 NEXTEST_PROFILE=soak $(CARGO_TEST)
	@$(MAKE) fuzz

fuzz: ## every parser of tests/fuzz against libFuzzer (FUZZ_SECONDS=20 for each; TARGETS="cursors ..." for some)
	@tools/fuzz $(FUZZ_SECONDS) $(TARGETS)

bench: web ## release build; start-up, memory, CPU and requests a second, as a table and as JSON
	@tools/need cargo cc gzip
	@echo "Building the functions for release (some minutes)"
	@$(CARGO_BUILD) --release --bin countersign-bench --bin hello $(foreach name,$(FUNCTIONS),--bin countersign-$(name))
	@$(TARGET)/release/countersign-bench

# --- checks ----------------------------------------------------------------------------------------------------------

check: format walls check-infra $(WEB)/node_modules/.package-lock.json web ## format, lints, licences, walls, templates, documentation, web types
	cargo clippy --workspace --all-targets $(LOCKED) -- -D warnings
	@tools/need cargo cc c++
	@echo "Checking that the fuzz targets compile"
	@cargo check --quiet --manifest-path tests/fuzz/Cargo.toml --target-dir $(TARGET) $(LOCKED)
	@tools/deny
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items $(LOCKED)
	@cd $(WEB) && npm run --silent check
	@$(if $(shell command -v cargo-nextest),cargo nextest run --workspace $(LOCKED) -E 'test(openapi)',cargo test --workspace $(LOCKED) openapi)
	@echo "All checks passed."

format: ## rustfmt, checking only
	cargo fmt --all --check
	@cargo fmt --manifest-path tests/fuzz/Cargo.toml --check

walls: ## the rules of the house that no other tool checks
	@tools/need python3
	@tools/walls

check-infra: .venv/.infra-installed ## the templates: form, rules, agreement with code and documents
	@tools/check-infra

deny: ## licences, bans and sources of every crate
	@tools/deny

# --- the cloud -------------------------------------------------------------------------------------------------------

deploy: web .venv/.installed .venv/.infra-installed ## to AWS; asks the first time (STACK=name ARCH=x86_64 GRADUAL=false)
	@$(if $(filter command environment,$(firstword $(origin ARCH))),ARCH=$(ARCH)) $(if $(STACK),STACK=$(STACK)) $(if $(GRADUAL),GRADUAL=$(GRADUAL)) $(if $(FRESH),FRESH=$(FRESH)) tools/deploy

destroy: .venv/.infra-installed ## take the deployment down; says what stays, and asks
	@$(if $(STACK),STACK=$(STACK)) $(if $(YES),YES=$(YES)) .venv/bin/python tools/destroy

.venv/.infra-installed: tools/infra-packages.txt
	@tools/need python3
	@echo "Installing into .venv: $$(sed 's/[ ;#].*//' $< | grep . | tr '\n' ' ')"
	@python3 -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# --- made files ------------------------------------------------------------------------------------------------------

openapi: web ## write docs/openapi.json again
	@$(CARGO_BUILD) --bin countersign-local
	@mkdir -p $(TARGET) && $(TARGET)/debug/countersign-local --openapi > $(TARGET)/openapi.json
	@mv $(TARGET)/openapi.json docs/openapi.json
	@echo "Wrote docs/openapi.json; the web app takes its types from it when it is checked."

lambdas: web .venv/.installed ## build the functions for AWS Lambda (ARCH=x86_64 or arm64) into target/lambda
	PATH="$(abspath .venv/bin):$$PATH" cargo lambda build --release $(LOCKED) \
	  $(if $(filter arm64,$(ARCH)),--arm64,--x86-64) $(foreach name,$(FUNCTIONS),-p countersign-$(name))

.venv/.installed: tools/python-packages.txt
	@tools/need python3
	@echo "Installing into .venv: $$(grep -v '^#' $< | tr '\n' ' ')"
	@python3 -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv/.deployed: tests/deployed/requirements.txt tools/infra-packages.txt .venv/.installed
	@echo "Installing into .venv: the emulated cloud and SAM ($<)"
	@.venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean: ## remove what was built or installed here; keeps the local data in .countersign/
	rm -rf $(TARGET) .venv .tools test-output tests/fuzz/target $(WEB)/dist $(WEB)/node_modules $(BROWSER)/node_modules
