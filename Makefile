# Every chore is a command. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
ENGINE ?= firefox
.PHONY: help serve build dist test engine soak fmt lint content size bench lighthouse screens screen-reader demo clean

# Tools of exact versions, installed where they are missing: see tools/ensure.sh.
BUILD_TOOLS = tools="$$(tools/ensure.sh build)" && eval "$$tools"
TEST_TOOLS = tools="$$(tools/ensure.sh test)" && eval "$$tools"
BENCH_TOOLS = tools="$$(tools/ensure.sh bench)" && eval "$$tools"

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

serve: build ## install what is missing, build, serve on 127.0.0.1, print the address
	@node tools/serve.mjs $(PORT)

build: ## build the release app into dist/
	@$(BUILD_TOOLS) && tools/release.sh

BASE ?= /
dist: build ## build for a host that serves the app under BASE (such as /x/y/), into target/site
	@rm -rf target/site && mkdir -p target/site$(BASE) && cp -R dist/. target/site$(BASE)
	@rm target/site$(BASE)_headers && sed 's#^/\*$$#$(BASE)*#' dist/_headers > target/site/_headers
	@touch target/site/.nojekyll
	@echo "target/site: put its contents at the root of the host"

test: ## install what is missing and run every test; the last line is the sum
	@$(TEST_TOOLS) && tools/test.sh

engine: build ## the main journeys in one engine: make engine ENGINE=firefox (or chromium, webkit)
	@$(TEST_TOOLS) && BOTHWAYS_ENGINE=$(ENGINE) node --test --test-concurrency=1 tests/engines/*.test.mjs

soak: ## the same tests with large counts, all of them under another path too
	@$(TEST_TOOLS) && BOTHWAYS_BOTH=all BOTHWAYS_CASES=10000 BOTHWAYS_KILLS=200 BOTHWAYS_EACH=100 BOTHWAYS_CODES=1000 BOTHWAYS_FILMED=15 BOTHWAYS_PICTURES=10000 BOTHWAYS_FUZZ_SECONDS=600 BOTHWAYS_BACKUP=20000 BOTHWAYS_UPDATES=100 CARGO_PROFILE_DEV_OPT_LEVEL=2 tools/test.sh

fmt: ## format the code
	@cargo fmt --all

lint: ## what the compiler and clippy say
	@tools/lint.sh

content: ## check what people read, and pack it
	@cargo xtask content

bench: build ## what it costs when the log is long, into target/bench.json
	@$(BENCH_TOOLS) && node tests/e2e/bench.mjs

lighthouse: build ## Lighthouse for a phone, five times, the medians into target/lighthouse.json
	@$(BENCH_TOOLS) && node tests/bench/lighthouse.mjs

size: build ## what the build weighs, file by file
	@cat target/size.json

screens: build ## pictures of every room into docs/screens/
	@$(TEST_TOOLS) && for pair in little grown; do for language in en es; do \
	  cargo xtask demo $$pair $$language > /dev/null || exit 1; done; done && node tests/e2e/screens.mjs

screen-reader: build ## docs/screen-reader.md anew: what is heard in the main journeys
	@$(TEST_TOOLS) && BOTHWAYS_REGENERATE=1 node --test tests/e2e/screen-reader.test.mjs

PAIR ?= grown
# Not `?=`: many a shell has a LANGUAGE of its own.
LANGUAGE = en
demo: ## a log to look at, as a backup: make demo PAIR=grown (or little) LANGUAGE=en (or es)
	@$(TEST_TOOLS) && cargo xtask demo $(PAIR) $(LANGUAGE)

clean: ## remove what was built here (the tool cache stays)
	@rm -rf dist target public/pack public/words style/made
