# likely: maximum likelihood for Unix pipelines.
# Every cmd/NAME.c becomes bin/NAME; every .c file of lib/ goes into one archive.

# make V=1 shows the commands.
Q = $(if $(V),,@)
ifeq ($(origin CC),default)
CC = gcc
endif
BUILD = build
BIN = bin
PREFIX = /usr/local
DESTDIR =
# Tests make an error of every warning (WERROR=-Werror); who only builds may have a compiler that knows new ones.
# A named constant of an enum is an int, and may meet a double as any int may.
WERROR =
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wno-enum-float-conversion $(WERROR)
OPTIMISE = -O2 -g
ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L $(OPTIMISE) $(WARNINGS) -Ilib -I$(BUILD) -pthread -fno-math-errno \
             -ffp-contract=off $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(OPTIMISE) $(CFLAGS) -pthread $(LDFLAGS)
# Libraries that decompress input, where their headers are found; make CODECS= does without.
CODECS := $(shell printf '\043if __has_include(<%s>)\n%s\n\043endif\n' lzma.h lzma zstd.h zstd bzlib.h bz2 | \
                  $(CC) $(CPPFLAGS) $(CFLAGS) -E -P -x c - 2>/dev/null)
LIBS = -Wl,--as-needed -lcsv -lz $(CODECS:%=-l%) -lm

