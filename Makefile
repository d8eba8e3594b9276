# One set of build flags for every target, so that the build cache is shared. No C compiler is needed, except for `race`.
export CGO_ENABLED := 0
# The gate must also work in an exported tree, which has no version control to stamp from.
# A component of a page is not written out anew wherever it is used, and gin needs no MessagePack: decision 0018.
export GOFLAGS := -buildvcs=false -tags=nomsgpack -gcflags=github.com/followthrough/followthrough/frontend=-d=inlfuncswithclosures=0

TOOL := go tool -modfile=tools/go.mod
BROWSER := frontend/browser
# `make pictures PICTURES="--lang ja --theme dark /topics"`; with URL=http://... on a server that runs already.
export PICTURES URL
# `make browser GREP=@point-20` runs the tests of one point of the acceptance table.
export GREP
ADDR ?= 127.0.0.1:8080
DATA ?= data

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup generate build check unit race browser test bench benchstat peer load pictures readme-pictures run

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## install what the tests need and is missing
	@tools/setup.sh
	@$(MAKE) --no-print-directory $(BROWSER)/node_modules/.package-lock.json

# npm writes this file last, so it is older than the lock when the installation is stale or was cut short.
$(BROWSER)/node_modules/.package-lock.json: $(BROWSER)/package-lock.json
	cd $(BROWSER) && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci
	@touch $@

# From the top, because templ writes the path it saw into the generated code.
generate: ## generate Go from the templates
	$(TOOL) templ generate

build: ## build the program into build/
	go build -o build/followthrough ./cmd/followthrough

check: ## quick: format, fresh templates, vet, staticcheck
	@tools/test.sh check

unit: ## Go tests on both engines
	@tools/test.sh unit

race: ## Go tests with the race detector, where the SQLite driver is not needed
	@tools/test.sh race

browser: ## the pages in Chromium, and the acceptance table
	@tools/test.sh browser

test: ## the whole gate: setup, check, unit, race, browser, acceptance table
	@tools/test.sh setup check unit race browser

# The record of samples that benchmarks read; the first run makes it, in about four minutes.
BENCH_RECORD ?= $(CURDIR)/build/bench
# `make bench BENCH=LargeJSON/list BENCHTIME=20x COUNT=6 | tee new.txt`, then `make benchstat OLD=old.txt NEW=new.txt`.
BENCH ?= .
BENCHTIME ?= 10x
COUNT ?= 1

bench: build ## benchmarks beside the bare work, on 400,000 judgements
	build/followthrough seed --size m --data $(BENCH_RECORD) >&2
	@FOLLOWTHROUGH_BENCH_RECORD=$(BENCH_RECORD)/followthrough.db go test -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -count $(COUNT) -timeout 60m ./handlers ./models/store

benchstat: ## compare two outputs of bench, OLD and NEW
	@$(TOOL) benchstat $(OLD) $(NEW)

# As in the image: no symbols, no paths.
build/release/followthrough: build
	go build -trimpath -ldflags='-s -w' -o $@ ./cmd/followthrough

# The tool is a module of its own, which builds PocketBase the first time, some minutes. `make peer PEER="-only list -rounds 9"`.
peer: build/release/followthrough ## the program beside PocketBase, on 400,000 judgements
	build/followthrough seed --size m --data $(BENCH_RECORD) >&2
	cd bench/peer && GOFLAGS=-buildvcs=false go run . -product ../../$< -record $(BENCH_RECORD)/followthrough.db -work ../../build/peer $(PEER)

# `make load LOAD="-large DIR"` starts the program on a larger record, too.
load: build/release/followthrough ## start, memory, and readers beside writers, on 400,000 judgements
	build/followthrough seed --size m --data $(BENCH_RECORD) >&2
	cd bench/peer && GOFLAGS=-buildvcs=false go run ./load -product ../../$< -record $(BENCH_RECORD)/followthrough.db -work ../../build/load $(LOAD)

pictures: ## screenshots into build/pictures
	@tools/test.sh pictures

readme-pictures: build ## the pictures of the README into docs/pictures, as its pictures.json lists them
	@node tools/readme-pictures.mjs

run: build ## serve on ADDR with the data in DATA
	build/followthrough serve --addr $(ADDR) --data $(DATA)
