#ifndef LIKELY_OPTIM_GRADCHECK_H
#define LIKELY_OPTIM_GRADCHECK_H

#include "optim/objective.h"

#include <stddef.h>

/* The worst disagreement of the analytic gradient at theta (n) and central differences of the value, |analytic -
 * numeric| / max(|analytic|, |numeric|, 1e-3), and its parameter. Rounding alone makes about 1e-9. */
struct gradcheck {
    double error, analytic, numeric;
    size_t parameter;
};
struct gradcheck gradcheck_at(const struct objective *objective, const double *theta);
struct gradcheck gradcheck_some(const struct objective *objective, const double *theta, size_t n,
                                const size_t *parameter); /* n of them */

/* The same for the Hessian against central differences of the gradient; parameter is row * n + column. */
struct gradcheck gradcheck_hessian_at(const struct objective *objective, const double *theta);

/* A point to check at: entries in (-0.5, 0.5) that depend on the seed alone. */
void gradcheck_point(size_t n, unsigned long long seed, double *theta);

#endif
