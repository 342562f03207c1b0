#include "optim/optim.h"

#include "math/dense.h"

#include <math.h>

const struct optim optim_all[] = {
    {"newton", "second derivatives: few, costly iterations", optim_newton, 100},
    {"newton-cg", "Newton's method by products with second derivatives: for many parameters", optim_newton_cg, 1000},
    {"lbfgs", "limited memory: for many parameters", optim_lbfgs, 10000},
    {"gd", "plain gradient descent at a fixed learning rate", optim_gd, 1000},
    {NULL, NULL, NULL, 0},
};

const char *optim_status_text(enum optim_status status)
{
    switch (status) {
    case OPTIM_CONVERGED:
        return "converged";
    case OPTIM_ITERATIONS:
        return "the limit on iterations was reached";
    case OPTIM_STALLED:
        return "no step lowers the objective any further";
    case OPTIM_ENOUGH:
        return "enough";
    case OPTIM_DIVERGED:
        return "the objective is no longer a finite number";
    }
    return "";
}

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
