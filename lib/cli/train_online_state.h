#ifndef LIKELY_CLI_TRAIN_ONLINE_STATE_H
#define LIKELY_CLI_TRAIN_ONLINE_STATE_H

#include "cli/train_init.h"
#include "fit/online_fit.h"

/* What an online fit knows, as fields of its model, so that it can go on with other rows. order: class k of the model is class
 * order[k] of the fit; of two with one score, the second is the one whose log-odds the model has. */
void train_online_save(struct model *model, const struct online_fit *fit, const uint32_t *order);

/* A start from the model of --init: what it knows if it was learnt online and holds that, else its coefficients, which count as much as the
 * rows that it was learnt from. labels: the model's classes, in the fit's order. Release it when the fit is done. Error: a model
 * whose fields do not fit together. */
struct train_online_start {
    struct online_fit_start fit;
    struct online_state state;
    double *numbers; /* what state points to in another order, or coefficients */
};
enum status train_online_load(struct train_online_start *start, const struct train_init *init, const char *const *labels,
                              struct err *err);
void train_online_release(struct train_online_start *start);

#endif
