#ifndef LIKELY_APP_TRAIN_TRAIN_LINEAR_H
#define LIKELY_APP_TRAIN_TRAIN_LINEAR_H

#include "app/train/train.h"

/* Linear regressions that look at the rows many times. */
enum train_linear_loss { TRAIN_LINEAR_HUBER, TRAIN_LINEAR_L1, TRAIN_LINEAR_SD };

struct train_linear {
    const struct train_columns *columns;
    const struct input_settings *input;
    const struct invocation *run;
    enum train_linear_loss loss;
    double delta;            /* of huber: in units of the target or, with … */
    bool scaled;             /* … this, of the scale of the errors, which is estimated */
    const char *sd_features; /* of sd: a column list or "all" */
    bool no_intercept;
    double confidence, tolerance;
    const char *output;
    size_t memory;
};

/* Reads the operands, fits, writes the model. STATUS_UNCONVERGED with a message when the model that was written is not
 * the optimum. */
enum status train_linear_run(const struct train_linear *task, struct err *err);

#endif
