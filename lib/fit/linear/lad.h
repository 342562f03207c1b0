#ifndef LIKELY_FIT_LINEAR_LAD_H
#define LIKELY_FIT_LINEAR_LAD_H

#include "fit/linear/regress.h"

#include <stdbool.h>

/* Least absolute deviations, which is median regression and maximum likelihood with Laplace errors. Where narrow Huber
 * losses lead to, some rows are made a basis that the fit goes through, and exchanged one by one along the edges of the
 * objective until its subgradient holds 0 (P. Bloomfield and W. Steiger, Least Absolute Deviations (1983), 2.2). Ties
 * are broken by tiny shifts of the targets, which the result is free of: the dual solution they lead to bounds how far
 * from the optimum it is. */
struct lad_result {
    size_t exchanges;
    double value;   /* the mean absolute residual, in units of the target */
    double gap;     /* this much of it, at most, is not optimal */
    bool converged; /* the gap is nothing but rounding */
};

/* theta: terms numbers, 0 for a term 0 that is not there. */
void lad_fit(const struct regress *regress, double *theta, struct lad_result *result);

#endif
