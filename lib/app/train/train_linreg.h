#ifndef LIKELY_APP_TRAIN_TRAIN_LINREG_H
#define LIKELY_APP_TRAIN_TRAIN_LINREG_H

#include "app/train/train.h"

#include <stdbool.h>
#include <stddef.h>

struct train_linreg_settings {
    struct train_columns columns;
    struct train_penalty penalty;
    bool no_intercept;
    double confidence, tolerance;
    const char *loss, *heteroscedastic, *output;
    size_t memory;
    struct input_settings input;
    struct general_settings general;
};

/* What linreg-train does, from reading its operands to writing the model. STATUS_UNCONVERGED with a message when the
 * model that was written is not the optimum. */
enum status train_linreg_run(const struct train_linreg_settings *settings, const struct invocation *run,
                             struct err *err);

#endif
