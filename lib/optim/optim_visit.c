/* The common head of every optimiser's loop: report the iterate, and decide whether it is the last. The order of the
 * tests is part of the contract: a value that is not finite is divergence even at the limit on iterations, and an
 * iterate that has converged has converged even there. */

#include "optim/optim_visit.h"

#include "math/dense.h"

#include <math.h>

bool optim_visit(const struct optim_options *options, size_t iteration, double value, size_t n, const double *gradient,
                 double decrement, bool is_known, struct optim_result *result)
{
    result->iterations = iteration;
    result->value = value;
    result->gradient_norm = dense_norm_max(n, gradient);
    if (result->gradient_norm == 0)
        decrement = 0;
    result->decrement = decrement;
    if (options->progress != NULL)
        options->progress(options->context,
                          &(struct optim_progress){iteration, value, result->gradient_norm, decrement});
    if (!isfinite(value) || !isfinite(result->gradient_norm))
        result->status = OPTIM_DIVERGED;
    else if (decrement == 0 || (is_known && optim_distance(decrement) <= options->tolerance))
        result->status = OPTIM_CONVERGED;
    else if (iteration >= options->max_iterations)
        result->status = OPTIM_ITERATIONS;
    else
        return false;
    return true;
}

static bool is_within(size_t n, const double *theta, const double *step, double share)
{
    return dense_norm_max(n, step) <= share * fmax(1, dense_norm_max(n, theta));
}

bool optim_is_near(size_t n, const double *theta, const double *step)
{
    return is_within(n, theta, step, 1e-3);
}

bool optim_is_there(size_t n, const double *theta, const double *step)
{
    return is_within(n, theta, step, 1e-11);
}

double optim_total(const struct objective *objective)
{
    return objective->total > 0 ? objective->total : 1;
}
