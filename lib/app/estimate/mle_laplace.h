#ifndef LIKELY_APP_ESTIMATE_MLE_LAPLACE_H
#define LIKELY_APP_ESTIMATE_MLE_LAPLACE_H

#include "app/estimate/summary.h"
#include "cli/unit.h"

struct mle_laplace_settings {
    struct summary_settings columns;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What mle-laplace does, from reading its operands to writing its result. */
enum status mle_laplace_run(const struct mle_laplace_settings *settings, const struct invocation *run, struct err *err);

#endif
