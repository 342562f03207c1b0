#ifndef LIKELY_FIT_LINEAR_LEASTSQ_STATE_H
#define LIKELY_FIT_LINEAR_LEASTSQ_STATE_H

#include "fit/linear/leastsq.h"
#include "fit/linear/leastsq_levels.h"
#include "fit/linear/leastsq_refine.h"
#include "math/alias.h"

/* Shared by leastsq.c, which sums over the rows, leastsq_solve.c, which takes the estimates from the sums, and
 * leastsq_errors.c, which takes their errors. */

/* The state of a sum over rows: order 1 + features + targets. */
struct leastsq_factor {
    double *r;     /* order x order, upper triangle, of the shifted columns */
    double *shift; /* order; [0] is 0: the column of ones stays */
    size_t rows, skipped;
    size_t counted; /* rows of weight above 0 */
    double weight;
    struct weighting_sums importances;
};

/* Rows of a wide table that wait to be folded into the total, many at a time: columns LEASTSQ_STACK apart. */
enum { LEASTSQ_STACK = 512 };
struct leastsq_stack {
    double *rows;
    size_t n;
};

struct leastsq_run {
    const struct leastsq_options *options;
    struct roles_slots slots;
    size_t base;  /* 1 + features that are numbers + targets */
    size_t order; /* of the total: base and, while rows are read, the levels so far */
    struct leastsq_factor total;
    struct leastsq_stack stack;
    struct leastsq_rows rows;
    struct leastsq_levels levels;
};

/* The terms of a fit. */
struct leastsq_terms {
    struct alias of; /* names are columns of the factor: kept terms, then the targets */
    size_t first;    /* of the kept terms that is a slope: 0 without an intercept, else 1 */
};

/* Fills the covariance and the factor of a fit without a penalty (leastsq_errors.c). */
void leastsq_errors(struct leastsq *fit, const struct leastsq_run *run, const struct leastsq_terms *terms);

/* Whether column j deviates from its mean, or from 0 where `first` is 0, by no more than the rounding of its numbers.
 */
bool leastsq_is_constant(const struct leastsq_factor *factor, size_t order, size_t first, size_t j);

/* Fills the fit, whose features are named, from the sums. */
void leastsq_solve(struct leastsq *fit, const struct leastsq_run *run);

#endif
