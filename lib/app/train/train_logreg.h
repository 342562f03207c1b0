#ifndef LIKELY_APP_TRAIN_TRAIN_LOGREG_H
#define LIKELY_APP_TRAIN_TRAIN_LOGREG_H

#include "app/train/train.h"

enum train_logreg_loss { TRAIN_LOGREG_LOG, TRAIN_LOGREG_SQUARED };

struct train_logreg_settings {
    struct train_settings train;
    const char *positive;
    int loss; /* enum train_logreg_loss */
    struct input_settings input;
    struct general_settings general;
};

/* What logreg-train does, from reading its operands to writing the model. STATUS_UNCONVERGED as of train_run. */
enum status train_logreg_run(const struct train_logreg_settings *settings, const struct invocation *run,
                             struct err *err);

#endif
