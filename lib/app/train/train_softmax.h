#ifndef LIKELY_APP_TRAIN_TRAIN_SOFTMAX_H
#define LIKELY_APP_TRAIN_TRAIN_SOFTMAX_H

#include "app/train/train.h"

struct train_softmax_settings {
    struct train_settings train;
    const char *reference;
    struct input_settings input;
    struct general_settings general;
};

/* What softmax-train does, from reading its operands to writing the model. STATUS_UNCONVERGED as of train_run. */
enum status train_softmax_run(const struct train_softmax_settings *settings, const struct invocation *run,
                              struct err *err);

#endif
