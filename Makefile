# Builds, runs, tests and measures Pinezka from a clean clone, on a bare Debian with Go and Node.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

UI   := web/ui
TOOL := go tool -modfile=scripts/tools/go.mod

ui_sources := $(shell [ -d $(UI) ] && find $(UI) -type f \
	-not -path '*/node_modules/*' -not -path '$(UI)/dist/*' \
	-not -path '*/test-results/*' -not -path '*/playwright-report/*' -not -name '*.go')

# The modification time of a directory does not tell whether its content is up to date. The times of these files tell
# when a step was last completed.
ui_installed := $(UI)/node_modules/.installed
ui_built     := $(UI)/dist/.built

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: setup build ## Start Pinezka with the demonstration data
	@PINEZKA_OPERATOR_LISTEN=$${PINEZKA_OPERATOR_LISTEN-127.0.0.1:8081} exec bin/pinezka serve --demo

.PHONY: build
build: ui ## Build bin/pinezka with its user interface
	go build -o bin/pinezka ./cmd/pinezka

.PHONY: setup
setup: ## Install what the machine lacks to build and run
	@scripts/setup

.PHONY: setup-test
setup-test: ## Install what the machine lacks to test it, too
	@scripts/setup test

.PHONY: ui
ui: $(ui_built) ## Build the user interface if its sources are newer

$(ui_installed): $(UI)/package.json $(UI)/package-lock.json
	cd $(UI) && npm ci --no-audit --no-fund
	@mkdir -p $(@D) && touch $@

$(ui_built): $(ui_installed) $(ui_sources)
	cd $(UI) && npm run build
	@mkdir -p $(@D) && touch $@

# Tests of many responses of package web, which take minutes with the race detector or need the speed of a server
# without it, and much less without it. What they request at once, other tests of the package request with it.
MANY_RESPONSES := ^(TestExactPlacesStayPrivate|TestAttackFindsLeak|TestEveryCountComesFromTheIndex|TestBypassesAreFound|TestFrozenCounts|TestAttackOnOutlets|TestLibrary|TestRandomWalk)$$

.PHONY: test
test: setup-test build lint ## Run every check: lint, Go with the race detector, user interface, end to end
	go test -race -timeout 30m -skip '$(MANY_RESPONSES)' ./...
	go test -timeout 30m -run '$(MANY_RESPONSES)' ./web
	cd $(UI) && npm run --if-present check
	cd $(UI) && npm run --if-present test
	$(MAKE) --no-print-directory e2e

.PHONY: attack
attack: setup-test ## Attack the counts that 1,000 random districts release, and the outlets of 100, with integer programs
	ATTACK_DISTRICTS=1000 go test -count=1 -v -timeout 3h -run '^TestAttack$$' ./analysis/disclosure
	ATTACK_DISTRICTS=100 go test -count=1 -v -timeout 3h -run '^TestAttackOnOutlets$$' ./web

.PHONY: lint
lint: ui ## Check code, formatting, directions of imports, documents and known vulnerabilities
	$(TOOL) golangci-lint run
	go test .
	scripts/vulnerabilities
	cd $(UI) && npm run --if-present lint

.PHONY: check
check: lint ## The quick loop while you work, under a minute: lint, types, and the tests without a database or a browser
	go test ./geo/... ./civic/... ./analysis/... $$(go list ./ingest/... | grep -v /gazetteer) ./tiles/basemap/... ./tiles/index/... ./tiles/mvt/... ./tiles/pmtiles/... ./web/i18n/... ./web/contract/...
	cd $(UI) && npm run --if-present check
	cd $(UI) && npm run --if-present test

# The numbers of pins, tiles and runs of the large comparison, and the directory that keeps its database between runs.
PINS      ?= 1000000
TILES     ?= 100
RUNS      ?= 5
BENCH_DIR ?= $(or $(TMPDIR),/tmp)/pinezka-bench-$(PINS)

.PHONY: bench
bench: setup build ## Run the benchmarks; PINS=10000000 for the large one
	go test -run '^$$' -bench . ./geo/... ./civic/... ./analysis/... ./tiles/... ./ingest/... ./store ./web/...
	LOAD_SECONDS=60 go test -count=1 -v -run TestSubmissionsUnderHostileLoad ./cmd/pinezka
	@[ -d "$(BENCH_DIR)" ] || bin/pinezka demo --pins $(PINS) --data-dir "$(BENCH_DIR)"
	go run ./cmd/tilebench --data-dir "$(BENCH_DIR)" --tiles $(TILES) --runs $(RUNS)

.PHONY: e2e
e2e: setup-test build ## Run the end-to-end tests of the user interface in a browser
	cd $(UI) && npm run e2e

.PHONY: clean
clean: ## Delete what was built; data is kept
	rm -rf bin $(UI)/dist/* $(UI)/dist/.built $(UI)/node_modules $(UI)/test-results $(UI)/playwright-report
