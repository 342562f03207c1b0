#ifndef LIKELY_APP_SCORE_SOFTMAX_ROWS_H
#define LIKELY_APP_SCORE_SOFTMAX_ROWS_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

struct softmax_rows_settings {
    const char *columns, *path;
    bool log, sigmoid, greatest;
    double temperature;
    int missing;
    size_t digits;
    struct input_settings input;
    struct general_settings general;
};

/* What softmax does, from reading its operands to writing its result. */
enum status softmax_rows_run(const struct softmax_rows_settings *settings, const struct invocation *run,
                             struct err *err);

#endif
