#ifndef LIKELY_APP_MEASURE_ENTROPY_H
#define LIKELY_APP_MEASURE_ENTROPY_H

#include "cli/command.h"
#include "cli/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct entropy_settings {
    const char *columns, *given, *group, *weights, *aweights;
    size_t memory;
    int estimate; /* enum information_estimate */
    bool bytes, decompress, tokens, counts, probabilities, joint, gauss, cov, se, redundancy;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What entropy does, from reading its operands to writing its result. */
enum status entropy_run(const struct entropy_settings *settings, const struct invocation *run, struct err *err);

#endif
