#ifndef LIKELY_FIT_LINEAR_LAD_H
#define LIKELY_FIT_LINEAR_LAD_H

#include "fit/linear/regress.h"

#include <stdbool.h>

/* Least absolute deviations, which is median regression and maximum likelihood with Laplace errors, by exchanges of
 * the rows that the fit passes through (lad.c). */
struct lad_result {
    size_t exchanges;
    double value;   /* the mean absolute residual, in units of the target */
    double gap;     /* a bound of its distance from the minimum */
    bool converged; /* the gap is rounding */
};

/* theta: terms numbers, 0 for the term 0 of a fit without intercept. */
void lad_fit(const struct regress *regress, double *theta, struct lad_result *result);

#endif
