#ifndef LIKELY_APP_SHOW_MODEL_SHOW_H
#define LIKELY_APP_SHOW_MODEL_SHOW_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

enum model_show_format {
    MODEL_SHOW_TEXT,
    MODEL_SHOW_CSV,
    MODEL_SHOW_TSV,
    MODEL_SHOW_TABLE,
    MODEL_SHOW_JSON,
    MODEL_SHOW_C
};

struct model_show_settings {
    bool count, fields, measures, image, plain;
    size_t layer;
    const char *tile;
    double confidence;
    const char *output;
    int to; /* enum model_show_format */
    size_t digits;
    struct general_settings general;
};

/* What model-show does, from reading its operands to writing its result. */
enum status model_show_run(const struct model_show_settings *settings, const struct invocation *run, struct err *err);

#endif
