# likely: maximum likelihood for Unix pipelines.
# Every cmd/NAME.c becomes bin/NAME; every lib/*/*.c goes into one archive.

CC ?= cc
BUILD ?= build
BIN ?= bin
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Werror
OPTIMISE ?= -O2 -g
ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L $(OPTIMISE) $(WARNINGS) -Ilib -I$(BUILD) -pthread -fno-math-errno \
             -ffp-contract=off $(CFLAGS)
LIBS = -Wl,--as-needed -lcsv -lz -lopenblas -lm

commands := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
lib_sources := $(wildcard lib/*/*.c)
lib_objects := $(lib_sources:%.c=$(BUILD)/%.o)
archive := $(BUILD)/liblikely.a
unit_tests := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))

.PHONY: all check check-unit clean
all: $(commands:%=$(BIN)/%)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(archive): $(lib_objects)
	@rm -f $@
	ar rcs $@ $^

$(BIN)/%: $(BUILD)/cmd/%.o $(archive)
	@mkdir -p $(@D)
	$(CC) $(OPTIMISE) $(CFLAGS) -pthread -o $@ $< $(archive) $(LDFLAGS) $(LIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(archive)
	@mkdir -p $(@D)
	$(CC) $(OPTIMISE) $(CFLAGS) -pthread -o $@ $< $(archive) $(LDFLAGS) $(LIBS)

check-unit: $(unit_tests)
	@for t in $^; do echo "$$t"; $$t || exit 1; done

clean:
	rm -rf $(BUILD) $(BIN)

-include $(lib_objects:.o=.d) $(commands:%=$(BUILD)/cmd/%.d)
.SECONDARY:
