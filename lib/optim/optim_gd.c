/* Gradient descent at a fixed learning rate:
 *
 * theta_{k+1} = theta_k - learning_rate * gradient(theta_k)
 *
 * Steps of a fixed length may raise the value, so the best point is kept beside the current one and is the result.
 * The run goes on from the current point, and ends with OPTIM_DIVERGED where that is no longer finite. Memory: 3 n
 * numbers. One evaluation per iteration. */

#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/optim_visit.h"

#include <stdlib.h>
#include <string.h>

static void gd_run(const struct objective *objective, const struct optim_options *options, double *theta,
                   struct optim_result *result)
{
    size_t n = objective->n;
    double *gradient = mem_alloc(3 * n, sizeof *gradient), *at = gradient + n, *best = at + n;
    struct optim_result now = {0};
    memcpy(at, theta, n * sizeof *at);
    memcpy(best, theta, n * sizeof *best);
    for (size_t iteration = 0;; iteration++) {
        double value = objective->evaluate(objective->context, at, gradient, NULL);
        now.evaluations++;
        bool stop = optim_visit(options, iteration, value, n, gradient, &now);
        if (iteration == 0 || value <= result->value) {
            *result = now;
            memcpy(best, at, n * sizeof *best);
        }
        if (stop)
            break;
        dense_add(n, -options->learning_rate, gradient, at);
    }
    result->status = now.status;
    result->iterations = now.iterations;
    result->evaluations = now.evaluations;
    memcpy(theta, best, n * sizeof *theta);
    free(gradient);
}

const struct optim optim_gd = {
    .name = "gd",
    .help = "gradient descent at a fixed learning rate",
    .max_iterations = 1000,
    .takes_rate = true,
    .run = gd_run,
};
