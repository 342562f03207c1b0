#ifndef LIKELY_CLI_TRAIN_FIT_H
#define LIKELY_CLI_TRAIN_FIT_H

#include "cli/train.h"
#include "file/model.h"
#include "fit/separation.h"

/* Everything between the options of a trainer and its model. */
struct train {
    const struct train_settings *settings;
    const struct train_task *task;
    const struct invocation *run;
    struct dataset *data;
    struct glm *glm;
    const struct optim *solver;
    double l2;
    double *theta;
    struct optim_result result;
    struct separation separation;
    double *covariance; /* NULL = none */
};

/* train_run for --solver online. */
enum status train_online(const struct train_settings *settings, const struct input_settings *input, const struct train_task *task,
                         const struct invocation *run, struct err *err);

/* The model of a finished fit; the caller frees it. */
struct model *train_model(const struct train *t);

#endif
