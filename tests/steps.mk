# The steps of the tests, for tests/run.sh: `test`, `rest` (the others of `make check`) and `asan`. make runs them side
# by side, beginning with those that come first in the lists. T selects bats files and unit tests by name, FILTER tests
# by pattern.
BUILD ?= build
BIN ?= bin
OUT ?= $(BUILD)/check
step = @tests/tools/step.sh
WERROR = -Werror

# A report of a sanitizer needs lines (-g1), not variables. gcc 14 misaligns vectors of 64 bytes in the frames with
# which ASan detects uses after return.
sanitize = -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all --param asan-use-after-return=0

# The files that run longest come first, so that none of them is left to run alone at the end.
long := nn-train topics/memory topics/online_sparse frame/cli topics/mnist frame/progress
first_long = $(filter $(long),$1) $(filter-out $(long),$1)
select = $(if $T,$(foreach t,$T,$(filter $t %/$t,$1)),$1)
commands := $(call first_long,$(call select,$(patsubst tests/%.bats,%,$(wildcard tests/*.bats))))
topics := $(call first_long,$(call select,$(patsubst tests/%.bats,%,$(wildcard tests/*/*.bats))))
units := $(call select,$(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c)))

$(if $(strip $(commands) $(topics) $(units)),,$(error no bats file and no unit test is called '$T'))

# Sanitizers watch every path through the code once: all unit tests, a bats file per command (between them these read
# every format, fit every kind of model and write every kind of result), and the topics that bring readers, writers or
# solvers of their own. The other topics, and tests with the tag `long`, lead through the same code with more data;
# `make check-asan` runs them as well.
watched := $(commands) $(filter $(addprefix topics/,svm fold init sgd online class-weight offset soft-targets \
           linreg-robust categorical-features) frame/input frame/out,$(topics))
short = $(if $(filter rest,$(MAKECMDGOALS)),--filter-tags '!long')
lints := $(addprefix $(OUT)/lint-,tidy cppcheck shell layout columns)

.PHONY: test rest covered asan FORCE
# What T names is run wherever it is.
test: $(OUT)/gcc/build $(commands:%=$(OUT)/gcc/%.bats) $(if $T,$(topics:%=$(OUT)/gcc/%.bats)) \
      $(units:%=$(OUT)/gcc/unit/%)
rest: $(OUT)/asan/build $(topics:%=$(OUT)/gcc/%.bats) $(OUT)/clang/build $(lints) $(OUT)/docs $(OUT)/rooms \
      $(watched:%=$(OUT)/asan/%.bats) $(units:%=$(OUT)/asan/unit/%) $(units:%=$(OUT)/clang/unit/%)
covered: $(OUT)/gcc/build $(commands:%=$(OUT)/gcc/%.bats) $(topics:%=$(OUT)/gcc/%.bats) $(units:%=$(OUT)/gcc/unit/%)
asan: $(OUT)/asan/build $(commands:%=$(OUT)/asan/%.bats) $(topics:%=$(OUT)/asan/%.bats) $(units:%=$(OUT)/asan/unit/%)

# What bats files measure with stands in build/ always, and is made before two of them want it at once.
$(OUT)/tools: FORCE
	$(step) command $@ $(MAKE) -f Makefile BUILD=build build/bench/measure build/bench/generate build/tools/compare \
	    build/tools/pairs
build = $(step) command $@ $(MAKE) -f Makefile WERROR=$(WERROR) all unit-tests
$(OUT)/gcc/build: FORCE
	$(build)
$(OUT)/clang/build: FORCE
	$(build) CC=clang BUILD=$(BUILD)/clang BIN=$(BUILD)/clang/bin OPTIMISE=-O1
$(OUT)/asan/build: FORCE
	$(build) CC=gcc BUILD=$(BUILD)/asan BIN=$(BUILD)/asan/bin OPTIMISE='$(sanitize)'

# Usage: $(call results,NAME,BUILD,BIN,OPTIONS) — the unit tests and bats files of a build, with options of bats.
define results
$(OUT)/$1/unit/%: $(OUT)/$1/build FORCE
	$$(step) unit $$@ $2/unit/$$*
$(OUT)/$1/%.bats: $(OUT)/$1/build $(OUT)/tools FORCE
	$$(step) bats $$@ env LIKELY_BIN="$$$$(cd $3 && pwd)" \
	    bats --formatter tap $4 $$(if $$(FILTER),--filter "$$$$FILTER") tests/$$*.bats
endef
$(eval $(call results,gcc,$(BUILD),$(BIN)))
$(eval $(call results,clang,$(BUILD)/clang,$(BUILD)/clang/bin))
$(eval $(call results,asan,$(BUILD)/asan,$(BUILD)/asan/bin,$(short)))

# These use what the first build has made.
$(lints): $(OUT)/gcc/build
	$(step) command $@ $(MAKE) -f Makefile $(@F)
$(OUT)/docs: $(OUT)/gcc/build
	$(step) command $@ $(MAKE) -f Makefile check-docs
$(OUT)/rooms: $(OUT)/gcc/build
	$(step) command $@ tests/tools/layers.sh $(BUILD)
FORCE:
