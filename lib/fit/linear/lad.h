#ifndef LIKELY_FIT_LINEAR_LAD_H
#define LIKELY_FIT_LINEAR_LAD_H

#include "fit/linear/regress.h"

#include <stdbool.h>

/* Least absolute deviations, which is median regression and maximum likelihood with Laplace errors, by exchanges of
 * the rows that the fit passes through (lad.c). */
struct lad_result {
    size_t exchanges;
    double value;   /* the mean absolute residual, in units of the target */
    double gap;     /* a bound of its distance from the minimum; NaN: not known */
    bool converged; /* the gap is rounding */
};

/* theta: terms numbers, 0 for the term 0 of a fit without intercept. */
void lad_fit(const struct regress *regress, double *theta, struct lad_result *result);

/* The same for the quantile tau, 0 < tau < 1: the least sum of w tau r over residuals r above 0 and w (tau - 1) r over
 * the others. theta: in, where to start from. The result's value and gap are those of twice the sum, without the part
 * that is linear in theta. */
void lad_fit_quantile(const struct regress *regress, double tau, double *theta, struct lad_result *result);

#endif
