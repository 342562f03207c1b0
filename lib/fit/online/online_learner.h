#ifndef LIKELY_FIT_ONLINE_ONLINE_LEARNER_H
#define LIKELY_FIT_ONLINE_ONLINE_LEARNER_H

#include "fit/online/online.h"

/* A learner as online_fit.c sees it: one const struct of functions per learner. There are two, online_batches.c (all
 * that is known in a matrix per score) and online_diagonal_learner.c (a number per coefficient). `state` is what
 * `new` made. */

struct online_fit_start;

struct online_learner_options {
    size_t d;     /* columns; of sparse rows 0: features come as they occur */
    bool several; /* a score per class, of which there are none yet; else one score */
    bool sparse;
    size_t classes; /* expected number */
    struct online_prior prior;
};

struct online_learner {
    void *(*new)(const struct online_learner_options *options); /* NULL: too many coefficients */
    void (*free)(void *state);                                  /* NULL is accepted */

    /* One more class; false: no room for it. Only with `several`. */
    bool (*add_class)(void *state);
    /* Goes on as another learner, which has more room: frees the state and returns that of *successor. Pending rows are
     * learnt from first; *loss: the sum of their losses. NULL: there is none. */
    void *(*outgrow)(void *state, const struct online_learner_options *options, double *loss);
    const struct online_learner *successor;

    /* Before the first row: starts at coefficients, scores x (1 + n), of the features of these indexes, or resumes. */
    void (*start)(void *state, size_t n, const uint32_t *index, const double *coefficients, double weight);
    void (*restore)(void *state, const struct online_fit_start *start);

    /* Learns from a row now or, in a batch, later. *loss: the weighted sum of the losses of the rows learnt from now,
     * each under the parameters before. False: values are so large that their squares overflow. */
    bool (*learn)(void *state, const struct online_row *row, double *loss);
    /* How many rows wait for a batch. look_ahead: whether coefficients are shown as if the pending rows had been learnt
     * from; returns the sum of their losses if so, else 0. */
    size_t (*pending)(const void *state);
    double (*look_ahead)(void *state, bool wanted);

    size_t (*scores)(const void *state);
    /* Features that have occurred, and their indexes, ascending. NULL: the features are given. */
    size_t (*count)(const void *state);
    void (*indexes)(const void *state, uint32_t *index);
    /* coefficients: scores x (1 + n), the intercept first, of values as they are. */
    void (*coefficients)(const void *state, size_t n, const uint32_t *index, double *coefficients);
    bool (*is_constant)(const void *state, uint32_t index); /* its coefficients are 0 */
};

#endif