commands := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
objects := $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*/*.c lib/*/*/*.c))
archive := $(BUILD)/liblikely.a
unit_tests := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))

.PHONY: all help unit-tests deps demo test check check-asan coverage check-layers bench bench-deps golden install \
        uninstall clean
.DELETE_ON_ERROR:
.SECONDARY:

all: $(commands:%=$(BIN)/%)

help:
	@echo 'make              builds the commands in bin/'
	@echo 'make test         builds, runs the unit tests and one bats file per command; installs nothing'
	@echo '                  T=NAME runs the bats file and the unit test NAME, FILTER=PATTERN tests whose names match'
	@echo 'make check        installs what is missing and runs all tests, on three builds'
	@echo 'make check-asan   runs all tests with ASan and UBSan'
	@echo 'make lint         checks layout, columns, C and shell with clang-format, clang-tidy, cppcheck and shellcheck'
	@echo 'make coverage     shows which share of lines the tests run, by room'
	@echo 'make format       lays out C as .clang-format says'
	@echo 'make check-layers checks the rules of ARCHITECTURE.md'
	@echo 'make check-docs   checks that manual pages and completions are those of the option tables'
	@echo 'make docs         makes manual pages and completions'
	@echo 'make golden       makes the expected output of manual examples'
	@echo 'make fuzz         feeds the readers with mutated input'
	@echo 'make bench        times the commands against their peers'
	@echo 'make demo         installs what is missing, builds, trains and evaluates on real data'
	@echo 'make deps         installs what builds and tests need; make bench-deps what make bench needs'
	@echo 'make install      installs to PREFIX ($(PREFIX)), below DESTDIR; make uninstall removes it'
	@echo 'make clean        removes everything that was built'

unit-tests: $(unit_tests:%=$(BUILD)/unit/%) build/tools/compare build/tools/pairs

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# A file that went away must leave the archive too: the list of objects is a prerequisite of its own.
$(archive): $(objects) $(BUILD)/objects
	@rm -f $@
	$(Q)$(AR) rcs $@ $(objects)

$(BUILD)/objects: FORCE
	@mkdir -p $(@D)
	@echo $(objects) | cmp -s - $@ || echo $(objects) > $@

# So do these when other libraries are found.
upper = $(subst bz,BZ,$(subst lzma,LZMA,$(subst zstd,ZSTD,$1)))
$(BUILD)/lib/data/table/codec_%.o: ALL_CFLAGS += $(foreach c,$(CODECS),-DWITH_$(call upper,$c))
$(filter %/codec_xz.o %/codec_zstd.o %/codec_bzip2.o,$(objects)): $(BUILD)/codecs

$(BUILD)/codecs: FORCE
	@mkdir -p $(@D)
	@echo $(CODECS) | cmp -s - $@ || echo $(CODECS) > $@

$(BIN)/%: $(BUILD)/cmd/%.o $(archive)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $< $(archive) $(LIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(archive)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $< $(archive) $(LIBS)

.PHONY: FORCE
FORCE:

# What is missing on a fresh Debian machine.
deps:
	@.ci/deps build test

# A path as it is seen from there; make has no absolute ones where directories have blanks in their names.
from_tour = $(if $(filter /%,$1),,../../../)$1

demo:
	@.ci/deps build
	@$(MAKE) --no-print-directory -s -j2 all
	@$(MAKE) --no-print-directory -s -C share/experiments/tour BIN=$(call from_tour,$(BIN)) \
	    OUT=$(call from_tour,$(BUILD))/tour

# T and FILTER reach tests/run.sh in the environment.
test:
	@tests/run.sh test

check:
	@.ci/deps build test
	@tests/run.sh check

check-asan:
	@.ci/deps build test
	@tests/run.sh asan

# The lines that the tests run, in a build of its own.
coverage:
	@.ci/deps build test
	@find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory coverage-tests BUILD=$(BUILD)/coverage BIN=$(BUILD)/coverage/bin \
	    OPTIMISE='-O0 -g --coverage -fprofile-update=atomic'
	@tests/tools/coverage.sh $(BUILD)/coverage

.PHONY: coverage-tests
coverage-tests:
	@tests/run.sh coverage

# clang-tidy looks again at files whose objects have changed only.
.PHONY: format lint lint-layout lint-columns lint-shell lint-cppcheck lint-tidy
format:
	clang-format -i $(c_files)

lint: lint-layout lint-columns lint-shell lint-cppcheck lint-tidy
lint-layout lint-columns lint-shell lint-cppcheck:
	@tests/tools/lint.sh $(@:lint-%=%)

c_files = $(shell find cmd lib tests -name '*.[ch]' ! -path 'tests/ref/*')
tidied := $(objects) $(commands:%=$(BUILD)/cmd/%.o) $(unit_tests:%=$(BUILD)/tests/unit/%.o)
lint-tidy: $(tidied:%.o=%.tidy)
# The object stands for the source and every header that it includes.
$(BUILD)/%.tidy: $(BUILD)/%.o .clang-tidy
	@tests/tools/lint.sh tidy $*.c
	@touch $@

check-layers: $(archive)
	@tests/tools/layers.sh $(BUILD)

# Manual pages and completions are made from the option tables and man/*.in, and committed: `docs` makes them,
# `check-docs` says which are not as `docs` would make them.
documents := $(commands:%=man/%.1) $(patsubst man/%.in,man/%,$(wildcard man/*.7.in)) $(commands:%=completions/bash/%) \
             $(commands:%=completions/zsh/_%) $(commands:%=completions/fish/%.fish)

.PHONY: docs check-docs
docs: $(documents:%=$(BUILD)/docs/%)
	@mkdir -p $(sort man/ $(dir $(documents)))
	@for page in $(documents); do cmp -s $(BUILD)/docs/$$page $$page || cp $(BUILD)/docs/$$page $$page || exit 1; done

check-docs: $(documents:%=$(BUILD)/docs/%)
	@tests/tools/docs.sh $(BUILD)/docs $(documents)

$(commands:%=$(BUILD)/docs/man/%.1): $(BUILD)/docs/man/%.1: man/%.in $(BIN)/%
	@mkdir -p $(@D)
	$(Q)$(BIN)/$* --view=man <$< >$@

$(BUILD)/docs/man/likely-model.7: man/likely-model.7.in $(BIN)/model-show
	@mkdir -p $(@D)
	$(Q)$(BIN)/model-show --view=page <$< >$@

$(BUILD)/docs/man/likely-losses.7: man/likely-losses.7.in $(BIN)/loss-eval
	@mkdir -p $(@D)
	$(Q)$(BIN)/loss-eval --view=page <$< >$@

$(BUILD)/docs/man/%.7: man/%.7.in
	@mkdir -p $(@D)
	$(Q){ echo '.\" Made from $<; do not edit.'; cat $<; } >$@

$(commands:%=$(BUILD)/docs/completions/bash/%): $(BUILD)/docs/completions/bash/%: $(BIN)/%
	@mkdir -p $(@D)
	$(Q)$< --view=bash >$@

$(commands:%=$(BUILD)/docs/completions/zsh/_%): $(BUILD)/docs/completions/zsh/_%: $(BIN)/%
	@mkdir -p $(@D)
	$(Q)$< --view=zsh >$@

$(commands:%=$(BUILD)/docs/completions/fish/%.fish): $(BUILD)/docs/completions/fish/%.fish: $(BIN)/%
	@mkdir -p $(@D)
	$(Q)$< --view=fish >$@

bench: all $(BUILD)/bench/number
	@tests/bench/run.sh

$(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -D_POSIX_C_SOURCE=200809L -O2 $(WARNINGS) -o $@ $< -lm

build/tools/%: tests/tools/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -O2 $(WARNINGS) -o $@ $< -lz -lm

$(BUILD)/bench/number: $(BUILD)/tests/bench/number.o $(archive)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $< $(archive) $(LIBS)

bench-deps:
	@.ci/deps build bench

# Makes the committed outputs again that tests compare with; look at the diff before committing it.
golden: all
	@tests/tools/golden.sh

# Man pages and completions go where man and each shell look for them.
bindir = $(DESTDIR)$(PREFIX)/bin
mandir = $(DESTDIR)$(PREFIX)/share/man
bashdir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
datadir = $(DESTDIR)$(PREFIX)/share/likely

# Not what experiments have made, and readable to all whatever the umask.
shared := $(patsubst share/%,%,$(wildcard share/data/* share/experiments/*/Makefile))
pages := $(patsubst man/%,%,$(wildcard man/*.7))

install: all
	install -d "$(bindir)" "$(mandir)/man1" "$(mandir)/man7" "$(bashdir)" "$(zshdir)" "$(fishdir)"
	install -m 755 $(commands:%=$(BIN)/%) "$(bindir)"
	install -m 644 man/*.1 "$(mandir)/man1"
	install -m 644 $(pages:%=man/%) "$(mandir)/man7"
	install -m 644 completions/bash/* "$(bashdir)"
	install -m 644 completions/zsh/* "$(zshdir)"
	install -m 644 completions/fish/* "$(fishdir)"
	for directory in $(sort $(dir $(shared))); do install -d "$(datadir)/$$directory" || exit 1; done
	for file in $(shared); do install -m 644 "share/$$file" "$(datadir)/$$file" || exit 1; done

uninstall:
	for c in $(commands); do \
	    rm -f "$(bindir)/$$c" "$(mandir)/man1/$$c.1" "$(bashdir)/$$c" "$(zshdir)/_$$c" "$(fishdir)/$$c.fish" || exit 1; \
	done
	for page in $(pages); do rm -f "$(mandir)/man7/$$page" || exit 1; done
	rm -rf "$(datadir)"

# Inputs that clang's libFuzzer makes up, through what reads bytes of others:
# make fuzz FUZZ_RUNS=1000000 FUZZ_TARGETS=records
FUZZ_RUNS = 100000
FUZZ_LENGTH = 160
FUZZ_OPTIMISE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
.PHONY: fuzz
fuzz: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%)
	@tests/fuzz/run.sh $(BUILD) $(FUZZ_RUNS) $(FUZZ_LENGTH) $(FUZZ_TARGETS)

# The library once more, with what tells the fuzzer which branches an input takes.
.PHONY: fuzz-library
fuzz-library:
	@$(MAKE) --no-print-directory CC=clang BUILD=$(BUILD)/fuzz/build \
	    OPTIMISE='$(FUZZ_OPTIMISE) -fsanitize=fuzzer-no-link' $(BUILD)/fuzz/build/liblikely.a

$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h fuzz-library
	@mkdir -p $(@D)
	@echo "CLANG $@"
	$(Q)clang -std=c17 -D_POSIX_C_SOURCE=200809L $(WARNINGS) $(FUZZ_OPTIMISE) -fsanitize=fuzzer -ffp-contract=off \
	    -pthread -Ilib -o $@ $< $(BUILD)/fuzz/build/liblikely.a $(LIBS)

clean:
	rm -rf build $(BUILD) $(BIN)

-include $(objects:.o=.d) $(commands:%=$(BUILD)/cmd/%.d) $(unit_tests:%=$(BUILD)/tests/unit/%.d)
