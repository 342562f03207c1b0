#ifndef LIKELY_OPTIM_OPTIM_VISIT_H
#define LIKELY_OPTIM_OPTIM_VISIT_H

#include "optim/optim.h"

/* For optimisers: fills status, iterations, value and gradient_norm of the result from an iterate, reports the
 * iterate to options->progress, and returns whether it is the last. Leaves result->status alone when it is not.
 * gradient: n; under an L1 penalty the least subgradient. */
bool optim_visit(const struct optim_options *options, size_t iteration, double value, size_t n, const double *gradient,
                 struct optim_result *result);

#endif
