# The two commands of this project are `make run` and `make test`. The others
# are parts of them, or tools for those who change the desk.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# The checkers are run at pinned versions, so that they are no part of go.mod.
GOFUMPT     := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
ERRCHECK    := go run github.com/kisielk/errcheck@v1.30.0
GOCYCLO     := go run github.com/fzipp/gocyclo/cmd/gocyclo@v0.6.0
GOVULNCHECK := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0

# Everything but main.go builds without C, also for the platforms that most users
# sit on: MODULE itself is main.go.
MODULE := github.com/activitydesk/activitydesk

# Where make pictures puts what it took.
PICTURES := $(CURDIR)/build/pictures

.PHONY: help run build test format vet lint unit fuzz window bench pictures

help: ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

run: ## start the desk, installing first what this computer lacks
	@.ci/system run
	go run .

build: ## build the desk as ./activitydesk
	@.ci/system run
	go build -trimpath -tags migrated_fynedo -ldflags '-s -w' -o activitydesk .

test: ## everything that must hold: format, vet, lint, unit tests with all that fuzzing found, a real window
	@.ci/system test
	@$(MAKE) --no-print-directory format vet lint unit window
	@echo "all of it holds"

format:
	@out=$$($(GOFUMPT) -l .) || exit 1; if [ -n "$$out" ]; then echo "not formatted, run gofumpt -w on:"; echo "$$out"; exit 1; fi

vet:
	go vet ./...
	GOOS=windows CGO_ENABLED=0 go vet $$(go list ./... | grep -v '^$(MODULE)$$')

lint:
	$(STATICCHECK) ./...
	$(ERRCHECK) ./...
	$(GOCYCLO) -over 15 .
	.ci/vulnerabilities $(GOVULNCHECK)

unit:
	.ci/unit

fuzz: ## look for inputs that break what reads foreign bytes, 2 s a target; by chance, so no part of test
	FUZZJOBS=$${FUZZJOBS:-2} .ci/fuzz

window: ## the end-to-end cases, in a real window that nobody sees
	@if [ "$$(uname -s)" = Linux ]; then go build -o build/activitydesk . && \
	.ci/window env ACTIVITYDESK_BINARY="$$PWD/build/activitydesk" go test -count=1 -v ./ui/e2e ./client/vault; \
	else echo "window: skipped, Xvfb is for Linux"; fi

bench: ## how quick it is: each figure beside its aim and a reference, see docs/performance.md
	@.ci/bench

pictures: ## every state of the desk at three sizes, light and dark, in build/pictures
	@rm -rf "$(PICTURES)" && mkdir -p "$(PICTURES)/widgets" "$(PICTURES)/window"
	ACTIVITYDESK_PICTURES="$(PICTURES)" CGO_ENABLED=0 go test -count=1 -run TestEveryStateOfTheDesk ./ui
	ACTIVITYDESK_PICTURES="$(PICTURES)/widgets" CGO_ENABLED=0 go test -count=1 ./ui/widgets/gallery
	@if [ "$$(uname -s)" = Linux ]; then .ci/system test && go build -o build/activitydesk . && \
	.ci/window env ACTIVITYDESK_BINARY="$$PWD/build/activitydesk" ACTIVITYDESK_PICTURES="$(PICTURES)/window" go test -count=1 ./ui/e2e; fi
	@echo "$$(find "$(PICTURES)" -name '*.png' | wc -l) pictures in $(PICTURES)"
