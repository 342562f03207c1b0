#ifndef LIKELY_FIT_ONLINE_DIAGONAL_H
#define LIKELY_FIT_ONLINE_DIAGONAL_H

#include "fit/online.h"

/* Logistic regression learnt from rows that are seen once, in memory that grows with the features that occur: what online.h does,
 * with a number for each coefficient where that has a matrix. For sparse rows, and for more features than online.h takes.
 *
 * A row of weight w moves the coefficients theta to the minimum of
 *     sum of q_j (theta_j - theta_j before)^2 / 2 + w loss(row)
 * (an implicit step; Kulis and Bartlett, Implicit online learning, ICML 2010), which stands at theta - w g x / q, g being the slope of
 * the loss by the score there: a root in one dimension, which no step can overshoot. A diagonal posterior (Chapelle, Manavoglu and
 * Rosales, ACM TIST 5, 2015, algorithm 3) would take for q_j the information seen, c_j, which is the sum of w (p - y)^2 x_j^2 here:
 * it still grows where p is surely wrong, as p (1 - p) does not. Where features go together this claims too much to be known, so
 * q_j grows with its power 3/4, on the feature's own scale s_j, the mean square of its values:
 *     q_j = s_j (max(2, k / 4) + max(2, sqrt(k) / 4) (c_j / s_j)^(3/4))
 * where k is how many features a row has on average, all of which move at once (powers between 1/2 and 1: Robbins and Monro, Ann.
 * Math. Stat. 22, 1951; the factors are what did well on made data). When s_j turns out
 * to be another, coefficients follow as if it had been known. The penalty of the weight that has gone by pulls at a
 * coefficient when its feature is seen again, and in the end: l2 for each row, and 1 / prior_sd^2 over the weight so far. */
struct online_diagonal;

/* centered: every row has all of the features, and what is learnt from is what they differ from their means so far. */
struct online_diagonal *online_diagonal_new(bool centered, const struct online_prior *prior);
void online_diagonal_free(struct online_diagonal *online);

struct online_diagonal_row {
    size_t n;
    const uint32_t *index; /* n different ones; NULL = 0, 1, … */
    const double *x;       /* n */
    double weight, offset; /* offset: added to the log-odds of class 1 */
    uint32_t label;        /* 0 or 1 */
};

/* Returns the row's weighted loss (nats) under the coefficients before; NaN, which leaves no use for the rest, if values are so large
 * that their squares overflow. */
double online_diagonal_update(struct online_diagonal *online, const struct online_diagonal_row *row);

/* The features that have occurred: how many, and their indexes, ascending. */
size_t online_diagonal_count(const struct online_diagonal *online);
void online_diagonal_indexes(const struct online_diagonal *online, uint32_t *index);

/* The intercept, and a coefficient for each of these indexes: 1 + n numbers. */
void online_diagonal_coefficients(const struct online_diagonal *online, size_t n, const uint32_t *index, double *coefficients);

bool online_diagonal_is_constant(const struct online_diagonal *online, uint32_t index); /* its coefficient is 0 then */

#endif
