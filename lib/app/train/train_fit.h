#ifndef LIKELY_APP_TRAIN_TRAIN_FIT_H
#define LIKELY_APP_TRAIN_TRAIN_FIT_H

#include "app/train/train.h"
#include "app/train/train_init.h"
#include "fit/glm/separation.h"
#include "model/model.h"

/* Everything between the options of a trainer and its model. */
struct train {
    const struct train_settings *settings;
    const struct train_task *task;
    const struct invocation *run;
    struct dataset *data;
    bool is_svm; /* so that there are no columns to choose */
    struct glm *glm;
    const struct optim *solver;
    double l2;
    struct train_init init;
    double *theta;
    struct optim_result result;
    struct separation separation;
    double *covariance; /* NULL = none */
};

/* train_run for --solver online. */
enum status train_online(const struct train_settings *settings, const struct input_settings *input,
                         const struct train_task *task, const struct invocation *run, struct err *err);

/* The class of a label; one that is not there is an error that lists those that are. */
enum status train_find_label(const struct dataset *data, const char *label, size_t *class, struct err *err);

/* text: of --class-weight, or NULL. Errors: what it says is neither "balanced" nor weights above 0 of different labels;
 * a label that no row has. */
enum status train_check_class_weights(const char *text, struct err *err);
enum status train_weigh_classes(struct dataset *data, const char *text, struct err *err);

/* The model of a finished fit; the caller frees it. */
struct model *train_model(const struct train *t);

#endif
