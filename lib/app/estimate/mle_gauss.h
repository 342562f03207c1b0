#ifndef LIKELY_APP_ESTIMATE_MLE_GAUSS_H
#define LIKELY_APP_ESTIMATE_MLE_GAUSS_H

#include "app/estimate/summary.h"
#include "cli/unit.h"

struct mle_gauss_settings {
    struct summary_settings columns;
    const char *prior, *parameters;
    double known_variance;
    bool covariance, joint;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What mle-gauss does, from reading its operands to writing its result. */
enum status mle_gauss_run(const struct mle_gauss_settings *settings, const struct invocation *run, struct err *err);

#endif
