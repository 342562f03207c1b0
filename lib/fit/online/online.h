#ifndef LIKELY_FIT_ONLINE_ONLINE_H
#define LIKELY_FIT_ONLINE_ONLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Logistic and softmax regression from rows that are seen once, in memory that grows with the coefficients only: a
 * recursion of Newton steps on all that is known (the extended Kalman filter of a generalised linear model; L.
 * Fahrmeir and G. Tutz, Multivariate Statistical Modelling Based on Generalized Linear Models, 2nd ed. (2001), 8.3).
 *
 * The rows so far are known by the quadratic theta'A theta / 2 - b'theta of each score's parameters theta. A batch of
 * rows with the loss L moves theta to the minimum of
 *
 *     theta'A theta / 2 - b'theta + sum of prior theta^2 / 2 + L(theta)
 *
 * and adds L's own quadratic, H and gradient g of its last Newton step: A += H, b += H theta - g. For one score H is
 * the Hessian. For a score per class it is, class by class, sum of 2 p (1 - p) x x', an upper bound of it: in each
 * row of diag(p) - p p' the other entries together are as large as the diagonal one (Gershgorin).
 *
 * The prior of a coefficient has the precision l2 times the weight seen, plus 1 / prior_sd^2, plus 1, on columns of
 * sd 1: the last, as weak as a few rows, keeps estimates finite until there are enough. That of an intercept is
 * ONLINE_INTERCEPT_PRIOR. */

enum {
    ONLINE_NUMBERS_MAX = 250000, /* of A, for all scores */
    ONLINE_COLUMNS_MAX = 499,    /* that fit in where there is one score */
};
#define ONLINE_INTERCEPT_PRIOR 0.01

struct online_row {
    size_t n;
    const uint32_t *index; /* n different ones; NULL = 0, 1, … */
    const double *x;       /* n */
    double weight, offset; /* offset: added to the log-odds of class 1 */
    uint32_t label;
};

struct online_prior {
    double l2, prior_sd; /* 0 = none */
    bool standardize;    /* l2 and prior_sd are of columns of sd 1, not of the columns as they are */
};

struct online;

/* d features; NULL: too many. several: a score per class, of which there are none yet; else one score, the log-odds
 * of class 1. */
struct online *online_new(size_t d, bool several, const struct online_prior *prior);
void online_free(struct online *online);

/* One more class, of score 0 so far; false where there is no room for it. Only with `several`. */
bool online_add_class(struct online *online);

/* The rows of the next batch: few at first, then a sixteenth of those seen, within bounds. */
size_t online_batch(const struct online *online);

/* Learns from a batch. Returns the weighted sum of the rows' losses (nats) under the parameters before. */
struct online_rows {
    size_t rows, ld;
    const double *x;       /* rows x d, row-major with leading dimension ld */
    const double *weight;  /* stride ld; NULL = all 1 */
    const double *offset;  /* stride ld, of one score: what is added to it, the log-odds of class 1; NULL = none */
    const uint32_t *label; /* classes */
};
double online_update(struct online *online, const struct online_rows *rows);

/* All that is known, as numbers that can be written and resumed from. */
struct online_state {
    size_t rows;
    double weight, earlier;                   /* of the rows; of those that a warm start stands for */
    const double *center, *mean, *m2;         /* d */
    const double *theta, *linear, *quadratic; /* scores x width; the same; scores x width x width */
    const double *origin;                     /* scores x width: the mean of the prior; NULL = 0 */
    const double *start; /* the same: coefficients of a warm start, before the first batch; NULL = none */
};
struct online_state online_save(const struct online *online);                 /* points into it */
void online_restore(struct online *online, const struct online_state *state); /* into a new one that has the scores */
struct online *online_copy(const struct online *online);

/* Warm start of a new one at coefficients, scores x (1 + d) of the columns as they are, that stand for rows of that
 * weight which are like the first batch: their quadratic is that of the batch's loss there, in proportion, and the
 * penalty is as if they had been seen. The weak part of the prior is about the start then. */
void online_start(struct online *online, const double *coefficients, double weight);

size_t online_unsettled(const struct online *online); /* batches of this run whose optimum was not reached */
size_t online_scores(const struct online *online);

/* coefficients: scores x (1 + d), the intercept first, of the columns as they are; intercepts of classes sum to 0, as
 * coefficients nearly do. */
void online_coefficients(const struct online *online, double *coefficients);

bool online_is_constant(const struct online *online, size_t column); /* its coefficient is 0 then */

#endif
