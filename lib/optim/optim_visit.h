#ifndef LIKELY_OPTIM_OPTIM_VISIT_H
#define LIKELY_OPTIM_OPTIM_VISIT_H

#include "optim/optim.h"

/* For optimisers: fills status, iterations, value, gradient_norm and decrement of the result from an iterate, reports
 * the iterate to options->progress, and returns whether it is the last. Leaves result->status alone when it is not.
 * gradient: n; under an L1 penalty the least subgradient. decrement: of the sum. is_known: not just a bound from below,
 * so that the iterate may have converged. */
bool optim_visit(const struct optim_options *options, size_t iteration, double value, size_t n, const double *gradient,
                 double decrement, bool is_known, struct optim_result *result);

/* Whether a Newton step from theta is short, so that the quadratic model can be believed: where the curvature is nearly
 * 0 (a slight penalty on separated classes), standard errors are so large that a step may be a small part of one and
 * still lead far. */
bool optim_is_near(size_t n, const double *theta, const double *step);
/* Whether it is as good as rounding. */
bool optim_is_there(size_t n, const double *theta, const double *step);

/* objective->total, or 1. */
double optim_total(const struct objective *objective);

#endif
