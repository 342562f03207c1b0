#ifndef LIKELY_APP_MEASURE_KL_H
#define LIKELY_APP_MEASURE_KL_H

#include "cli/command.h"
#include "cli/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct kl_settings {
    const char *columns, *keys, *logits, *group;
    size_t memory;
    double smooth;
    bool probabilities, bytes, decompress, lines, tokens, gauss, cov;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What kl does, from reading its operands to writing its result. */
enum status kl_run(const struct kl_settings *settings, const struct invocation *run, struct err *err);

#endif
