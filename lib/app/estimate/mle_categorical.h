#ifndef LIKELY_APP_ESTIMATE_MLE_CATEGORICAL_H
#define LIKELY_APP_ESTIMATE_MLE_CATEGORICAL_H

#include "app/estimate/summary.h"
#include "cli/unit.h"

struct mle_categorical_settings {
    struct summary_settings columns;
    bool summary;
    double pseudo;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What mle-categorical does, from reading its operands to writing its result. */
enum status mle_categorical_run(const struct mle_categorical_settings *settings, const struct invocation *run,
                                struct err *err);

#endif
