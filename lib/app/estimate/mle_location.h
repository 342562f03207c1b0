#ifndef LIKELY_APP_ESTIMATE_MLE_LOCATION_H
#define LIKELY_APP_ESTIMATE_MLE_LOCATION_H

#include "app/estimate/summary.h"

struct mle_location_settings {
    struct summary_settings columns;
    const char *loss;
    size_t influence;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What mle-location does, from reading its operands to writing its result. */
enum status mle_location_run(const struct mle_location_settings *settings, const struct invocation *run,
                             struct err *err);

#endif
