#ifndef LIKELY_APP_NN_NN_H
#define LIKELY_APP_NN_NN_H

#include "app/train/train.h"

#include <stdbool.h>
#include <stddef.h>

enum nn_dtype { NN_DOUBLE, NN_SINGLE };

struct nn_settings {
    struct train_columns columns;
    const char *class_weights, *layers, *loss, *init, *valid;
    bool no_bias;
    int start;     /* enum network_start */
    int scale;     /* enum trainer_scale */
    int optimizer; /* of step_all */
    int schedule;  /* of schedule_all */
    int dtype;     /* enum nn_dtype */
    double learning_rate, warm_up, momentum, weight_decay, clip, tolerance;
    size_t batch, epochs, patience;
    size_t checkpoint;
    bool resume, check_gradient;
    const char *trace, *output;
    size_t memory;
    struct input_settings input;
    struct general_settings general;
};

/* What nn-train does, from reading its operands to writing the model. STATUS_UNCONVERGED with advice where training
 * diverged. */
enum status nn_run(const struct nn_settings *settings, const struct invocation *run, struct err *err);

/* The choices of options. */
extern const struct opt_choice nn_starts[], nn_scales[], nn_dtypes[];
const struct opt_choice *nn_optimizers(void);
const struct opt_choice *nn_schedules(void);
const struct opt_choice *nn_losses(void);

#endif
