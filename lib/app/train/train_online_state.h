#ifndef LIKELY_APP_TRAIN_TRAIN_ONLINE_STATE_H
#define LIKELY_APP_TRAIN_TRAIN_ONLINE_STATE_H

#include "app/train/train_init.h"
#include "fit/online/online_fit.h"

/* What an online fit knows, as fields of its model, so that it can go on with other rows. order: class k of the model
 * is class order[k] of the fit. */
void train_online_save(struct model *model, const struct online_fit *fit, const uint32_t *order);

/* The classes of the model of --init in the order that they have in what it knows, or else in its own: class order[k]
 * is its label k. Error: the model's order is none. */
enum status train_online_order(const struct train_init *init, uint32_t *order, struct err *err);

/* A start from the model of --init: what it knows if it was learnt online and holds that, else its coefficients, which
 * count as much as the rows that it was learnt from. labels: the model's classes, in the fit's order, which is that of
 * train_online_order but for two classes with one score. Release it when the fit is done. Error: a model whose fields
 * do not fit together. */
struct train_online_start {
    struct online_fit_start fit;
    struct online_state state;
    struct online_diagonal_state diagonal;
    uint32_t *index, *label; /* of features of svmlight text; of rows that wait for a batch */
    double *numbers;         /* what a state points to as that of the other class, or coefficients */
    double *kept;            /* rows that wait, of the other class */
    double class_weight[2];
};
enum status train_online_load(struct train_online_start *start, const struct train_init *init,
                              const char *const *labels, struct err *err);
void train_online_release(struct train_online_start *start);

#endif
