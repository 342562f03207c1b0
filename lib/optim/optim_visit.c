/* The common head of every optimiser's loop: report the iterate, and decide whether it is the last. The order of the
 * tests is part of the contract: a value that is not finite is divergence even at the limit on iterations, and an
 * iterate that has converged has converged even there. */

#include "optim/optim_visit.h"

#include "math/dense.h"

#include <math.h>

bool optim_visit(const struct optim_options *options, size_t iteration, double value, size_t n, const double *gradient,
                 struct optim_result *result)
{
    result->iterations = iteration;
    result->value = value;
    result->gradient_norm = dense_norm_max(n, gradient);
    if (options->progress != NULL)
        options->progress(options->context, &(struct optim_progress){iteration, value, result->gradient_norm});
    if (!isfinite(value) || !isfinite(result->gradient_norm))
        result->status = OPTIM_DIVERGED;
    else if (result->gradient_norm <= options->tolerance)
        result->status = OPTIM_CONVERGED;
    else if (iteration >= options->max_iterations)
        result->status = OPTIM_ITERATIONS;
    else
        return false;
    return true;
}
