# dockerlite: `make demo` and `make test` do all the set-up on a fresh machine with Swift and apt.
PREFIX ?= /usr/local
SWIFT  ?= swift
# Nothing loads symbols from the binary: exporting them, as the static Swift runtime's link arguments ask, costs a fifth
# of the time of `--version`. Libraries are the system's, never those that lie beside the binary. Mapping and relocating
# the C++ runtime costs another fifth: it is linked statically, and so is zlib.
STATIC  = .build/static
RELEASE = $(SWIFT) build -c release --static-swift-stdlib --product dockerlite --disable-local-rpath \
	-Xlinker --no-export-dynamic -Xlinker -L$(abspath $(STATIC)) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
BINARY  = .build/release/dockerlite
SOURCES = Sources Tests Package.swift

.PHONY: deps build release demo test check fmt bench fuzz install clean

deps:
	@scripts/deps.sh

build: deps
	$(SWIFT) build

# The binary that ships: static Swift runtime, stripped.
release: deps
	@scripts/static-libraries.sh $(STATIC)
	$(RELEASE)
	strip -o $(BINARY)-stripped $(BINARY) && mv $(BINARY)-stripped $(BINARY)

demo: release
	@scripts/demo.sh $(BINARY)

# Debug build for the unit, golden and end-to-end tests; the release binary for the link test. What waits for whole
# programs and containers runs after the rest: it holds up the few threads that all tests share, timers included.
SLOW_TESTS = ContainersTests|EndToEndTests
test: release
	$(SWIFT) build --build-tests
	DOCKERLITE_RELEASE_BINARY=$(abspath $(BINARY)) $(SWIFT) test --skip-build --skip '$(SLOW_TESTS)'
	$(SWIFT) test --skip-build --filter '$(SLOW_TESTS)'

check:
	$(SWIFT) format lint --strict --recursive $(SOURCES)
	scripts/check.sh

fmt:
	$(SWIFT) format --in-place --recursive $(SOURCES)

bench: release
	@scripts/bench.sh $(BINARY)

# The bounded fuzz tests of all parsers, with many more cases than in `make test`; then coverage-guided fuzzing.
FUZZ_ITERATIONS ?= 200000
FUZZ_SECONDS ?= 60
fuzz: deps
	DOCKERLITE_FUZZ_ITERATIONS=$(FUZZ_ITERATIONS) $(SWIFT) test --filter 'Fuzz'
	@scripts/fuzz.sh $(FUZZ_SECONDS)

install: release
	install -D -m 0755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/dockerlite

clean:
	$(SWIFT) package clean
