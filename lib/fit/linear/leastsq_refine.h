#ifndef LIKELY_FIT_LINEAR_LEASTSQ_REFINE_H
#define LIKELY_FIT_LINEAR_LEASTSQ_REFINE_H

#include "math/dd.h"

#include <stdatomic.h>
#include <stddef.h>

/* The rows of a small table as they were read: weight, features, targets. */
struct leastsq_rows {
    size_t columns, rows, capacity;
    double *numbers;  /* rows x columns */
    double scale;     /* what the weights are multiplied by */
    atomic_bool lost; /* there are no rows: more came than are kept, or none are wanted */
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

/* Refines theta until it is the solution for the numbers as they are stored, but for columns whose numbers are, to 14
 * digits, the k-th powers of those of another column: these are taken for the powers themselves, since the terms of a
 * polynomial are large and cancel, and their rounding would cost as many digits as the column of highest power has more
 * than the target. Residuals and gradient are computed in double-double precision, corrections solved for by R'R
 * (Bjorck, Numerical Methods for Least Squares Problems, 1996, section 2.9.3, the seminormal equations; each step gains
 * what R has digits right). Returns the steps taken; *rss becomes the sum of weighted squared residuals. */
size_t leastsq_refine(const struct leastsq_rows *rows, const struct leastsq_problem *problem, struct dd *theta,
                      double *rss);

#endif
