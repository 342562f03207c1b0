#ifndef LIKELY_FIT_LINEAR_LEASTSQ_REFINE_H
#define LIKELY_FIT_LINEAR_LEASTSQ_REFINE_H

#include "math/dd.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* The rows of a small table as they were read: weight, features, targets. */
struct leastsq_rows {
    size_t columns, rows, capacity;
    double *numbers;  /* rows x columns */
    double scale;     /* a factor of the weights */
    atomic_bool lost; /* there are none: too many came, or none are wanted */
};

enum { LEASTSQ_ROWS_NUMBERS = 1 << 17 }; /* that are kept at most */

/* Adds n rows, column c of which is at numbers + c n; gives all up when they become too many. */
void leastsq_rows_add(struct leastsq_rows *rows, size_t n, const double *numbers);
void leastsq_rows_release(struct leastsq_rows *rows);

/* One target's least squares: minimise sum w (y - y_shift - theta'(x - shift))^2 + sum penalty theta^2 over `terms`
 * terms. */
struct leastsq_problem {
    size_t terms, target;  /* target: a column of the rows */
    const size_t *columns; /* of the rows; 0: the intercept's ones */
    const double *shift;   /* per column of the rows */
    const double *penalty; /* per column of the rows; of column 0 it is not used */
    const double *r; /* upper triangle, terms x terms, `ld` apart: R'R is about the matrix of the normal equations */
    size_t ld;
};

/* Refines theta until it is the solution for the numbers as they are stored. Columns whose numbers are, to 14 digits,
 * the k-th powers of those of another column count as the exact powers: the terms of a polynomial are large and
 * cancel, and the rounding of the stored powers would cost as many digits. Each step gains as many digits as R has
 * right. Returns the number of steps; *rss becomes the sum of weighted squared residuals. */
size_t leastsq_refine(const struct leastsq_rows *rows, const struct leastsq_problem *problem, struct dd *theta,
                      double *rss);

/* Gives R the digits of double-double arithmetic. factor: terms x terms, row-major, upper triangle. False: R has too
 * few right digits to start from. */
bool leastsq_refine_factor(const struct leastsq_rows *rows, const struct leastsq_problem *problem, struct dd *factor);

#endif
