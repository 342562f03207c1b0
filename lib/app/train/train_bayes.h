#ifndef LIKELY_APP_TRAIN_TRAIN_BAYES_H
#define LIKELY_APP_TRAIN_TRAIN_BAYES_H

#include "app/train/train.h"

struct train_bayes_settings {
    struct train_columns columns;
    const char *output;
    double pseudo_count, variance_floor;
    struct input_settings input;
    struct general_settings general;
};

/* What bayes-train does, from reading its operands to writing the model. */
enum status train_bayes_run(const struct train_bayes_settings *settings, const struct invocation *run, struct err *err);

#endif
