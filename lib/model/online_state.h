#ifndef LIKELY_MODEL_ONLINE_STATE_H
#define LIKELY_MODEL_ONLINE_STATE_H

#include "fit/online/online_fit.h"
#include "model/model.h"
#include "model/predictor.h"

/* The state of a pass of online learning in its model, from which a pass over other rows continues as if both had been
 * one. Its fields are the groups ONLINE, RECURSION and DIAGONAL of field.list. */

/* order: class k of the model is class order[k] of the pass. */
void online_state_write(struct model *model, const struct online_fit *fit, const uint32_t *order);

/* Whether there is a state in a model. */
bool online_state_is_there(const struct model *model);

/* The classes of a model in the order that they have in its state, or else in their own: class order[k] is label k.
 * Error: the order repeats a class or leaves one out. */
enum status online_state_order(const struct predictor *predictor, uint32_t *order, struct err *err);

/* A start of a pass, for online_fit. Zero-initialise; release it when the pass is done. It points into the model. */
struct online_state_start {
    struct online_fit_start fit;
    struct online_state state;
    struct online_diagonal_state diagonal;
    uint32_t *index, *label; /* of features of svmlight text; of rows that wait for a batch */
    double *numbers;         /* the coefficients, or a state for the other class */
    double *kept;            /* rows that wait, for the other class */
    double class_weight[2];
};
/* name: of the model in messages. labels: the classes in the order of the pass, which is that of online_state_order
 * but for two classes with one score, which may be exchanged. Errors: numbers that cannot be such a state. */
enum status online_state_read(struct online_state_start *start, const struct predictor *predictor, const char *name,
                              const char *const *labels, struct err *err);
/* A start without a state: coefficients, which the start owns now, that weigh as much as the model's rows. */
void online_state_start_at(struct online_state_start *start, const struct predictor *predictor, const char *name,
                           double *coefficients);
void online_state_release(struct online_state_start *start);

#endif
